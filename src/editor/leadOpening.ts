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

/** Opens the cards of the rows that are selected, clicked, or entered in a tree. */
export class LeadOpening implements Disposable {
  /** The lead whose row was opened last, and when. */
  private opened: { readonly id: string; readonly at: number } | undefined;
  /** The lead that was selected last, as long as the row's own command has not come. */
  private followed: { readonly id: string; readonly at: number } | undefined;
  private waiting: Disposable | undefined;
  private readonly selecting: Disposable;

  constructor(private readonly rows: LeadRows) {
    this.selecting = rows.onDidSelect((lead) => this.follow(lead));
  }

  /** A person has selected a lead: its card opens as a preview, and the keyboard stays in the tree. */
  private follow(lead: Lead): void {
    this.followed = { id: lead.id, at: Date.now() };
    this.opened = this.followed;
    void runCommand('openCard', leadElement(lead), { preserveFocus: true });
  }

  /**
   * A row was clicked, or Enter pressed on it. Selecting it has opened its card (`follow`), unless it was selected before. A
   * double click pins the card; the same row once more, later, goes into the card that it has opened.
   */
  async open(): Promise<void> {
    const [lead, ...others] = this.rows.selected;
    if (!lead && this.rows.isBeingRead) this.openWhenRead();
    if (!lead || others.length > 0) return;
    const element = leadElement(lead);
    const { id } = lead;
    const [followed, opened] = [this.followed, this.opened];
    this.followed = undefined;
    if (followed?.id === id && Date.now() - followed.at <= commandTime) return;
    const since = opened?.id === id ? Date.now() - opened.at : Infinity;
    this.opened = { id, at: Date.now() };
    if (since <= doubleClickTime) {
      await runCommand('pinCard', element);
      return;
    }
    const isOpen = since !== Infinity && contextKey('previewVisible') === true;
    await runCommand('openCard', element, { preserveFocus: !isOpen });
  }

  dispose(): void {
    this.selecting.dispose();
    this.waiting?.dispose();
  }

  /** VS Code knows no selected row while it reads the rows anew. */
  private openWhenRead(): void {
    this.waiting ??= this.rows.onDidReadRows(() => {
      this.waiting?.dispose();
      this.waiting = undefined;
      void this.open();
    });
  }
}
