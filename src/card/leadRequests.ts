import type { DashlyClient } from '../dashly/client';
import { mostPerPage, newOfPage } from '../dashly/cursorPage';
import { DashlyError } from '../dashly/errors';
import type { JsonValue } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { LeadDetails, LeadEvent } from '../dashly/leadDetails';
import { type AllConversations, readConversations } from '../leads/allConversations';
import { type Disposable, Emitter } from '../leads/event';

/** What the requests of a card are sent by. */
export type LeadRequestSource = Pick<
  DashlyClient,
  'getLead' | 'getLeadEvents' | 'getLeadConversations' | 'getConversationParts'
>;

/** Where a request stands that is made again and again: what came last, and how the latest attempt went. */
export interface RequestState<T> {
  readonly state: 'reading' | 'read' | 'failed';
  /** What came last; a later failure leaves it. */
  readonly value?: T;
  /** When that was, in milliseconds since 1970, UTC. */
  readonly at?: number;
  /** When the latest attempt ended; undefined before the first one did. */
  readonly tried?: number;
  /** How many attempts have failed since the last that did not. */
  readonly failures: number;
  /** Why the latest attempt failed. */
  readonly error?: unknown;
}

/** What a lead has done, as far as it was asked for. */
export interface EventHistory {
  readonly occurrences: readonly LeadEvent[];
  /** Where the older ones begin; null when there are none. */
  readonly next: JsonValue;
  /** The ids of those that came in while they were followed. */
  readonly arrived: ReadonlySet<string>;
}

/** How many pages are read at most to reach the events that are there: 10,000 events between two asks. */
const mostPages = 200;

/** A request that is made again and again, one at a time. */
export class RepeatedRequest<T> {
  private current: RequestState<T> = { state: 'reading', failures: 0 };
  private underWay = false;

  /**
   * @param ask makes the request; it is given what came last
   * @param changed is called when an attempt begins and when it ends
   * @param signal nothing is kept and nobody called any more once it is aborted
   */
  constructor(
    private readonly ask: (last: T | undefined) => Promise<T>,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
  ) {}

  get state(): RequestState<T> {
    return this.current;
  }

  /** Whether it is being made at this moment. */
  get isUnderWay(): boolean {
    return this.underWay;
  }

  /**
   * Makes the request, unless it is under way. Never rejects: the state says how it went. What is already there is read
   * anew in silence.
   * @param quiet whether a retry after a failure is silent too: nobody has asked for it
   */
  async read({ quiet = false } = {}): Promise<void> {
    if (this.underWay) return;
    this.underWay = true;
    if (this.current.state === 'failed' && !quiet) this.current = { ...this.current, state: 'reading' };
    this.changed();
    let next: RequestState<T>;
    try {
      const value = await this.ask(this.current.value);
      next = { state: 'read', value, at: Date.now(), tried: Date.now(), failures: 0 };
    } catch (error) {
      const { value, at, failures } = this.current;
      next = { state: 'failed', value, at, tried: Date.now(), failures: failures + 1, error };
    }
    this.underWay = false;
    if (this.signal.aborted) return;
    this.current = next;
    this.changed();
  }
}

/** The requests for what the list does not give of one lead. Nothing read is lost when a later one fails. */
export class LeadRequests implements Disposable {
  private readonly changed = new Emitter();
  private readonly ended = new AbortController();
  private historyWanted = false;
  private newestWanted = false;

  readonly details: RepeatedRequest<LeadDetails>;
  readonly conversations: RepeatedRequest<AllConversations>;
  /** Page by page; asked for by a person only. */
  private readonly events: RepeatedRequest<EventHistory>;

  /** A request began or ended. */
  readonly onDidChange = this.changed.event;

  /** @param source asked at each request; what it throws is a failure of that */
  constructor(id: Lead['id'], source: () => LeadRequestSource) {
    const { signal } = this.ended;
    const request = <T>(ask: (last: T | undefined) => Promise<T>): RepeatedRequest<T> =>
      new RepeatedRequest(ask, () => this.changed.fire(), signal);
    this.details = request(() => source().getLead(id, signal));
    this.conversations = request(() => readConversations(source(), id, signal));
    this.events = request<EventHistory>(async (last) => {
      const { occurrences, next, arrived } = last ?? { occurrences: [], next: null, arrived: new Set<string>() };
      if (this.newestWanted && last) return readNewest(source(), id, last, signal);
      const page = await source().getLeadEvents(id, { before: next ?? undefined }, signal);
      const older = newOfPage(page, occurrences);
      return { occurrences: [...occurrences, ...older.items], next: older.next, arrived };
    });
  }

  /** Undefined until it was asked for. */
  get history(): RequestState<EventHistory> | undefined {
    if (!this.historyWanted) return undefined;
    // What is followed is read in silence.
    return this.events.isUnderWay && !this.newestWanted
      ? { ...this.events.state, state: 'reading' }
      : this.events.state;
  }

  /** Makes all requests that a card needs at once. Never rejects. */
  async readAll(): Promise<void> {
    await Promise.all([this.details.read(), this.conversations.read()]);
  }

  /** Reads the newest events, or those before the ones that are there. Never rejects. */
  async readHistory(): Promise<void> {
    this.historyWanted = true;
    const { state, value } = this.events.state;
    if (state !== 'read' || value?.next !== null) await this.events.read();
  }

  /**
   * Reads the events that came in since the newest that is there; the newest page where there is none. Never rejects.
   * @returns whether they were read; undefined while the history is being read for somebody
   */
  async readArrived(): Promise<boolean | undefined> {
    if (this.events.isUnderWay) return undefined;
    this.historyWanted = true;
    this.newestWanted = this.events.state.value !== undefined;
    await this.events.read({ quiet: this.newestWanted });
    this.newestWanted = false;
    return this.events.state.state === 'read';
  }

  /** Ends what is under way; nothing is told any more. */
  dispose(): void {
    this.ended.abort();
    this.changed.dispose();
  }
}

/**
 * The history with what came in since: page after page until one has an event that was there, so that nothing is missing
 * however much came in. What stands in such a page in another place than the top, because it came late, is taken too.
 */
async function readNewest(
  source: LeadRequestSource,
  id: string,
  { occurrences, next, arrived }: EventHistory,
  signal: AbortSignal,
): Promise<EventHistory> {
  const known = new Set(occurrences.map((occurrence) => occurrence.id));
  const newest: LeadEvent[] = [];
  let before: JsonValue | undefined;
  for (let pages = 1; pages <= mostPages; pages++) {
    const page = await source.getLeadEvents(id, { before, limit: mostPerPage }, signal);
    const { items, next: further } = newOfPage(page, newest);
    newest.push(...items);
    if (further === null || items.some((event) => known.has(event.id))) break;
    before = further;
  }
  // Below the last one that was there begin older ones, as long as those have not been read.
  const lastKnown = newest.findLastIndex((event) => known.has(event.id));
  const told = next === null || lastKnown < 0 ? newest : newest.slice(0, lastKnown + 1);
  const fresh = told.filter((event) => !known.has(event.id));
  if (fresh.length === 0) return { occurrences, next, arrived };
  const kept = new Set(told.map((event) => event.id));
  return {
    occurrences: [...told, ...occurrences.filter((event) => !kept.has(event.id))],
    next,
    arrived: new Set([...arrived, ...fresh.map((event) => event.id)]),
  };
}

/** After a failure the wait doubles up to this many times the interval. */
const longestBackOff = 16;

/** The longest time that a timer can wait, in ms. */
const longestWait = 2 ** 31 - 1;

/** What a timer needs of a request. */
type FollowedRequest = Pick<RepeatedRequest<unknown>, 'state' | 'isUnderWay' | 'read'>;

/** Makes a request again some time after the last attempt, while the card is looked at; after each failure later. */
export class RefreshTimer implements Disposable {
  private timeout: ReturnType<typeof setTimeout> | undefined;
  private last: RequestState<unknown> | undefined;
  private request: FollowedRequest | undefined;

  /**
   * @param interval how long after the last attempt, in seconds; 0 is never
   * @param isWanted whether what came so is to be read again; a request that failed always is
   */
  constructor(
    private readonly interval: () => number,
    private readonly isWanted: boolean,
  ) {}

  /** To be called when the request or its being looked at has changed. */
  follow(request: FollowedRequest, visible: boolean): void {
    const { state } = request;
    const isDue = visible && !request.isUnderWay && (state.state === 'failed' || this.isWanted);
    const last = isDue ? state : undefined;
    if (last === this.last) return;
    this.request = request;
    this.last = last;
    this.restart();
  }

  /** To be called when the interval has changed. */
  restart(): void {
    clearTimeout(this.timeout);
    const interval = this.interval() * 1000;
    if (this.last?.tried === undefined || interval === 0) return;
    const { tried, failures, error } = this.last;
    const asked = error instanceof DashlyError ? (error.retryAfter ?? 0) : 0;
    const wait = Math.max(interval * Math.min(2 ** failures, longestBackOff), asked);
    const left = Math.min(Math.max(0, tried + wait - Date.now()), longestWait);
    this.timeout = setTimeout(() => void this.request?.read({ quiet: true }), left);
  }

  dispose(): void {
    clearTimeout(this.timeout);
    this.last = undefined;
  }
}
