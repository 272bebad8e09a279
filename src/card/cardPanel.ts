import type * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { Emitter } from '../leads/event';
import { Disposables } from '../editor/disposables';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { errorSentence, isCancelled } from '../editor/showError';
import type { Log } from '../editor/log';
import type { Masking } from '../leads/masking';
import { CardActions } from './cardActions';
import { latestLead, makeCard, type Card } from './cardContent';
import { cardPage } from './cardPage';
import { LeadReading, type LeadReadingSource } from './leadReading';
import { decodePageMessage, dispatch, type CopyRequest, type Handlers, type HostMessage, type PageMessage } from './protocol';
import { RefreshTimer } from './refreshTimer';

/** How long a lead has to stay in the preview before its details are asked for, in milliseconds: arrow keys pass many. */
const settling = 120;

/** What a card needs of the rest. */
export interface CardPanelParts {
  readonly extensionUri: vscode.Uri;
  /** Where the details are read; asked at each request, because a replaced token gives another one. */
  readonly source: () => LeadReadingSource;
  readonly masking: Masking;
  readonly log: Log;
}

/** One card: a webview panel, the lead it shows and what was read of it. */
export class CardPanel implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly actions: CardActions;
  private readonly timer: RefreshTimer;
  private readonly detailsRead = new Emitter<Lead>();
  private reading: LeadReading;
  private card: Card;
  private listed: Lead;
  private isPinned: boolean;
  private ready = false;
  private settled: ReturnType<typeof setTimeout> | undefined;

  /** The details of the lead were read: the lead as they give it. */
  readonly onDidRead = this.detailsRead.event;
  /** Called for *Keep This Card Open*. */
  onPin: () => void = () => undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly parts: CardPanelParts,
    lead: Lead,
    pinned: boolean,
  ) {
    this.listed = lead;
    this.isPinned = pinned;
    this.reading = new LeadReading(lead.id, parts.source);
    this.actions = new CardActions(parts.masking, (key) => this.card.values.get(key));
    this.timer = this.owned.add(new RefreshTimer(() => void this.reading.readDetails(), () => readSetting('card.refreshInterval')));
    this.owned.add(onDidChangeSetting('card.refreshInterval', () => this.timer.restart()));
    this.card = this.make();
    this.owned.add(this.detailsRead);
    this.owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.owned.add(panel.onDidChangeViewState(() => this.viewStateChanged()));
    this.owned.add(parts.masking.onDidChange(() => this.paint()));
    this.start(0);
    panel.webview.html = cardPage(panel.webview, parts.extensionUri);
  }

  /** The lead as the list gave it. */
  get lead(): Lead {
    return this.listed;
  }

  /** Shows another lead in this card, at once with what the list gave. */
  show(lead: Lead): void {
    if (lead.id === this.listed.id) {
      this.updateListed(lead);
      return;
    }
    this.reading.dispose();
    this.listed = lead;
    this.reading = new LeadReading(lead.id, this.parts.source);
    this.start(settling);
    this.paint();
  }

  /** The list was read anew. */
  updateListed(lead: Lead): void {
    if (lead === this.listed) return;
    this.listed = lead;
    this.paint();
  }

  /** From now on the card stays as it is. */
  pin(): void {
    this.isPinned = true;
    this.paint();
  }

  /** Ends what is under way; the panel is closed by who made it, or by the user. */
  dispose(): void {
    clearTimeout(this.settled);
    this.reading.dispose();
    this.owned.dispose();
  }

  private start(delay: number): void {
    const { reading } = this;
    reading.onDidChange(() => this.readingChanged());
    clearTimeout(this.settled);
    this.settled = setTimeout(() => void reading.readAll(), delay);
  }

  private readingChanged(): void {
    this.logFailures();
    this.paint();
    this.follow();
    const { details } = this.reading;
    if (details.state === 'read' && !this.reading.isReading) this.detailsRead.fire(latestLead({ lead: this.listed, reading: this.reading }));
  }

  /** Keeps the presence true while it is looked at. */
  private follow(): void {
    this.timer.follow(this.reading, this.panel.visible);
  }

  private viewStateChanged(): void {
    // A hidden page is thrown away; when it comes back it says that it is ready and is sent everything again.
    if (!this.panel.visible) this.ready = false;
    this.follow();
  }

  private make(): Card {
    const { listed: lead, reading, isPinned: pinned } = this;
    return makeCard({ lead, reading, masking: this.parts.masking, pinned, sentence: errorSentence });
  }

  private paint(): void {
    this.card = this.make();
    if (this.panel.title !== this.card.content.name) this.panel.title = this.card.content.name;
    if (!this.ready) return;
    this.post({ type: 'content', content: this.card.content });
    if (this.card.history) this.post({ type: 'history', history: this.card.history });
  }

  private post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private receive(sent: unknown): void {
    const message = decodePageMessage(sent);
    if (message) dispatch(message, this.handlers);
    else this.parts.log.warn('A card sent a message that is none of the protocol; it was ignored.');
  }

  private readonly handlers: Handlers<PageMessage> = {
    ready: () => {
      this.ready = true;
      this.paint();
    },
    refresh: () => void this.reading.readAll(),
    readHistory: () => void this.reading.readHistory(),
    command: ({ command }) => {
      if (command === 'pinCard') this.onPin();
      else this.actions.runCommand(command, this.listed);
    },
    copyValue: ({ type, key }) => this.confirmCopy(type, key, this.actions.copyValue(key)),
    copyAssignment: ({ type, key }) => this.confirmCopy(type, key, this.actions.copyAssignment(key)),
    findByValue: ({ key }) => void this.actions.findByValue(key),
    openLink: ({ key }) => void this.actions.openLink(key),
  };

  private confirmCopy(request: CopyRequest, key: string, copying: Promise<boolean>): void {
    void copying.then((copied) => copied && this.post({ type: 'copied', request, key }));
  }

  private readonly logged = new WeakSet<object>();

  private logFailures(): void {
    const { details, conversations, history } = this.reading;
    for (const error of [details.error, conversations.error, history?.error]) {
      if (!(error instanceof Error) || this.logged.has(error) || isCancelled(error)) continue;
      this.logged.add(error);
      this.parts.log.warn(`A card could not read: ${error.message} ${'detail' in error ? String(error.detail) : (error.stack ?? '')}`);
    }
  }
}
