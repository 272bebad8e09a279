import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { registerCommand } from '../editor/commands';
import { Disposables } from '../editor/disposables';
import type { Log } from '../editor/log';
import type { CurrentLeads } from '../leads/currentLeads';
import { leadElement } from '../leads/leadElement';
import type { LeadSelection } from '../leads/leadSelection';
import type { Masking } from '../leads/masking';
import { LeadPick, type PickButton } from './leadPick';
import { RecentSearches } from './recentSearches';
import { searchFilters } from './searchFilters';

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
      void vscode.window.showInformationMessage('Connect an app to search its leads.', 'Connect an App…').then((chosen) => {
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
