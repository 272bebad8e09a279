import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Lead } from '../dashly/lead';
import { askToConnect, type Command, type Feature, type Parts, runCommand, showLeadsView } from '../editor/commands';
import type { CurrentLeads } from '../leads/currentLeads';
import { leadElement } from '../leads/leadElement';
import { searchFilters } from '../leads/searchFilters';
import { findLeads } from './findLeads';
import { LeadPick, type PickButton } from './leadPick';
import { LoadedSearch } from './loadedSearch';

/** How many searches of an app are remembered. */
const mostRemembered = 10;

/**
 * The last searches of each app, newest first. Only in memory, as long as the window lives: what is searched for is a
 * name, an address or a number of a person, and such data is not written to disk by this extension.
 */
class RecentSearches {
  private readonly byApp = new Map<string, readonly string[]>();

  /** @param app the account's key */
  of(app: string): readonly string[] {
    return this.byApp.get(app) ?? [];
  }

  /** @param text as the search has it: of a copied header not the cookies of others */
  add(app: string, text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    this.byApp.set(app, [trimmed, ...this.of(app).filter((one) => one !== trimmed)].slice(0, mostRemembered));
  }
}

const placeholder = l10n.t('Name, e-mail, phone, User ID or lead ID');
const visitorPlaceholder = l10n.t('Cookie dashly_uid, lead ID, User ID, e-mail, phone, or link to a conversation');

/** Searching leads. `pickLead` and `pickLoaded` are for features that ask for one: see `LeadPicks`; `findLeads` asks nobody. */
export function search(parts: Parts) {
  const picks = new LeadPicks(parts);
  const commands = {
    /** May be given the text to begin with. */
    search: (text) => picks.search(typeof text === 'string' ? text : ''),
    /** As `search`; may also be given the name of the only events to follow. */
    findVisitor: (text, only) =>
      picks.findVisitor(typeof text === 'string' ? text : '', typeof only === 'string' ? only : undefined),
  } satisfies Record<string, Command>;
  return {
    commands,
    disposables: [picks],
    pickLead: (title: string, except?: string) => picks.pickLead(title, except),
    pickLoaded: (title: string, leads: () => readonly Lead[]) => picks.pickLoaded(title, leads),
    findLeads,
  } satisfies Feature & Record<string, unknown>;
}

class LeadPicks {
  private readonly recent = new RecentSearches();
  private pick: LeadPick | undefined;

  constructor(private readonly parts: Parts) {}

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

  /**
   * Lets the person choose one of the loaded leads, for *Reveal Lead…*: without a request.
   * @returns the lead, or undefined when the person left
   */
  pickLoaded(title: string, leads: () => readonly Lead[]): Promise<Lead | undefined> {
    const { current, masking } = this.parts;
    return new Promise((resolve) => {
      this.pick = new LeadPick(current, masking, {
        title,
        placeholder: leads().length > 0 ? l10n.t('One of the loaded leads') : l10n.t('No lead is loaded yet'),
        search: new LoadedSearch(leads, current.onDidChange, masking),
        onAccept: (lead) => resolve(lead),
        onCancel: () => resolve(undefined),
      });
    });
  }

  dispose(): void {
    this.pick?.hide();
  }

  search(text: string): void {
    const app = this.connected();
    if (!app) return;
    const { current, masking, selection } = this.parts;
    this.pick = new LeadPick(current, masking, {
      title: l10n.t('Search Leads of {0}', app.name),
      placeholder,
      text,
      recent: this.recent.of(app.key),
      leadButtons: [
        this.rowButton('copy', l10n.t('Copy Lead JSON'), (lead) => runCommand('copyJson', leadElement(lead))),
        this.rowButton('json', l10n.t('Open Lead JSON'), (lead) => runCommand('openJson', leadElement(lead))),
      ],
      titleButtons: [
        {
          iconPath: new vscode.ThemeIcon('list-tree'),
          tooltip: l10n.t('Show in Tree'),
          run: (searched: string) => this.showInTree(app.key, searched),
        },
      ],
      onPreview: (lead) => runCommand('openCard', leadElement(lead), { preserveFocus: true, forNow: true }),
      onAccept: (lead, searched) => {
        this.recent.add(app.key, searched);
        selection.set([lead]);
        return runCommand('openCard', leadElement(lead), { preserveFocus: false });
      },
      onCancel: (searched) => {
        // VS Code closes the pick when the focus leaves it: what was typed is one Enter away when it is opened again.
        this.recent.add(app.key, searched);
        void runCommand('restoreCard');
      },
    });
  }

  /**
   * Lets the person find one visitor by whatever is at hand, and follows what they do.
   * @param only the name of the only events to follow
   */
  findVisitor(text: string, only?: string): void {
    const app = this.connected();
    if (!app) return;
    const { current, masking, selection } = this.parts;
    this.pick = new LeadPick(current, masking, {
      title: l10n.t('Find Visitor of {0}', app.name),
      placeholder: visitorPlaceholder,
      isForOne: true,
      text,
      recent: this.recent.of(app.key),
      onAccept: (lead, searched) => {
        this.recent.add(app.key, searched);
        selection.set([lead]);
        return runCommand('followEvents', leadElement(lead), only);
      },
      onCancel: (searched) => this.recent.add(app.key, searched),
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
    void showLeadsView();
  }

  /** The connected app; says what to do when there is none. */
  private connected(): CurrentLeads['connection'] {
    const { connection } = this.parts.current;
    if (!connection) askToConnect(l10n.t('Connect an app to search its leads.'));
    return connection;
  }
}
