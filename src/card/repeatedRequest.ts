import { type Attempt, AutoRefresh, type RefreshOutcome } from '../leads/autoRefresh';
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
   * @returns how it went; `unneeded` too where nobody is to know any more
   */
  async read({ quiet = false } = {}): Promise<RefreshOutcome> {
    if (this.underWay) return 'unneeded';
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
    if (this.signal.aborted) return 'unneeded';
    this.current = next;
    this.changed();
    return next.state === 'failed' ? { failedBy: next.error } : 'read';
  }
}

/** What a timer needs of a request. */
type FollowedRequest = Pick<RepeatedRequest<unknown>, 'state' | 'isUnderWay' | 'read'>;

/**
 * Makes a request again some time after the latest attempt, while the card is looked at: an `AutoRefresh` that goes by what
 * the request knows of its attempts, because most of them are made by others.
 */
export class RefreshTimer implements Disposable {
  private readonly refresh: AutoRefresh;
  private request: FollowedRequest | undefined;
  private isVisible = false;

  /**
   * @param interval how long after the last attempt, in seconds; 0 is never
   * @param isWanted whether what came so is to be read again; a request that failed always is
   */
  constructor(
    interval: () => number,
    private readonly isWanted: boolean,
  ) {
    this.refresh = new AutoRefresh({
      interval,
      read: () => this.request?.read({ quiet: true }) ?? Promise.resolve('unneeded'),
      latest: () => this.latest,
    });
  }

  /** To be called when the request or its being looked at has changed. */
  follow(request: FollowedRequest, visible: boolean): void {
    this.request = request;
    this.isVisible = visible;
    this.refresh.restart();
  }

  /** To be called when the interval has changed. */
  restart(): void {
    this.refresh.restart();
  }

  dispose(): void {
    this.refresh.dispose();
  }

  private get latest(): Attempt | undefined {
    if (!this.request || !this.isVisible || this.request.isUnderWay) return undefined;
    const { state, tried, failures, error } = this.request.state;
    return tried !== undefined && (state === 'failed' || this.isWanted) ? { tried, failures, error } : undefined;
  }
}
