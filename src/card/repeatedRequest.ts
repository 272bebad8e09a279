import { DashlyError } from '../dashly/errors';
import type { Disposable } from '../leads/event';

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
