import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { DashlyClient } from '../dashly/client';
import { errorDetail } from '../dashly/errors';
import type { SortOrder } from '../dashly/lead';
import { type Parts, runCommand, showLeadsView } from '../editor/commands';
import { isCancelled } from '../editor/errors';
import { rememberTimeZone } from '../editor/timeZone';
import { showUntitled } from '../editor/untitled';
import { webviewHtml, webviewResources } from '../editor/webviewHtml';
import { Disposables } from '../leads/event';
import { describeSelection } from '../leads/queryWords';
import { singleLine } from '../leads/text';
import { dispatch, type Handlers } from '../webview/messages';
import { ExactCounts, knownFilters, whyNotCounted } from './exactCounts';
import { Exploration, type ExplorationSource } from './exploration';
import {
  decodePageMessage,
  type DocumentFormat,
  type HostMessage,
  type PageMessage,
  type ShownExploration,
} from './protocol';
import { reportCsv, reportJson } from './report';
import { type FindableValue, ordersOf, ShownProperties, type Subject, subjectsOf } from './rows';

/** The type of the panel, as `when` clauses see it. */
const viewType = 'dashlyLeads.explore';

/** While leads are read, what there is in them is shown again at most so often, in milliseconds. */
const betweenPaints = 500;

/** The panel of *Explore Properties*: the leads that are explored, and what is shown of them. */
export class ExplorePanel implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly panel: vscode.WebviewPanel;
  private readonly counts: ExactCounts;
  private exploration: Exploration;
  private shown: ShownProperties;
  private subjects: readonly Subject[] = [];
  /** The keys of the subjects; they outlive a painting. */
  private readonly keys = new Map<string, string>();
  /** The key of the row whose detail is shown; it outlives the page, and other leads. */
  private selected: string | undefined;
  /** What stands behind the keys of the values that are shown. */
  private values: ReadonlyMap<string, FindableValue> = new Map();
  private ready = false;
  private painting: ReturnType<typeof setTimeout> | undefined;
  private painted = 0;

  /** Called when the panel is closed. */
  onClose: () => void = () => undefined;
  /** Called when another sample is to be chosen. */
  onChoose: () => void = () => undefined;

  /** @param exploration is disposed with the panel */
  constructor(
    private readonly parts: Parts,
    exploration: Exploration,
  ) {
    const { extensionUri } = parts.context;
    this.exploration = exploration;
    this.shown = new ShownProperties(exploration.statistics, parts.masking);
    this.counts = this.owned.add(
      new ExactCounts(
        (filters, signal) => this.client.countLeads(filters, signal),
        (error) => parts.masking.errorSentence(error),
      ),
    );
    this.panel = vscode.window.createWebviewPanel(viewType, l10n.t('Properties'), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: webviewResources(extensionUri),
    });
    this.owned.add(this.panel.onDidDispose(() => this.onClose()));
    this.owned.add(this.panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.owned.add(
      this.panel.onDidChangeViewState(() => {
        // A hidden page is thrown away; when it comes back it says that it is ready and is sent everything again.
        if (!this.panel.visible) this.ready = false;
      }),
    );
    this.owned.add(this.counts.onDidChange(() => this.post({ type: 'counts', counts: this.counts.all })));
    this.owned.add(parts.masking.onDidChange(() => this.paint()));
    this.owned.add(parts.names.onDidChange(() => this.soon()));
    this.panel.webview.html = webviewHtml(this.panel.webview, extensionUri, 'explore', l10n.t('Properties'));
    this.start(exploration);
  }

  /** Which leads are explored. */
  get source(): ExplorationSource {
    return this.exploration.source;
  }

  /** Explores other leads, in the same panel. */
  explore(exploration: Exploration): void {
    this.exploration.dispose();
    this.start(exploration);
    this.panel.reveal();
  }

  dispose(): void {
    clearTimeout(this.painting);
    this.exploration.dispose();
    this.owned.dispose();
    this.panel.dispose();
  }

  /** The app's present one: its token may have been replaced since the leads were read. */
  private get client(): DashlyClient {
    return (this.parts.current.connection ?? this.exploration.connection).client;
  }

  private start(exploration: Exploration): void {
    this.exploration = exploration;
    this.shown = new ShownProperties(exploration.statistics, this.parts.masking);
    this.counts.clear();
    exploration.onDidChange(() => (exploration.state === 'reading' ? this.soon() : this.ended(exploration)));
    this.paint();
    void exploration.run();
  }

  private ended({ error }: Exploration): void {
    if (error instanceof Error && !isCancelled(error)) {
      this.parts.log.warn(`The leads to explore could not be read: ${errorDetail(error)}`);
    }
    this.paint();
  }

  private soon(): void {
    // No longer than that, should the clock have been set back.
    const left = Math.min(betweenPaints, Math.max(0, this.painted + betweenPaints - Date.now()));
    this.painting ??= setTimeout(() => this.paint(), left);
  }

  private paint(): void {
    clearTimeout(this.painting);
    this.painting = undefined;
    if (!this.ready) return;
    const { names } = this.parts;
    const known = [...names.properties, ...[...names.events.keys()].map((id) => `$event_${id}_count`)];
    this.subjects = subjectsOf(this.exploration.statistics, known, this.keys);
    this.post({ type: 'exploration', exploration: this.head() });
    this.post({ type: 'rows', rows: this.subjects.map((subject) => this.shown.row(subject)) });
    this.post({ type: 'counts', counts: this.counts.all });
    this.postDetail();
    // What took long is not done again at once.
    this.painted = Date.now();
  }

  private head(): ShownExploration {
    const { exploration, parts } = this;
    const { query, connection, state, progress, error } = exploration;
    const problem = whyNotCounted(query);
    return {
      title: `${singleLine(connection.name, 60)} · ${describeSelection(query, parts.masking) ?? l10n.t('All leads')}`,
      source: exploration.sourceWords,
      leads: exploration.statistics.leads,
      notes: problem === undefined ? exploration.notes : [...exploration.notes, problem],
      state,
      progress,
      failure: state === 'failed' ? parts.masking.errorSentence(error) : undefined,
      canCount: problem === undefined,
      masked: parts.masking.on,
    };
  }

  private postDetail(): void {
    const subject = this.subject(this.selected);
    const found = subject && this.shown.detail(subject);
    this.values = found?.values ?? new Map();
    this.post({ type: 'detail', detail: found?.detail });
  }

  private subject(key: string | undefined): Subject | undefined {
    return this.subjects.find((subject) => subject.key === key);
  }

  private post(message: HostMessage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private receive(sent: unknown): void {
    const message = decodePageMessage(sent);
    if (message) dispatch(message, this.handlers);
    else this.parts.log.warn('The page of properties sent a message that is none of the protocol; it was ignored.');
  }

  private readonly handlers: Handlers<PageMessage> = {
    ready: ({ timeZone }) => {
      if (timeZone !== undefined) rememberTimeZone(this.parts.context.globalState, timeZone);
      this.ready = true;
      this.paint();
    },
    refresh: () => {
      const { current } = this.parts;
      if (current.connection)
        this.explore(new Exploration(current.connection, current.query, this.source, current.list));
    },
    choose: () => this.onChoose(),
    cancel: () => {
      this.exploration.cancel();
      this.counts.cancel();
    },
    select: ({ key }) => {
      this.selected = key;
      this.postDetail();
    },
    count: ({ keys }) => {
      const wanted = keys.flatMap((key) => {
        const subject = this.subject(key);
        const filters = subject && knownFilters(this.exploration.query, subject.property);
        return filters ? [{ key, filters }] : [];
      });
      void this.counts.ask(wanted);
    },
    showLeads: ({ key }) => {
      const subject = this.subject(key);
      if (!subject) return;
      const { property } = subject;
      const filters = knownFilters(this.exploration.query, property) ?? knownFilters({}, property);
      const { sortProp, sortOrder } = this.parts.current.query;
      this.parts.current.setQuery({ filters, sortProp, sortOrder });
      void showLeadsView();
    },
    sort: ({ key, index }) => {
      const subject = this.subject(key);
      const order = subject && ordersOf(subject)[index];
      if (!order) return;
      const { current } = this.parts;
      // Pressed again, the other way round.
      const { sortProp, sortOrder = 'desc' } = current.query;
      const next: SortOrder = sortProp === order.property && sortOrder === 'desc' ? 'asc' : 'desc';
      current.setQuery({ ...current.query, sortProp: order.property, sortOrder: next });
      void showLeadsView();
    },
    findValue: ({ key }) => {
      const wanted = this.values.get(key);
      if (wanted) void runCommand('findByValue', wanted);
    },
    openAs: ({ format }) => void this.openAs(format),
  };

  private async openAs(format: DocumentFormat): Promise<void> {
    const properties = this.subjects.map((subject) => ({
      row: this.shown.row(subject),
      ...this.shown.detail(subject),
      exact: this.counts.of(subject.key),
    }));
    const report = { exploration: this.head(), properties };
    const { masking } = this.parts;
    const real = masking.on ? undefined : masking;
    if (format === 'csv') await showUntitled('plaintext', reportCsv(report), real);
    else await showUntitled('json', reportJson(report), real);
  }
}
