import { errorDetail, isForbidden } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import { isCancelled, type Log } from '../editor/errors';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { type Disposable, Disposables } from '../leads/event';
import { conversationOf } from './card';
import { ConversationReading } from './conversationReading';
import { EventFollowing } from './eventFollowing';
import { LeadRequests, type LeadRequestSource } from './leadRequests';
import { RefreshTimer } from './repeatedRequest';
import type { DetailRequests } from './sections';

/** How long a lead has to stay in the preview before its details are asked for, in milliseconds: arrow keys pass many. */
const settling = 120;

/** What the reading needs of the card. */
export interface CardReadingParts {
  /** Where the lead is read; asked at each request, because a replaced token gives another one. */
  readonly source: () => LeadRequestSource;
  /** Whether anybody can see the card. */
  readonly isVisible: () => boolean;
  readonly log: Log;
  /** Is called when a request for the details, the conversations or the events begins or ends. */
  readonly requestsChanged: () => void;
  /** Is called when a request for messages of the open conversation begins or ends. */
  readonly conversationChanged: () => void;
  /** Is called when following the events begins, ends, or has asked. */
  readonly followingChanged: () => void;
}

/**
 * What a card reads of its lead, and when it reads that again: the details while they are looked at, events while they are
 * followed, the messages of an open conversation while they are in sight.
 */
export class CardReading implements Disposable {
  private readonly owned = new Disposables();
  private readonly timers: { readonly details: RefreshTimer; readonly conversations: RefreshTimer };
  private readonly logged = new WeakSet<object>();
  private settled: ReturnType<typeof setTimeout> | undefined;
  private current: LeadRequests;
  private opened: ConversationReading | undefined;
  /** Whether the messages of the open conversation are in sight on the page. */
  private isTranscriptSeen = false;

  readonly following: EventFollowing;

  /** Begins to read soon. @param id of the lead */
  constructor(
    id: Lead['id'],
    private readonly parts: CardReadingParts,
  ) {
    const interval = (): number => readSetting('card.refreshInterval');
    this.timers = {
      details: this.owned.add(new RefreshTimer(interval, true)),
      conversations: this.owned.add(new RefreshTimer(interval, false)),
    };
    this.following = this.owned.add(
      new EventFollowing({
        read: () => this.current.readArrived(),
        isVisible: () => parts.isVisible(),
        interval: () => readSetting('events.followInterval'),
        changed: () => parts.followingChanged(),
      }),
    );
    this.owned.add(onDidChangeSetting('convertPropsTypes', () => void this.current.details.read()));
    this.owned.add(onDidChangeSetting('events.followInterval', () => this.following.restart()));
    this.owned.add(onDidChangeSetting('conversations.refreshInterval', () => this.opened?.restart()));
    this.owned.add(
      onDidChangeSetting('card.refreshInterval', () => {
        for (const timer of Object.values(this.timers)) timer.restart();
      }),
    );
    this.current = this.begin(id, 0);
  }

  /** The requests about the lead. */
  get requests(): LeadRequests {
    return this.current;
  }

  /** Where those stand that a card needs at once. */
  get states(): DetailRequests {
    const { details, conversations } = this.current;
    return { details: details.state, conversations: conversations.state };
  }

  /** The conversation whose messages are read. */
  get conversation(): ConversationReading | undefined {
    return this.opened;
  }

  /** From now on reads another lead, once that has stayed for a moment; ends what was under way or followed. */
  show(id: Lead['id']): void {
    this.current.dispose();
    this.closeConversation();
    this.following.stop();
    this.current = this.begin(id, settling);
  }

  /** Reads again what could not be read: a new token was given, for instance. */
  retry(): void {
    for (const request of [this.current.details, this.current.conversations]) {
      if (request.state.failures > 0) void request.read();
    }
    if (this.opened?.state.state === 'failed') void this.opened.readOlder();
    this.following.recovered();
  }

  /** Begins to read the messages of a conversation, unless it is none of the lead's. */
  openConversation(id: string): void {
    if (!conversationOf(this.states, id)) return;
    this.closeConversation();
    this.opened = new ConversationReading(id, {
      source: this.parts.source,
      interval: () =>
        this.isTranscriptSeen && this.parts.isVisible() ? readSetting('conversations.refreshInterval') : 0,
      changed: () => {
        this.logFailures();
        this.parts.conversationChanged();
      },
      // Its line among the others says who wrote last.
      arrived: () => void this.current.conversations.read({ quiet: true }),
    });
  }

  closeConversation(): void {
    this.opened?.dispose();
    this.opened = undefined;
  }

  /** To be called when the messages of the open conversation have come into sight on the page or gone out of it. */
  seeTranscript(seen: boolean): void {
    this.isTranscriptSeen = seen;
    this.opened?.restart();
  }

  /** To be called when the card has come into sight or gone out of it: a page that is hidden shows no messages. */
  visibilityChanged(): void {
    if (!this.parts.isVisible()) this.isTranscriptSeen = false;
    this.following.restart();
    this.opened?.restart();
    this.followRequests();
  }

  dispose(): void {
    clearTimeout(this.settled);
    this.current.dispose();
    this.closeConversation();
    this.owned.dispose();
  }

  private begin(id: Lead['id'], delay: number): LeadRequests {
    const requests = new LeadRequests(id, this.parts.source);
    requests.onDidChange(() => {
      this.logFailures();
      this.parts.requestsChanged();
      this.followRequests();
    });
    clearTimeout(this.settled);
    this.settled = setTimeout(() => void requests.readAll(), delay);
    return requests;
  }

  /** Keeps the presence true while it is looked at. */
  private followRequests(): void {
    const { details, conversations } = this.current;
    const isVisible = this.parts.isVisible();
    this.timers.details.follow(details, isVisible);
    this.timers.conversations.follow(conversations, isVisible && !isForbidden(conversations.state.error));
  }

  private logFailures(): void {
    const { details, conversations } = this.states;
    for (const state of [details, conversations, this.current.history, this.opened?.state]) {
      const error = state?.error;
      if (!(error instanceof Error) || this.logged.has(error) || isCancelled(error)) continue;
      this.logged.add(error);
      this.parts.log.warn(`A card could not read: ${errorDetail(error)}`);
    }
  }
}
