import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { sameJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { decodeSegment } from '../dashly/segment';
import type { Log } from '../editor/errors';
import { Disposables, Emitter } from '../leads/event';
import type { LearntNames } from '../leads/knownNames';
import type { Masking } from '../leads/masking';
import { webviewHtml } from '../editor/webviewHtml';
import { dispatch, type Handlers } from '../webview/messages';
import { type Card, latestLead, makeCard } from './card';
import { CardActions } from './cardActions';
import { CardReading } from './cardReading';
import { hadEvents, pickEventName } from './eventNamePick';
import type { LeadRequestSource } from './leadRequests';
import { type CopyRequest, decodePageMessage, type HostMessage, type PageMessage } from './protocol';

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

/** One card: a webview panel and the lead it shows. Paints what is known of the lead, and does what its page says. */
export class CardPanel implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly actions: CardActions;
  private readonly reading: CardReading;
  private readonly detailsRead = new Emitter<Lead>();
  private card: Card;
  private listed: Lead;
  /** What was read here last. */
  private latest: Lead | undefined;
  private isPinned: boolean;
  private ready = false;
  /** Whether the events are to be brought to the front when the page is ready. */
  private wantsEvents = false;
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
    this.actions = new CardActions(
      options.masking,
      () => this.lead,
      (key) => this.card.values.get(key),
    );
    this.reading = this.owned.add(
      new CardReading(lead.id, {
        source: options.source,
        isVisible: () => panel.visible,
        log: options.log,
        requestsChanged: () => this.requestsChanged(),
        conversationChanged: () => this.paint(),
        followingChanged: () => this.postFollowing(),
      }),
    );
    this.card = this.make();
    this.owned.add(this.detailsRead);
    this.owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.owned.add(panel.onDidChangeViewState(() => this.viewStateChanged()));
    this.owned.add(options.masking.onDidChange(() => this.paint()));
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
    this.listed = lead;
    this.latest = undefined;
    this.reading.show(lead.id);
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
    if (only !== undefined) void this.reading.requests.showOnly(only);
    this.reading.following.start();
    this.showEvents();
  }

  /** Reads again what could not be read: a new token was given, for instance. */
  retry(): void {
    this.reading.retry();
  }

  /** Ends what is under way; the panel is closed by who made it, or by the user. */
  dispose(): void {
    clearTimeout(this.presenceEnds);
    this.owned.dispose();
  }

  private requestsChanged(): void {
    const { details, history } = this.reading.requests;
    const occurred = (history?.value?.items ?? []).map(({ typeId: id, name }) => ({ id, name }));
    const { events = [], segments = [] } = details.state.value ?? {};
    this.options.onLearn({
      events: [...events, ...occurred],
      segments: segments.flatMap((item) => decodeSegment(item) ?? []),
    });
    this.paint();
    if (details.state.state !== 'read' || details.isUnderWay) return;
    this.latest = latestLead(this.listed, details.state.value);
    this.detailsRead.fire(this.latest);
  }

  private viewStateChanged(): void {
    // A hidden page is thrown away; when it comes back it says that it is ready and is sent everything again.
    if (!this.panel.visible) this.ready = false;
    this.reading.visibilityChanged();
  }

  private make(): Card {
    const { listed: lead, isPinned: pinned, reading } = this;
    const { states: requests, conversation } = reading;
    const { history } = reading.requests;
    const { masking } = this.options;
    const sentence = (error: unknown): string => masking.errorSentence(error);
    return makeCard({ lead, requests, history, conversation, masking, pinned, sentence });
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

  private postFollowing(): void {
    if (this.ready) this.post({ type: 'following', following: this.reading.following.state });
  }

  private async chooseEvents(): Promise<void> {
    const { requests } = this.reading;
    const { value, only } = requests.history ?? {};
    const events = hadEvents(this.card, value?.items ?? [], (name) => this.options.masking.name(name, this.listed));
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
    refresh: () => void this.reading.requests.readAll(),
    readHistory: () => void this.reading.requests.readHistory(),
    chooseEvents: () => void this.chooseEvents(),
    showAllEvents: () => void this.reading.requests.showOnly(undefined),
    follow: ({ on }) => (on ? this.reading.following.start() : this.reading.following.stop()),
    openConversation: ({ id }) => this.reading.openConversation(id),
    readOlderParts: () => void this.reading.conversation?.readOlder(),
    closeConversation: () => this.reading.closeConversation(),
    seeTranscript: ({ on }) => this.reading.seeTranscript(on),
    openTranscript: () => {
      const { conversation } = this.reading;
      if (conversation) this.actions.openTranscript(this.listed, conversation.id);
    },
    openInPanel: () => {
      const { conversation } = this.reading;
      if (conversation) this.actions.openInPanel(this.listed, conversation.id);
    },
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
}
