import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import type { Lead } from '../dashly/lead';
import { setContextKey } from '../editor/contextKeys';
import { type Log, logError } from '../editor/errors';
import type { LateTree } from '../editor/lateTree';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import { ViewProgress } from '../editor/window';
import { AutoRefresh, refreshList } from '../leads/autoRefresh';
import type { CurrentLeads, LeadSelection } from '../leads/currentLeads';
import { Disposables, Emitter, type Event } from '../leads/event';
import { isLeadElement } from '../leads/leadElement';
import type { LeadList } from '../leads/leadList';
import { LeadNews } from '../leads/leadNews';
import type { KnownNames } from '../leads/knownNames';
import type { Masking } from '../leads/masking';
import { describeSelection } from '../leads/queryWords';
import { grouped, plural } from '../language';
import { LeadsBadge } from './leadsBadge';
import { LeadsTreeDataProvider, type LeadsTreeElement } from './leadsTreeDataProvider';
import { failureOf, listWords, type OtherRow } from './leadsTreeRows';

/** What the view is built from. */
export interface LeadsViewOptions {
  readonly context: Pick<vscode.ExtensionContext, 'globalState'>;
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly names: KnownNames;
  readonly log: Log;
  readonly tree: LateTree<LeadsTreeElement>;
  /** Whose leads are shown: known also while there is no connection, for want of the token. */
  readonly accounts: { readonly active: { readonly name: string } | undefined; readonly onDidChange: Event<void> };
  /** Which view is looked at; it has no name once its filter or order was changed. */
  readonly view: { readonly name: string | undefined; readonly onDidChange: Event<void> };
}

/** How often relative times are looked at, in milliseconds: minutes are their smallest unit that lasts. */
const clockInterval = minute;

const second = 1000;

/** The sidebar: reads the first page when it is first seen, and keeps rows, texts and context keys in step with the list. */
export class LeadsView implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly provider: LeadsTreeDataProvider;
  private readonly progress: ViewProgress;
  private readonly news: LeadNews;
  private readonly autoRefresh: AutoRefresh;
  private readonly treeView: vscode.TreeView<LeadsTreeElement>;
  private clock: ReturnType<typeof setInterval> | undefined;
  private waiting: ReturnType<typeof setInterval> | undefined;
  /** Another list took the place of the last one and has not been seen from its first row. */
  private beginsAtTop = false;
  private loggedError: unknown;
  /** Something was selected while VS Code read the rows anew: what, it knows only when it has. */
  private selectionLost = false;
  /** The app whose leads are selected. */
  private selectionOf: string | undefined;
  /** The lead that was selected last, by a person or by a command: selected again it is no news. */
  private selectedId: string | undefined;
  private readonly selectedByPerson = new Emitter<Lead>();

  /** A person has selected one lead, by whatever means. */
  readonly onDidSelect = this.selectedByPerson.event;
  /** VS Code has read all rows. */
  readonly onDidReadRows: vscode.Event<void>;

  constructor(private readonly options: LeadsViewOptions) {
    const { context, current, selection, masking, names, accounts, view, tree } = options;
    this.news = this.owned.add(new LeadNews(current));
    this.provider = this.owned.add(
      new LeadsTreeDataProvider(current, masking, this.news, () => shownTimeZone(context.globalState)),
    );
    this.onDidReadRows = this.provider.onDidReadRows;
    this.autoRefresh = this.owned.add(
      new AutoRefresh({ read: () => refreshList(current), interval: () => this.refreshInterval() }),
    );
    this.progress = this.owned.add(new ViewProgress(tree.id));
    this.treeView = tree.view;
    tree.show(this.provider);
    this.owned.add(this.treeView.onDidChangeVisibility(() => this.onVisibility()));
    this.owned.add(this.selectedByPerson);
    this.owned.add(this.treeView.onDidChangeSelection(() => this.onTreeSelection()));
    this.owned.add(this.provider.onDidReadRows(() => this.selectionLost && this.onTreeSelection()));
    this.owned.add(current.onDidChange(() => this.update()));
    this.owned.add(current.onDidChangeState(() => this.showReading(current.list?.state === 'reading')));
    this.owned.add(current.onDidChangeList(() => (this.beginsAtTop ||= !this.provider.isEmpty)));
    this.owned.add(this.provider.onDidReadRows(() => this.beginAtTop()));
    this.owned.add(accounts.onDidChange(() => this.name()));
    this.owned.add(view.onDidChange(() => this.name()));
    this.owned.add(new LeadsBadge(this.treeView, this.news));
    for (const name of ['autoRefresh', 'autoRefreshHidden'] as const)
      this.owned.add(onDidChangeSetting(name, () => this.autoRefresh.restart()));
    this.owned.add(masking.onDidChange(() => this.update({ all: true })));
    this.owned.add(names.onDidChange(() => this.showMessage()));
    this.owned.add(selection.onDidChange((leads) => this.onSelected(leads)));
    this.update();
    this.onVisibility();
  }

  get visible(): boolean {
    return this.treeView.visible;
  }

  /** Whether VS Code reads all rows anew, and knows no selected row until it has. */
  get isBeingRead(): boolean {
    return this.provider.isBeingRead;
  }

  /** The leads whose rows are selected; none while the rows are read anew. */
  get selected(): readonly Lead[] {
    return this.treeView.selection.filter(isLeadElement).map(({ lead }) => lead);
  }

  /** The selected row where it stands for no lead. */
  async selectedOther(): Promise<OtherRow | undefined> {
    if (this.visible && this.isBeingRead) await this.rowsAreRead();
    const [element] = this.treeView.selection;
    return element?.kind === 'other' ? element.row : undefined;
  }

  /** Brings a lead into sight and gives its row the focus. Does nothing where it has no row, or the view cannot be seen. */
  async reveal(id: string, { select = false } = {}): Promise<void> {
    // A lead that has just come has a row only when VS Code has read the rows.
    if (this.visible && this.provider.isBeingRead) await this.rowsAreRead();
    const element = this.provider.elementOf(id);
    if (!element || !this.visible) return;
    if (select) this.selectedId = id;
    await this.treeView.reveal(element, { select, focus: true });
  }

  /** VS Code reads no rows of a view that was hidden meanwhile. */
  private rowsAreRead(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        subscriptions.dispose();
        resolve();
      };
      const subscriptions = vscode.Disposable.from(this.onDidReadRows(done), this.treeView.onDidChangeVisibility(done));
    });
  }

  /** All news count as looked at. */
  markAllSeen(): void {
    this.news.seen();
    this.provider.update({ all: true });
  }

  dispose(): void {
    clearInterval(this.clock);
    clearInterval(this.waiting);
    this.owned.dispose();
  }

  private onVisibility(): void {
    clearInterval(this.clock);
    this.autoRefresh.restart();
    if (!this.visible) return;
    this.provider.update({ all: true });
    this.clock = setInterval(() => this.provider.update({ all: true }), clockInterval);
    this.readFirstPage();
  }

  /** The first page is read on first sight, not before: who never looks costs the service nothing. */
  private readFirstPage(): void {
    const { list } = this.options.current;
    if (this.visible && list?.state === 'unread') void list.loadMore();
  }

  private update({ all = false } = {}): void {
    const { list } = this.options.current;
    this.updateSelection();
    this.provider.update({ all });
    this.name();
    setContextKey('leads', this.shown(list));
    setContextKey('failure', list?.state === 'failed' ? failureOf(list.error) : 'none');
    setContextKey('canLoadMore', list?.end === 'more');
    if (list?.error !== undefined && list.error !== this.loggedError) logError(list.error, this.options.log);
    this.loggedError = list?.error;
    if (list?.state === 'ready') this.autoRefresh.recovered();
    this.readFirstPage();
  }

  /** The selected leads as the list has them now; one that a search or a card has shown need not be in it. */
  private updateSelection(): void {
    const { current, selection } = this.options;
    const app = current.connection?.key;
    selection.set(app === this.selectionOf ? selection.leads.map((lead) => current.find(lead.id) ?? lead) : []);
    this.selectionOf = app;
  }

  /** Another list begins at its first row: VS Code would keep the place where the last one was left. */
  private beginAtTop(): void {
    const [lead] = this.options.current.list?.leads ?? [];
    const element = lead && this.provider.elementOf(lead.id);
    if (!this.beginsAtTop || !element || !this.visible) return;
    this.beginsAtTop = false;
    void this.treeView.reveal(element, { select: false, focus: false });
  }

  private onTreeSelection(): void {
    const rows = this.treeView.selection;
    this.selectionLost = rows.length === 0 && this.provider.isBeingRead;
    if (this.selectionLost) return;
    const { selected } = this;
    this.options.selection.set(selected);
    const [lead, ...others] = selected;
    if (!lead || others.length > 0) {
      // Whoever comes back to a lead from another row, or from several, has selected it anew.
      if (rows.length > 0) this.selectedId = undefined;
      return;
    }
    if (lead.id === this.selectedId) return;
    this.selectedId = lead.id;
    if (this.visible) this.selectedByPerson.fire(lead);
  }

  private onSelected(leads: readonly Lead[]): void {
    setContextKey('leadSelected', leads.length > 0);
    const [lead, ...others] = leads;
    // One lead is looked at; several are selected to do something with them.
    if (!lead || others.length > 0 || this.news.of(lead.id) === undefined) return;
    this.news.seen([lead]);
    this.provider.updateLead(lead.id);
  }

  /** While the view is hidden it is refreshed no more often than in sight, and not at all where that is not wanted. */
  private refreshInterval(): number {
    const [seen, hidden] = [readSetting('autoRefresh'), readSetting('autoRefreshHidden')];
    if (this.visible) return seen;
    return seen === 0 || hidden === 0 ? 0 : Math.max(seen, hidden);
  }

  private name(): void {
    const { accounts, current } = this.options;
    // VS Code shows no description while the view is alone in its container, but always the title.
    this.treeView.title = accounts.active?.name ?? l10n.t('Leads');
    this.treeView.description = this.description();
    this.showMessage();
    setContextKey('filtered', current.query.filters !== undefined || current.query.presence !== undefined);
  }

  /** How many leads; where there is nothing to see, what nothing matched, or which address gave nothing. */
  private description(): string | undefined {
    const { current, masking } = this.options;
    const { list, connection } = current;
    if (list?.state === 'failed' && list.leads.length === 0)
      return connection && new URL(connection.client.address).host;
    if (list?.total === undefined) return undefined;
    const wanted = list.total === 0 ? describeSelection(list.query, masking) : undefined;
    return wanted === undefined ? plural(list.total, l10n.t('{0} lead|{0} leads')) : l10n.t('No lead: {0}', wanted);
  }

  private showMessage(): void {
    this.options.tree.setMessage(this.message());
  }

  /**
   * App, leads and how many, above the rows: the title is cut off where the view is narrow. An empty view has a welcome view
   * instead, which VS Code hides while there is a message.
   */
  private message(): string | undefined {
    const { accounts, current, masking, view } = this.options;
    const { list, connection } = current;
    const wait = (connection?.client.pausedUntil ?? 0) - Date.now();
    if (list?.state === 'reading' && wait > 0)
      return l10n.t('The service asks to wait: again in {0} s', grouped(Math.ceil(wait / second)));
    if (!list || list.leads.length === 0) return undefined;
    return listWords({ app: accounts.active?.name ?? l10n.t('Leads'), view: view.name, list, masking });
  }

  /** While leads are read: the moving line, and how long the service asks to wait. */
  private showReading(isReading: boolean): void {
    // All leads are loaded under a notification that shows how far. The line beside it would be drawn sixty times a second.
    this.progress.show(isReading && this.options.current.list?.isLoadingAll !== true);
    clearInterval(this.waiting);
    if (isReading) this.waiting = setInterval(() => this.showMessage(), second);
    this.showMessage();
  }

  private shown(list: LeadList | undefined): 'unread' | 'reading' | 'shown' | 'empty' | 'noMatch' | 'failed' {
    if (!list) return 'unread';
    if (list.leads.length > 0) return 'shown';
    if (list.state !== 'ready') return list.state;
    return list.query.filters || list.query.presence ? 'noMatch' : 'empty';
  }
}
