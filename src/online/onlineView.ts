import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { readVisitors } from '../dashly/activeUsers';
import type { DashlyClient } from '../dashly/client';
import { isForbidden } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import { commandId, type Parts } from '../editor/commands';
import type { RowElement } from '../editor/drawnRows';
import { logError } from '../editor/errors';
import type { LateTree } from '../editor/lateTree';
import type { LeadRows } from '../editor/leadOpening';
import { RowsProvider } from '../editor/rowsProvider';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { shownTimeZone } from '../editor/timeZone';
import { ViewProgress } from '../editor/window';
import { AutoRefresh, type RefreshOutcome } from '../leads/autoRefresh';
import { Disposables, Emitter } from '../leads/event';
import type { Masking } from '../leads/masking';
import { isolated } from '../leads/text';
import { isPresent, OnlineVisitors } from './onlineVisitors';
import {
  visitorAccessibilityLabel,
  visitorCount,
  visitorDescription,
  type VisitorRow,
  visitorRow,
  visitorTooltip,
} from './visitorWording';

/** How often "left 1 min ago" and the like are looked at, in ms. */
const clockInterval = 10_000;

/** What VS Code asks for the colour of the text of those who have left, or may have. */
const goneUri = vscode.Uri.parse('dashly-leads-visitor:gone');

const colors = { online: 'charts.green', idle: 'charts.yellow', gone: 'disabledForeground' } as const;

/** One object for all rows that have it: there may be thousands, and each is made anew. */
const icons = { account: iconsOf('account'), globe: iconsOf('globe') };

/** Without arguments, as those of the list. */
const openVisitor: vscode.Command = { command: commandId('openVisitor'), title: l10n.t('Open Lead Card') };

function iconsOf(icon: string): Readonly<Record<keyof typeof colors, vscode.ThemeIcon>> {
  const colored = (color: string): vscode.ThemeIcon => new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  return { online: colored(colors.online), idle: colored(colors.idle), gone: colored(colors.gone) };
}

/** What VS Code knows a row by. */
export type OnlineTreeElement = RowElement<VisitorRow, never>;

/** All that is seen of a visitor's row. */
interface VisitorRowWords {
  readonly label: string;
  readonly isLead: boolean;
  readonly description: string;
  readonly state: keyof typeof colors;
}

/** The rows of those who are on the site. */
class VisitorsProvider extends RowsProvider<VisitorRow, VisitorRowWords> {
  constructor(
    readonly rows: () => readonly VisitorRow[],
    private readonly masking: Masking,
    private readonly timeZone: () => string | undefined,
  ) {
    super();
  }

  protected idOf(row: VisitorRow): string {
    return row.lead.id;
  }

  protected wordsOf(row: VisitorRow): VisitorRowWords {
    const { label, isLead } = row;
    return { label, isLead, description: visitorDescription(row, Date.now()), state: stateOf(row) };
  }

  protected itemOf(row: VisitorRow, { label, isLead, description, state }: VisitorRowWords): vscode.TreeItem {
    const item = new vscode.TreeItem(isolated(label));
    item.id = row.lead.id;
    item.description = description;
    item.iconPath = icons[isLead ? 'account' : 'globe'][state];
    if (state === 'gone') item.resourceUri = goneUri;
    item.contextValue = 'lead';
    item.accessibilityInformation = { label: visitorAccessibilityLabel(row, Date.now()), role: 'treeitem' };
    item.command = openVisitor;
    return item;
  }

  protected tooltipOf(row: VisitorRow): string {
    return visitorTooltip(row, this.masking, Date.now(), { timeZone: this.timeZone() });
  }
}

function stateOf({ online }: VisitorRow): keyof typeof colors {
  if (!isPresent(online)) return 'gone';
  return online.visitor.presence === 'idle' ? 'idle' : 'online';
}

/** *Online Now*: who is on the site, read again while the view is in sight. */
export class OnlineView implements vscode.Disposable, LeadRows {
  private readonly owned = new Disposables();
  private readonly visitors = new OnlineVisitors();
  private readonly provider: VisitorsProvider;
  private readonly progress: ViewProgress;
  private readonly autoRefresh: AutoRefresh;
  private readonly treeView: vscode.TreeView<OnlineTreeElement>;
  private readonly selectedByPerson = new Emitter<Lead>();
  private client: DashlyClient | undefined;
  private reading: { readonly ended: AbortController; readonly done: Promise<void> } | undefined;
  /** `unread` until the first answer of this app. */
  private state: 'unread' | 'read' | 'failed' = 'unread';
  private error: unknown;
  private clock: ReturnType<typeof setInterval> | undefined;
  private selectedId: string | undefined;
  private drawn: readonly VisitorRow[] = [];
  private readonly countChanged = new Emitter();
  private announcedCount: number | undefined;

  /** Somebody came or left, or the view came into sight or went out of it. */
  readonly onDidChangeCount = this.countChanged.event;
  readonly onDidSelect = this.selectedByPerson.event;
  readonly onDidReadRows: vscode.Event<void>;

  /** @param tree where the visitors are shown */
  constructor(
    private readonly parts: Parts,
    private readonly tree: LateTree<OnlineTreeElement>,
  ) {
    const { current, masking, context } = parts;
    this.provider = this.owned.add(
      new VisitorsProvider(
        () => this.drawn,
        masking,
        () => shownTimeZone(context.globalState),
      ),
    );
    this.onDidReadRows = this.provider.onDidReadRows;
    this.progress = this.owned.add(new ViewProgress(tree.id));
    this.autoRefresh = this.owned.add(
      new AutoRefresh({
        read: () => this.readAgain(),
        // A token that has no right to this gets none by being asked again and again.
        interval: () => (this.treeView.visible && !isForbidden(this.error) ? readSetting('online.refreshInterval') : 0),
      }),
    );
    this.owned.add(this.selectedByPerson);
    this.owned.add(this.countChanged);
    this.treeView = tree.view;
    tree.show(this.provider);
    const faint = new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor(colors.gone));
    this.owned.add(
      vscode.window.registerFileDecorationProvider({
        provideFileDecoration: ({ scheme }) => (scheme === goneUri.scheme ? faint : undefined),
      }),
    );
    this.owned.add(this.treeView.onDidChangeVisibility(() => this.onVisibility()));
    this.owned.add(this.treeView.onDidChangeSelection(() => this.onSelection()));
    this.owned.add(current.onDidChangeList(() => this.connectionChanged()));
    this.owned.add(current.onDidChange(() => this.draw()));
    this.owned.add(masking.onDidChange(() => this.draw()));
    this.owned.add(onDidChangeSetting('online.refreshInterval', () => this.autoRefresh.restart()));
    this.connectionChanged();
  }

  get selected(): readonly Lead[] {
    return this.treeView.selection.flatMap((row) => (row.kind === 'lead' ? [row.lead] : []));
  }

  /** How many visitors are on the site, as far as the view says so at this moment; undefined while it is out of sight. */
  get shownCount(): number | undefined {
    return this.treeView.visible && this.state === 'read' && !this.isOld ? this.present.length : undefined;
  }

  get isBeingRead(): boolean {
    return this.provider.isBeingRead;
  }

  /** Who is there, newest activity first. */
  get present(): readonly VisitorRow[] {
    return this.isOld ? [] : this.drawn.filter(({ online }) => isPresent(online));
  }

  /** Why nobody is shown, in a sentence; undefined while there is no reason. */
  get problem(): string | undefined {
    return this.message();
  }

  /** Reads who is there, unless that is under way. Never rejects: the view says how it went. */
  async read(): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.reading ??= this.begin(client);
    await this.reading.done;
  }

  dispose(): void {
    clearInterval(this.clock);
    this.reading?.ended.abort();
    this.owned.dispose();
  }

  /** Whether nobody can say who is there now: nothing was read yet, or too long ago. */
  private get isOld(): boolean {
    return this.visitors.isOld(Date.now());
  }

  private begin(client: DashlyClient): NonNullable<OnlineView['reading']> {
    const ended = new AbortController();
    return { ended, done: this.ask(client, ended.signal) };
  }

  private async ask(client: DashlyClient, signal: AbortSignal): Promise<void> {
    this.progress.show(true);
    try {
      const visitors = await readVisitors(client, signal);
      if (signal.aborted) return;
      this.visitors.update(visitors, Date.now());
      for (const sentence of visitors.skipped.slice(0, 10)) this.parts.log.warn(sentence);
      this.state = 'read';
      this.error = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if (this.state !== 'failed') logError(error, this.parts.log);
      this.state = 'failed';
      this.error = error;
    }
    this.reading = undefined;
    this.progress.show(false);
    if (this.state === 'read') this.autoRefresh.recovered();
    this.autoRefresh.restart();
    this.draw();
  }

  private async readAgain(): Promise<RefreshOutcome> {
    if (this.state === 'unread' || this.reading) return 'unneeded';
    await this.read();
    return this.state === 'failed' ? { failedBy: this.error } : 'read';
  }

  /** Another app, or the same by another client: a new token may have the right that the last one had not. */
  private connectionChanged(): void {
    const { connection } = this.parts.current;
    if (connection?.client === this.client) return;
    this.client = connection?.client;
    this.reading?.ended.abort();
    this.reading = undefined;
    this.progress.show(false);
    this.visitors.clear();
    this.state = 'unread';
    this.error = undefined;
    this.autoRefresh.recovered();
    this.draw();
    this.onVisibility();
  }

  private onVisibility(): void {
    clearInterval(this.clock);
    this.autoRefresh.restart();
    this.announceCount();
    if (!this.treeView.visible) return;
    this.draw();
    this.clock = setInterval(() => this.draw(), clockInterval);
    if (this.state === 'unread') void this.read();
  }

  private draw(): void {
    const { current, masking } = this.parts;
    this.drawn = this.visitors.at(Date.now()).map((one) => visitorRow(one, current.find(one.visitor.id), masking));
    this.provider.update({ all: true });
    this.treeView.description = this.isOld ? undefined : visitorCount(this.drawn);
    this.tree.setMessage(this.message());
    this.announceCount();
  }

  private announceCount(): void {
    const { shownCount } = this;
    if (shownCount === this.announcedCount) return;
    this.announcedCount = shownCount;
    this.countChanged.fire();
  }

  private message(): string | undefined {
    if (isForbidden(this.error))
      return l10n.t(
        'The token does not give the right to see who is on the site now. Everything else works without it.',
      );
    if (this.state === 'failed') return l10n.t('Not read: {0}', this.parts.masking.errorSentence(this.error));
    return this.state === 'read' && this.drawn.length === 0 && !this.isOld
      ? l10n.t('Nobody is on the site now.')
      : undefined;
  }

  private onSelection(): void {
    const { selected } = this;
    if (selected.length === 0 && this.provider.isBeingRead) return;
    const [lead, ...others] = selected;
    if (selected.length > 0) this.parts.selection.set(selected);
    const isNew = lead !== undefined && others.length === 0 && lead.id !== this.selectedId;
    this.selectedId = others.length === 0 ? lead?.id : undefined;
    if (isNew && this.treeView.visible) this.selectedByPerson.fire(lead);
  }
}
