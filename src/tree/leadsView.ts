import * as vscode from 'vscode';
import { minute } from '../dashly/dates';
import type { Lead } from '../dashly/lead';
import { setContextKey } from '../editor/contextKeys';
import { type Log, logError } from '../editor/errors';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import type { CurrentLeads, LeadSelection } from '../leads/currentLeads';
import { Disposables, type Event } from '../leads/event';
import { isLeadElement, leadElement } from '../leads/leadElement';
import type { LeadList } from '../leads/leadList';
import { LeadNews } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { describeOrder, describeSelection } from '../leads/queryWords';
import { plural } from '../leads/text';
import { AutoRefresh } from './autoRefresh';
import { LeadsTreeDataProvider } from './leadsTreeDataProvider';
import { leadsInTree, type LeadsTreeElement } from './leadsTreeElement';
import { failureOf } from './leadsTreeItem';

/** What the view is built from. */
export interface LeadsViewParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
  /** Whose leads are shown: known also while there is no connection, for want of the token. */
  readonly accounts: { readonly active: { readonly name: string } | undefined; readonly onDidChange: Event<void> };
  /** Which view is looked at; it has no name once its filter or order was changed. */
  readonly view: { readonly name: string | undefined; readonly onDidChange: Event<void> };
}

const viewId = 'dashlyLeads.leads';

/** How often relative times are looked at, in milliseconds: minutes are their smallest unit that lasts. */
const clockInterval = minute;

/** The sidebar: reads the first page when it is first seen, and keeps rows, texts and context keys in step with the list. */
export class LeadsView implements vscode.Disposable {
  private readonly parts = new Disposables();
  private readonly provider: LeadsTreeDataProvider;
  private readonly progress: ViewProgress;
  private readonly news: LeadNews;
  private readonly autoRefresh: AutoRefresh;
  private readonly treeView: vscode.TreeView<LeadsTreeElement>;
  private clock: ReturnType<typeof setInterval> | undefined;
  private loggedError: unknown;

  constructor(private readonly options: LeadsViewParts) {
    const { current, selection, masking, accounts, view } = options;
    this.news = this.parts.add(new LeadNews(current));
    this.provider = this.parts.add(new LeadsTreeDataProvider(current, masking, this.news));
    this.autoRefresh = this.parts.add(
      new AutoRefresh({ current, isVisible: () => this.visible, interval: () => readSetting('autoRefresh') }),
    );
    this.progress = this.parts.add(new ViewProgress(viewId));
    this.treeView = this.parts.add(
      vscode.window.createTreeView(viewId, { treeDataProvider: this.provider, canSelectMany: true }),
    );
    this.parts.add(this.treeView.onDidChangeVisibility(() => this.onVisibility()));
    this.parts.add(
      this.treeView.onDidChangeSelection(({ selection: rows }) =>
        selection.set(rows.filter(isLeadElement).map(({ lead }) => lead)),
      ),
    );
    this.parts.add(current.onDidChange(() => this.update()));
    this.parts.add(accounts.onDidChange(() => this.name()));
    this.parts.add(view.onDidChange(() => this.name()));
    this.parts.add(this.news.onDidChange(() => this.showBadge()));
    this.parts.add(onDidChangeSetting('badge', () => this.showBadge()));
    this.parts.add(onDidChangeSetting('autoRefresh', () => this.autoRefresh.restart()));
    this.parts.add(masking.onDidChange(() => this.update()));
    this.parts.add(selection.onDidChange((leads) => this.onSelected(leads)));
    this.update();
    this.onVisibility();
  }

  get visible(): boolean {
    return this.treeView.visible;
  }

  /** The leads whose rows are selected. */
  get selected(): readonly Lead[] {
    return this.treeView.selection.filter(isLeadElement).map(({ lead }) => lead);
  }

  /** Brings a lead into sight and gives its row the focus. Does nothing where it has no row, or the view cannot be seen. */
  async reveal(id: string, { select = false } = {}): Promise<void> {
    const { list } = this.options.current;
    const lead = list && leadsInTree(list).find((one) => one.id === id);
    if (lead && this.visible) await this.treeView.reveal(leadElement(lead), { select, focus: true });
  }

  /** All news count as looked at. */
  markAllSeen(): void {
    this.news.seen();
    this.provider.refresh();
  }

  dispose(): void {
    clearInterval(this.clock);
    this.parts.dispose();
  }

  private onVisibility(): void {
    clearInterval(this.clock);
    this.autoRefresh.restart();
    if (!this.visible) return;
    this.provider.refreshTimes();
    this.clock = setInterval(() => this.provider.refreshTimes(), clockInterval);
    this.readFirstPage();
  }

  /** The first page is read on first sight, not before: who never looks costs the service nothing. */
  private readFirstPage(): void {
    const { list } = this.options.current;
    if (this.visible && list?.state === 'unread') void list.loadMore();
  }

  private update(): void {
    const { current, selection } = this.options;
    const { list } = current;
    selection.set(selection.leads.map((lead) => current.find(lead.id)).filter((lead) => lead !== undefined));
    this.provider.refresh();
    this.name();
    this.progress.show(list?.state === 'reading');
    setContextKey('leads', this.shown(list));
    setContextKey('failure', list?.state === 'failed' ? failureOf(list.error) : 'none');
    setContextKey('canLoadMore', list?.end === 'more');
    if (list?.error !== undefined && list.error !== this.loggedError) logError(list.error, this.options.log);
    this.loggedError = list?.error;
    this.readFirstPage();
  }

  private onSelected(leads: readonly Lead[]): void {
    setContextKey('leadSelected', leads.length > 0);
    const [lead, ...others] = leads;
    // One lead is looked at; several are selected to do something with them.
    if (!lead || others.length > 0 || this.news.of(lead.id) === undefined) return;
    this.news.seen([lead]);
    this.provider.refreshLead(lead.id);
  }

  private showBadge(): void {
    const value = readSetting('badge') ? this.news.count : 0;
    this.treeView.badge = value > 0 ? { value, tooltip: `${plural(value, 'lead')} new or come online` } : undefined;
  }

  private name(): void {
    const { accounts, current, masking, view } = this.options;
    // VS Code shows no description while the view is alone in its container, but always the title.
    this.treeView.title = accounts.active?.name ?? 'Leads';
    const order = describeOrder(current.query);
    const total = current.list?.total;
    this.treeView.description = total === undefined ? undefined : `${plural(total, 'lead')}, ${order}`;
    // The title is cut off where the view is narrow: the message says for all to see which leads of which app these are.
    // An empty view has a welcome view instead, which VS Code hides while there is a message.
    const leads = view.name === undefined ? describeSelection(current.query, masking) : masking.text(view.name);
    const isShown = current.list !== undefined && current.list.leads.length > 0;
    this.treeView.message = isShown
      ? `${accounts.active?.name ?? 'Leads'}: ${leads ?? 'All leads'}, ${order}`
      : undefined;
    setContextKey('filtered', current.query.filters !== undefined || current.query.presence !== undefined);
  }

  private shown(list: LeadList | undefined): 'unread' | 'reading' | 'shown' | 'empty' | 'noMatch' | 'failed' {
    if (!list) return 'unread';
    if (list.leads.length > 0) return 'shown';
    if (list.state !== 'ready') return list.state;
    return list.query.filters || list.query.presence ? 'noMatch' : 'empty';
  }
}

/** The moving line at the top of a view. */
export class ViewProgress implements vscode.Disposable {
  private end: (() => void) | undefined;

  constructor(private readonly viewId: string) {}

  /** Shows the line, or takes it away. */
  show(busy: boolean): void {
    if (busy === (this.end !== undefined)) return;
    if (!busy) {
      this.dispose();
      return;
    }
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    void vscode.window.withProgress({ location: { viewId: this.viewId } }, () => ended);
  }

  dispose(): void {
    this.end?.();
    this.end = undefined;
  }
}
