import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { registerCommand } from '../editor/commands';
import type { Log } from '../editor/errors';
import { LazyRoom } from '../editor/lazyRoom';
import type { CurrentLeads, LeadSelection } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { leadElement } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import { LeadPick, type PickButton } from './leadPick';
import { searchFilters } from './searchPages';

/** How many searches of an app are remembered. */
const mostRemembered = 10;

/**
 * The last searches of each app, newest first. Only in memory, as long as the window lives: what is searched for is a
 * name, an address or a number of a person, and such data is not written to disk by this extension.
 */
export class RecentSearches {
  private readonly byApp = new Map<string, readonly string[]>();

  /** @param app the account's key */
  of(app: string): readonly string[] {
    return this.byApp.get(app) ?? [];
  }

  add(app: string, text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    this.byApp.set(app, [trimmed, ...this.of(app).filter((one) => one !== trimmed)].slice(0, mostRemembered));
  }

  /** Forgets the searches of one app: its account is gone. */
  forget(app: string): void {
    this.byApp.delete(app);
  }
}

/** What the search needs of the rest of the extension. */
export interface SearchParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
}

const placeholder = 'Name, e-mail, phone, User ID or lead ID';

/**
 * The command *Search Leads…*, which may be given the text to begin with; made once in `extension.ts`, which disposes it.
 */
export class SearchCommand implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly recent = new RecentSearches();
  private pick: LeadPick | undefined;

  constructor(private readonly parts: SearchParts) {
    this.owned.add(registerCommand(parts.log, 'search', (text) => this.search(typeof text === 'string' ? text : '')));
  }

  /**
   * Lets the person choose one lead with the same search, for *Compare With…*.
   * @param title what the lead is chosen for, as the title of the pick
   * @param except a lead's id that cannot be chosen
   * @returns the lead, or undefined when the person left
   */
  pickLead(title: string, except?: string): Promise<Lead | undefined> {
    const app = this.connected();
    if (!app) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.pick = new LeadPick(this.parts.current, this.parts.masking, {
        title,
        placeholder,
        except,
        recent: this.recent.of(app.key),
        onAccept: (lead, text) => {
          this.recent.add(app.key, text);
          resolve(lead);
        },
        onCancel: () => resolve(undefined),
      });
    });
  }

  dispose(): void {
    this.pick?.hide();
    this.owned.dispose();
  }

  private search(text: string): void {
    const app = this.connected();
    if (!app) return;
    const { current, masking, selection } = this.parts;
    this.pick = new LeadPick(current, masking, {
      title: `Search Leads of ${app.name}`,
      placeholder,
      text,
      recent: this.recent.of(app.key),
      leadButtons: [
        this.rowButton('copy', 'Copy Lead JSON', (lead) => run('copyJson', lead)),
        this.rowButton('json', 'Open Lead JSON', (lead) => run('openJson', lead)),
      ],
      titleButtons: [
        {
          iconPath: new vscode.ThemeIcon('list-tree'),
          tooltip: 'Show in Tree',
          run: (searched: string) => this.showInTree(app.key, searched),
        },
      ],
      onPreview: (lead) => run('openCard', lead, { preserveFocus: true }),
      onAccept: (lead, searched) => {
        this.recent.add(app.key, searched);
        selection.set([lead]);
        return run('openCard', lead, { preserveFocus: false });
      },
    });
  }

  private rowButton(icon: string, tooltip: string, act: (lead: Lead) => unknown): PickButton<Lead> {
    return { iconPath: new vscode.ThemeIcon(icon), tooltip, run: act };
  }

  private showInTree(app: string, text: string): void {
    const { current } = this.parts;
    this.recent.add(app, text);
    this.pick?.hide();
    current.setQuery({ ...current.query, filters: searchFilters(text) });
    void vscode.commands.executeCommand('dashlyLeads.leads.focus');
  }

  /** The connected app; says what to do when there is none. */
  private connected(): CurrentLeads['connection'] {
    const { connection } = this.parts.current;
    if (!connection) {
      void vscode.window
        .showInformationMessage('Connect an app to search its leads.', 'Connect an App…')
        .then((chosen) => {
          if (chosen) void vscode.commands.executeCommand('dashlyLeads.connectApp');
        });
    }
    return connection;
  }
}

/** Runs another room's command on a lead. */
function run(name: string, lead: Lead, ...more: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`dashlyLeads.${name}`, leadElement(lead), ...more);
}

/** The search; made once in `extension.ts`, which disposes it, and read from disk when it is first used. */
export class SearchRoom implements vscode.Disposable {
  private readonly room: LazyRoom<SearchCommand>;

  constructor(parts: SearchParts) {
    this.room = new LazyRoom(parts.log, ['search'], async () => {
      const { SearchCommand } = await import('./index');
      return () => new SearchCommand(parts);
    });
  }

  /** As `SearchCommand.pickLead`, for other rooms. */
  async pickLead(title: string, except?: string): Promise<Lead | undefined> {
    return (await this.room.get()).pickLead(title, except);
  }

  dispose(): void {
    this.room.dispose();
  }
}
