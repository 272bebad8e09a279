import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Lead } from '../dashly/lead';
import { type Command, commandId, type Feature, type Parts, showLeadsView } from '../editor/commands';
import { showError } from '../editor/errors';
import type { LeadOpening } from '../editor/leadOpening';
import type { CurrentLeads, SeenLead } from '../leads/currentLeads';
import { isLeadElement } from '../leads/leadElement';
import type { LeadList } from '../leads/leadList';
import { ofTotal } from '../language';
import { AccessibilityHelp } from './accessibilityHelp';
import { leadsInTree, otherRowWords } from './leadsTreeRows';
import type { LeadsView } from './leadsView';
import { showInformationMessage, withProgress } from '../editor/window';

/**
 * Lets the person choose one of the loaded leads.
 * @returns undefined when the person left
 */
export type PickLoaded = (title: string, leads: () => readonly Lead[]) => Promise<Lead | undefined>;

/**
 * Reading leads into the tree, and what its rows do.
 * @param opening of the rows of every tree
 * @param pickLoaded the search's, because a feature does not import another
 */
export function tree(parts: Parts, view: LeadsView, opening: LeadOpening, pickLoaded: PickLoaded) {
  const actions = new TreeActions(parts, view, pickLoaded);
  const help = new AccessibilityHelp();
  const commands = {
    loadMore: () => actions.read((list) => list.loadMore()),
    loadMoreAtRow: () => actions.loadMoreAtRow(),
    loadAll: () => actions.read((list) => actions.loadAll(list)),
    refresh: () => actions.read((list) => list.refresh()),
    retry: () => actions.read((list) => list.retry()),
    openLead: () => opening.open(view),
    endMove: () => opening.endSelection(),
    runRow: () => actions.runRow(),
    reveal: (element) => actions.reveal(element),
    markAllSeen: () => view.markAllSeen(),
    openAccessibilityHelp: () => help.open(),
  } satisfies Record<string, Command>;
  return {
    commands,
    disposables: [opening.follow(view), help, parts.seen.event((seen) => actions.update(seen))],
  } satisfies Feature;
}

class TreeActions {
  private readonly current: CurrentLeads;

  constructor(
    private readonly parts: Parts,
    private readonly view: LeadsView,
    private readonly pickLoaded: PickLoaded,
  ) {
    this.current = parts.current;
  }

  /** The row of a lead says at once what its card has read. */
  update({ account, lead }: SeenLead): void {
    if (account === this.current.connection?.key) this.current.list?.update(lead);
  }

  /** The view itself shows what failed; where it cannot be seen a toast does. */
  async read(doing: (list: LeadList) => Promise<void>): Promise<void> {
    const { list } = this.current;
    if (!list) return;
    await doing(list);
    if (list.state === 'failed' && list === this.current.list && !this.view.visible) {
      showError(list.error, this.parts, { title: l10n.t('Show Leads'), run: showLeadsView });
    }
  }

  /** The row moves down to the end of the new page: the focus goes to the lead that took its place. */
  async loadMoreAtRow(): Promise<void> {
    const { list } = this.current;
    const place = list ? leadsInTree(list).length : 0;
    await this.read((list) => list.loadMore());
    if (!list || list !== this.current.list) return;
    const first = leadsInTree(list)[place];
    if (first) await this.view.reveal(first.id);
  }

  async loadAll(list: LeadList): Promise<void> {
    const app = this.current.connection?.name ?? l10n.t('the app');
    await withProgress(l10n.t('Loading all leads of {0}', app), (report, signal) => {
      let before = list.leads.length;
      return list.loadAll(signal, (loaded, total) => {
        report(ofTotal({ loaded, total }), (100 * (loaded - before)) / Math.max(total, 1));
        before = loaded;
      });
    });
    if (list.end === 'cap' && list === this.current.list) {
      void showInformationMessage(
        l10n.t(
          '{0} leads loaded: that is the service’s limit.',
          ofTotal({ loaded: list.leads.length, total: list.total }),
        ),
      );
    }
  }

  /** *Reveal Lead…*: brings a loaded lead into sight, the one of the card or one that is picked. */
  async reveal(element: unknown): Promise<void> {
    const lead = isLeadElement(element)
      ? element.lead
      : await this.pickLoaded(l10n.t('Reveal Lead'), () => this.inTree());
    if (!lead) return;
    const { id } = lead;
    await showLeadsView();
    if (this.inTree().some((lead) => lead.id === id)) await this.view.reveal(id, { select: true });
    else
      void showInformationMessage(l10n.t('This lead is not among the leads in the view. Load more, or search for it.'));
  }

  private inTree(): readonly Lead[] {
    const { list } = this.current;
    return list ? leadsInTree(list) : [];
  }

  /** Does what the selected row says: *Load more*, for instance. */
  async runRow(): Promise<void> {
    const row = await this.view.selectedOther();
    const { command } = row ? otherRowWords(row, this.parts.masking) : {};
    if (command) await vscode.commands.executeCommand(commandId(command));
  }
}
