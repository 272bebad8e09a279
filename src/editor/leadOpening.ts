import type { Lead } from '../dashly/lead';
import type { Disposable, Event } from '../leads/event';
import { leadElement } from '../leads/leadElement';
import { runCommand } from './commands';
import { contextKey } from './contextKeys';

/** Two openings of one row within so many milliseconds are a double click. VS Code does not tell the system's own time. */
const doubleClickTime = 500;

/** How long after a row was selected its own command may come, in milliseconds: the first card is loaded meanwhile. */
const commandTime = 5000;

/** A tree whose rows are leads. */
export interface LeadRows {
  /** The leads whose rows are selected; none while the rows are read anew. */
  readonly selected: readonly Lead[];
  /** Whether VS Code reads all rows anew, and knows no selected row until it has. */
  readonly isBeingRead: boolean;
  readonly onDidReadRows: Event<void>;
  /** A person has selected one lead, by whatever means. */
  readonly onDidSelect: Event<Lead>;
}

/**
 * Opens the cards of the rows that are selected, clicked, or entered in the trees. Of each selection VS Code tells twice: that
 * there is one, and by a command, which is the row's own after a click or Enter and `endMove` after an arrow key. The
 * commands come in the order of the selections, but on a busy machine several of these come before the first command.
 */
export class LeadOpening {
  /** The lead whose row was opened last, and when. */
  private opened: { readonly id: string; readonly at: number } | undefined;
  /** When leads were selected whose command has not come. */
  private selections: number[] = [];
  private waiting: Disposable | undefined;

  /** Opens the card of each lead that a person selects there, as a preview; the keyboard stays in the tree. */
  follow(rows: LeadRows): Disposable {
    return rows.onDidSelect((lead) => {
      const now = Date.now();
      this.selections.push(now);
      this.opened = { id: lead.id, at: now };
      void runCommand('openCard', leadElement(lead), { preserveFocus: true });
    });
  }

  /**
   * A row was clicked, or Enter pressed on it. Selecting it has opened its card, unless it was selected before. A double
   * click pins the card; the same row once more, later, goes into the card that it has opened.
   */
  async open(rows: LeadRows): Promise<void> {
    const [lead, ...others] = rows.selected;
    if (!lead && rows.isBeingRead) this.openWhenRead(rows);
    if (!lead || others.length > 0 || this.endSelection()) return;
    const element = leadElement(lead);
    const { id } = lead;
    const since = this.opened?.id === id ? Date.now() - this.opened.at : Infinity;
    this.opened = { id, at: Date.now() };
    if (since <= doubleClickTime) {
      await runCommand('pinCard', element);
      return;
    }
    const isOpen = since !== Infinity && contextKey('previewVisible') === true;
    await runCommand('openCard', element, { preserveFocus: !isOpen });
  }

  /** The command of a selection has come. @returns whether there was one: the row may have been selected before */
  endSelection(): boolean {
    const now = Date.now();
    this.selections = this.selections.filter((at) => now - at <= commandTime);
    return this.selections.shift() !== undefined;
  }

  /** VS Code knows no selected row while it reads the rows anew. */
  private openWhenRead(rows: LeadRows): void {
    this.waiting ??= rows.onDidReadRows(() => {
      this.waiting?.dispose();
      this.waiting = undefined;
      void this.open(rows);
    });
  }
}
