import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { registerCommand } from '../editor/commands';
import { contextKey } from '../editor/contextKeys';
import { type Log, showError } from '../editor/errors';
import { LazyRoom } from '../editor/lazyRoom';
import { presenceIcon } from '../editor/presenceIcon';
import type { CurrentLeads } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { isLeadElement, leadElement } from '../leads/leadElement';
import type { LeadList } from '../leads/leadList';
import type { Masking } from '../leads/masking';
import { ofTotal } from '../leads/text';
import { leadDescription, leadLabel } from '../leads/wording';
import { leadsInTree } from './leadsTreeElement';
import type { LeadsView } from './leadsView';
import { showInformationMessage, showQuickPick, withProgress } from '../editor/window';

/** Two openings of one row within so many milliseconds are a double click. VS Code does not tell the system's own time. */
const doubleClickTime = 500;

/** The commands that read leads into the tree, and the one behind its rows. */
export class TreeCommands implements vscode.Disposable {
  private readonly parts = new Disposables();
  private opened: { readonly id: string; readonly at: number } | undefined;

  constructor(
    private readonly current: CurrentLeads,
    private readonly view: LeadsView,
    private readonly masking: Masking,
    private readonly log: Log,
  ) {
    const commands: Record<string, (...args: unknown[]) => unknown> = {
      loadMore: () => this.read((list) => list.loadMore()),
      loadMoreAtRow: () => this.loadMoreAtRow(),
      loadAll: () => this.read((list) => this.loadAll(list)),
      refresh: () => this.read((list) => list.refresh()),
      retry: () => this.read((list) => list.retry()),
      openLead: () => this.openLead(),
      reveal: (element) => this.reveal(element),
      markAllSeen: () => view.markAllSeen(),
    };
    for (const [name, run] of Object.entries(commands)) this.parts.add(registerCommand(log, name, run));
  }

  dispose(): void {
    this.parts.dispose();
  }

  /** The view itself shows what failed; where it cannot be seen a toast does. */
  private async read(doing: (list: LeadList) => Promise<void>): Promise<void> {
    const { list } = this.current;
    if (!list) return;
    await doing(list);
    if (list.state === 'failed' && list === this.current.list && !this.view.visible) {
      showError(list.error, this.log, {
        title: 'Show Leads',
        run: () => vscode.commands.executeCommand('dashlyLeads.leads.focus'),
      });
    }
  }

  /** The row moves down to the end of the new page: the focus goes to the lead that took its place. */
  private async loadMoreAtRow(): Promise<void> {
    const { list } = this.current;
    const place = list ? leadsInTree(list).length : 0;
    await this.read((list) => list.loadMore());
    if (!list || list !== this.current.list) return;
    const first = leadsInTree(list)[place];
    if (first) await this.view.reveal(first.id);
  }

  private async loadAll(list: LeadList): Promise<void> {
    await withProgress(`Loading all leads of ${this.current.connection?.name ?? 'the app'}`, (report, signal) => {
      let before = list.leads.length;
      return list.loadAll(signal, (loaded, total) => {
        report(ofTotal({ loaded, total }), (100 * (loaded - before)) / Math.max(total, 1));
        before = loaded;
      });
    });
    if (list.end === 'cap' && list === this.current.list) {
      void showInformationMessage(
        `${ofTotal({ loaded: list.leads.length, total: list.total })} leads loaded: that is the service’s limit.`,
      );
    }
  }

  /** *Reveal Lead…*: brings a loaded lead into sight, the one of the card or one that is picked. */
  private async reveal(element: unknown): Promise<void> {
    const leads = this.inTree();
    const id = isLeadElement(element) ? element.lead.id : await pickLoadedLead(leads, this.masking);
    if (id === undefined) return;
    await vscode.commands.executeCommand('dashlyLeads.leads.focus');
    if (this.inTree().some((lead) => lead.id === id)) await this.view.reveal(id, { select: true });
    else void showInformationMessage('This lead is not among the leads in the view. Load more, or search for it.');
  }

  private inTree(): readonly Lead[] {
    const { list } = this.current;
    return list ? leadsInTree(list) : [];
  }

  /**
   * A row was clicked, or Enter pressed on it: its card opens and the keyboard stays in the tree. A double click pins it; the
   * same row once more, later, goes into the card that it has opened.
   */
  private async openLead(): Promise<void> {
    const [lead, ...others] = this.view.selected;
    if (!lead || others.length > 0) return;
    const element = leadElement(lead);
    const { id } = lead;
    const since = this.opened?.id === id ? Date.now() - this.opened.at : Infinity;
    this.opened = { id, at: Date.now() };
    if (since <= doubleClickTime) {
      await vscode.commands.executeCommand('dashlyLeads.pinCard', element);
      return;
    }
    const isOpen = since !== Infinity && contextKey('previewVisible') === true;
    await vscode.commands.executeCommand('dashlyLeads.openCard', element, { preserveFocus: !isOpen });
  }
}

/** Lets the person choose one of the loaded leads. @returns its id, or undefined when the person left */
export async function pickLoadedLead(leads: readonly Lead[], masking: Masking): Promise<string | undefined> {
  const now = Date.now();
  const items = leads.map((lead) => ({
    label: leadLabel(lead, masking),
    description: leadDescription(lead, masking, now),
    iconPath: presenceIcon(lead.presence),
    id: lead.id,
  }));
  const chosen = await showQuickPick(items, {
    title: 'Reveal Lead',
    placeHolder: items.length > 0 ? 'One of the loaded leads' : 'No lead is loaded yet',
    matchOnDescription: true,
  });
  return chosen?.id;
}

const commands = ['loadMore', 'loadMoreAtRow', 'loadAll', 'refresh', 'retry', 'openLead', 'reveal', 'markAllSeen'];

/** The commands of the tree, read from disk when the first one runs; made once in `extension.ts`, which disposes it. */
export function treeCommandRoom(
  current: CurrentLeads,
  view: LeadsView,
  masking: Masking,
  log: Log,
): LazyRoom<TreeCommands> {
  return new LazyRoom(log, commands, async () => {
    const { TreeCommands } = await import('./index');
    return () => new TreeCommands(current, view, masking, log);
  });
}
