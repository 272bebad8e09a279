import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { sameJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { errorDetail } from '../dashly/errors';
import { decodeSegment } from '../dashly/segment';
import { isCancelled, type Log } from '../editor/errors';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { Disposables, Emitter } from '../leads/event';
import type { LearntNames } from '../leads/knownNames';
import type { Masking } from '../leads/masking';
import { CardActions } from './cardActions';
import { EventFollowing } from './eventFollowing';
import { webviewHtml } from '../editor/webviewHtml';
import { type Card, conversationOf, latestLead, makeCard } from './card';
import { ConversationReading, isForbidden } from './conversationReading';
import { hadEvents, pickEventName } from './eventNamePick';
import { LeadRequests, type LeadRequestSource } from './leadRequests';
import { type CopyRequest, decodePageMessage, type HostMessage, type PageMessage } from './protocol';
import { RefreshTimer } from './repeatedRequest';
import { dispatch, type Handlers } from '../webview/messages';

/** How long a lead has to stay in the preview before its details are asked for, in milliseconds: arrow keys pass many. */
const settling = 120;

/** What a card needs of the rest. */
export interface CardPanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Where the details are read; asked at each request, because a replaced token gives another one. */
  readonly source: () => LeadRequestSource;
  readonly masking: Masking;
  readonly log: Log;
  /** Is given the names that were read. */
  readonly onLearn: (names: LearntNames) => void;
  /** Is given the user's time zone when the page has said it. */
  readonly onTimeZone: (timeZone: string) => void;
}

/** One card: a webview panel, the lead it shows and what was read of it. */
export class CardPanel implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly actions: CardActions;
  private readonly timers: { readonly details: RefreshTimer; readonly conversations: RefreshTimer };
  private readonly following: EventFollowing;
  private readonly detailsRead = new Emitter<Lead>();
  private requests: LeadRequests;
  /** The conversation whose messages are shown. */
  private conversation: ConversationReading | undefined;
  /** Whether its messages are in sight on the page. */
  private isTranscriptSeen = false;
  private card: Card;
  private listed: Lead;
  /** What was read here last. */
  private latest: Lead | undefined;
  private isPinned: boolean;
  private ready = false;
  /** Whether the events are to be brought to the front when the page is ready. */
  private wantsEvents = false;
  private settled: ReturnType<typeof setTimeout> | undefined;
  private presenceEnds: ReturnType<typeof setTimeout> | undefined;

  /** The details of the lead were read: the lead as they give it. */
  readonly onDidRead = this.detailsRead.event;
  /** Called for *Keep This Card Open*. */
  onPin: () => void = () => undefined;
  /** Called when the person does something with the card. */
  onUse: () => void = () => undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly options: CardPanelOptions,
    lead: Lead,
    pinned: boolean,
  ) {
    this.listed = lead;
    this.isPinned = pinned;
    this.requests = new LeadRequests(lead.id, options.source);
    this.actions = new CardActions(options.masking, (key) => this.card.values.get(key));
    const interval = (): number => readSetting('card.refreshInterval');
    this.timers = {
      details: this.owned.add(new RefreshTimer(interval, true)),
      conversations: this.owned.add(new RefreshTimer(interval, false)),
    };
    this.following = this.owned.add(
      new EventFollowing({
        read: () => this.requests.readArrived(),
        isVisible: () => panel.visible,
        interval: () => readSetting('events.followInterval'),
        changed: () => this.postFollowing(),
      }),
    );
    this.owned.add(onDidChangeSetting('convertPropsTypes', () => void this.requests.details.read()));
    this.owned.add(onDidChangeSetting('events.followInterval', () => this.following.restart()));
    this.owned.add(onDidChangeSetting('conversations.refreshInterval', () => this.conversation?.restart()));
    this.owned.add(
      onDidChangeSetting('card.refreshInterval', () => {
        for (const timer of Object.values(this.timers)) timer.restart();
      }),
    );
    this.card = this.make();
    this.owned.add(this.detailsRead);
    this.owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.owned.add(panel.onDidChangeViewState(() => this.viewStateChanged()));
    this.owned.add(options.masking.onDidChange(() => this.paint()));
    this.start(0);
    panel.webview.html = webviewHtml(panel.webview, options.extensionUri, 'card', l10n.t('Lead'));
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
    this.requests.dispose();
    this.closeConversation();
    this.following.stop();
    this.listed = lead;
    this.latest = undefined;
    this.requests = new LeadRequests(lead.id, this.options.source);
    this.start(settling);
    this.paint();
  }

  /** Its row in the list is another one; where that says what was read here, the card knows. */
  updateListed(lead: Lead): void {
    if (lead === this.listed || (this.latest && sameJson(lead.record, this.latest.record))) return;
    this.listed = lead;
    this.paint();
  }

  /** From now on the card stays as it is. */
  pin(): void {
    this.isPinned = true;
    this.paint();
  }

  /**
   * Shows new events as they come in, until the person ends it or another lead is shown.
   * @param only the name of the only events to show; those that were chosen before when left out
   */
  followEvents(only?: string): void {
    this.wantsEvents = true;
    if (only !== undefined) void this.requests.showOnly(only);
    this.following.start();
    this.showEvents();
  }

  /** Reads again what could not be read: a new token was given, for instance. */
  retry(): void {
    for (const request of [this.requests.details, this.requests.conversations]) {
      if (request.state.failures > 0) void request.read();
    }
    if (this.conversation?.state.state === 'failed') void this.conversation.readOlder();
    this.following.recovered();
  }

  /** Ends what is under way; the panel is closed by who made it, or by the user. */
  dispose(): void {
    clearTimeout(this.settled);
    clearTimeout(this.presenceEnds);
    this.requests.dispose();
    this.conversation?.dispose();
    this.owned.dispose();
  }

  private start(delay: number): void {
    const { requests } = this;
    requests.onDidChange(() => this.requestsChanged());
    clearTimeout(this.settled);
    this.settled = setTimeout(() => void requests.readAll(), delay);
  }

  private requestsChanged(): void {
    const { details, history } = this.requests;
    const occurred = (history?.value?.items ?? []).map(({ typeId: id, name }) => ({ id, name }));
    const { events = [], segments = [] } = details.state.value ?? {};
    this.options.onLearn({
      events: [...events, ...occurred],
      segments: segments.flatMap((item) => decodeSegment(item) ?? []),
    });
    this.logFailures();
    this.paint();
    this.follow();
    if (details.state.state !== 'read' || details.isUnderWay) return;
    this.latest = latestLead(this.listed, details.state.value);
    this.detailsRead.fire(this.latest);
  }

  /** Keeps the presence true while it is looked at. */
  private follow(): void {
    const { timers, requests, panel } = this;
    timers.details.follow(requests.details, panel.visible);
    const isInVain = isForbidden(requests.conversations.state.error);
    timers.conversations.follow(requests.conversations, panel.visible && !isInVain);
  }

  private viewStateChanged(): void {
    // A hidden page is thrown away; when it comes back it says that it is ready and is sent everything again.
    if (!this.panel.visible) this.ready = this.isTranscriptSeen = false;
    this.following.restart();
    this.conversation?.restart();
    this.follow();
  }

  private make(): Card {
    const { listed: lead, isPinned: pinned } = this;
    const { history } = this.requests;
    const requests = this.states;
    const { masking } = this.options;
    const sentence = (error: unknown): string => masking.errorSentence(error);
    return makeCard({ lead, requests, history, conversation: this.conversation, masking, pinned, sentence });
  }

  private paint(): void {
    this.card = this.make();
    const { content, history, transcript, presenceEnds } = this.card;
    if (this.panel.title !== content.name) this.panel.title = content.name;
    clearTimeout(this.presenceEnds);
    if (presenceEnds !== undefined) this.presenceEnds = setTimeout(() => this.paint(), presenceEnds);
    if (!this.ready) return;
    this.post({ type: 'content', content, now: Date.now() });
    if (history) this.post({ type: 'history', history });
    if (transcript) this.post({ type: 'transcript', transcript });
  }

  private openConversation(id: string): void {
    if (!conversationOf(this.states, id)) return;
    this.closeConversation();
    this.conversation = new ConversationReading(id, {
      source: this.options.source,
      interval: () => (this.isTranscriptSeen && this.panel.visible ? readSetting('conversations.refreshInterval') : 0),
      changed: () => {
        this.logFailures();
        this.paint();
      },
      // Its line among the others says who wrote last.
      arrived: () => void this.requests.conversations.read({ quiet: true }),
    });
  }

  private closeConversation(): void {
    this.conversation?.dispose();
    this.conversation = undefined;
  }

  private get states() {
    const { details, conversations } = this.requests;
    return { details: details.state, conversations: conversations.state };
  }

  private postFollowing(): void {
    if (this.ready) this.post({ type: 'following', following: this.following.state });
  }

  private async chooseEvents(): Promise<void> {
    const { requests, card } = this;
    const { value, only } = requests.history ?? {};
    const events = hadEvents(card, value?.items ?? [], (name) => this.options.masking.name(name, this.listed));
    const choice = await pickEventName(events, only);
    if (choice) await requests.showOnly(choice.name);
  }

  private showEvents(): void {
    if (!this.ready || !this.wantsEvents) return;
    this.wantsEvents = false;
    this.post({ type: 'showEvents' });
  }

  private post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private receive(sent: unknown): void {
    const message = decodePageMessage(sent);
    if (message) dispatch(message, this.handlers);
    else this.options.log.warn('A card sent a message that is none of the protocol; it was ignored.');
  }

  private readonly handlers: Handlers<PageMessage> = {
    ready: ({ timeZone }) => {
      if (timeZone !== undefined) this.options.onTimeZone(timeZone);
      this.ready = true;
      this.paint();
      this.postFollowing();
      this.showEvents();
    },
    refresh: () => void this.requests.readAll(),
    readHistory: () => void this.requests.readHistory(),
    chooseEvents: () => void this.chooseEvents(),
    showAllEvents: () => void this.requests.showOnly(undefined),
    follow: ({ on }) => (on ? this.following.start() : this.following.stop()),
    openConversation: ({ id }) => this.openConversation(id),
    readOlderParts: () => void this.conversation?.readOlder(),
    closeConversation: () => this.closeConversation(),
    seeTranscript: ({ on }) => {
      this.isTranscriptSeen = on;
      this.conversation?.restart();
    },
    openTranscript: () => this.conversation && this.actions.openTranscript(this.listed, this.conversation.id),
    openInPanel: () => this.conversation && this.actions.openInPanel(this.listed, this.conversation.id),
    replaceToken: () => this.actions.replaceToken(),
    used: () => this.onUse(),
    command: ({ command }) => {
      if (command === 'pinCard') this.onPin();
      else this.actions.runCommand(command, this.listed);
    },
    copyValue: ({ type, key }) => this.confirmCopy(type, key, this.actions.copyValue(key)),
    copyAssignment: ({ type, key }) => this.confirmCopy(type, key, this.actions.copyAssignment(key)),
    findByValue: ({ key }) => void this.actions.findByValue(key),
    openLink: ({ key }) => void this.actions.openLink(key),
    showSegment: ({ key }) => this.actions.showSegment(this.card.segments.get(key)),
    readRaw: ({ key }) => {
      const text = this.card.raw(key);
      if (text !== undefined) this.post({ type: 'raw', key, text });
    },
  };

  private confirmCopy(request: CopyRequest, key: string, copying: Promise<boolean>): void {
    void copying.then((copied) => copied && this.post({ type: 'copied', request, key }));
  }

  private readonly logged = new WeakSet<object>();

  private logFailures(): void {
    const { details, conversations, history } = this.requests;
    for (const error of [
      details.state.error,
      conversations.state.error,
      history?.error,
      this.conversation?.state.error,
    ]) {
      if (!(error instanceof Error) || this.logged.has(error) || isCancelled(error)) continue;
      this.logged.add(error);
      this.options.log.warn(`A card could not read: ${errorDetail(error)}`);
    }
  }
}
