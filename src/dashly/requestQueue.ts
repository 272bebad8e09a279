import { minute } from './dates';
import { DashlyError } from './errors';
import { sleep } from './retry';

/** A person waits for an `interactive` request; a crawl of all leads is `background` and lets those pass. */
export type RequestPriority = 'interactive' | 'background';

interface Waiter {
  readonly priority: RequestPriority;
  readonly start: () => void;
  readonly leave: (reason: Error) => void;
}

/** How many requests in a row must succeed before one more may run at the same time, after the service was overrun. */
const successesToRecover = 5;

const longestPause = minute;

/**
 * Bounds how many requests run at the same time in the whole extension. Falls to one, and pauses, when the service says
 * that it had too many; recovers one by one as requests succeed.
 */
export class RequestQueue {
  private readonly waiting: Record<RequestPriority, Set<Waiter>> = { interactive: new Set(), background: new Set() };
  private readonly running = new Set<AbortController>();
  private configured: number;
  private allowed: number;
  private successes = 0;
  private overruns = 0;
  private pauseEnds = 0;
  private waking = false;
  private disposed = false;

  /** @param limit how many requests may run at the same time, ≥ 1 */
  constructor(limit = 4) {
    this.configured = this.allowed = checkedLimit(limit);
  }

  /** How many requests may run at the same time when the service is not overrun. */
  get limit(): number {
    return this.configured;
  }

  /** Takes effect at once; requests that run already are left alone. */
  set limit(limit: number) {
    const throttled = this.allowed < this.configured;
    this.configured = checkedLimit(limit);
    this.allowed = throttled ? Math.min(this.allowed, this.configured) : this.configured;
    this.startWaiting();
  }

  /** Until when the service asked to be left alone, in ms since 1970; in the past when it does not. */
  get pausedUntil(): number {
    return Date.now() + this.pauseLeft();
  }

  /** How many may run at the same time now. */
  get currentLimit(): number {
    return this.allowed;
  }

  /**
   * Runs a request when its turn comes.
   * @param request gets a signal that is aborted with `signal`, and when the queue is disposed
   * @throws what the request throws; the signal's reason when it is aborted while waiting, which it leaves at once
   */
  async run<T>(
    request: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    priority: RequestPriority = 'interactive',
  ): Promise<T> {
    const run = await this.turn(signal, priority);
    const { overruns } = this;
    // Not `AbortSignal.any`: Node 20 keeps something in the asker's signal, which may live for hours, of each one.
    const stop = (): void => run.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const result = await request(run.signal);
      // One that was sent before the service was overrun says nothing about how it is now.
      if (overruns === this.overruns) this.succeeded();
      return result;
    } finally {
      signal.removeEventListener('abort', stop);
      this.running.delete(run);
      this.startWaiting();
    }
  }

  /**
   * The service said 429: only one request at a time from now on, and none before the pause is over.
   * @param pause in ms; of a longer one only a minute is kept, so that a person can try what they like
   */
  slowDown(pause: number): void {
    this.allowed = 1;
    this.successes = 0;
    this.overruns++;
    this.pauseEnds = Math.max(this.pausedUntil, Date.now() + Math.min(pause, longestPause));
  }

  /** Aborts every request, and starts none any more: each rejects with a `DashlyError` of the kind `cancelled`. */
  dispose(): void {
    this.disposed = true;
    for (const waiters of Object.values(this.waiting)) for (const waiter of waiters) waiter.leave(ended());
    for (const run of this.running) run.abort(ended());
  }

  private turn(signal: AbortSignal, priority: RequestPriority): Promise<AbortController> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.disposed) throw ended();
      const waiter: Waiter = {
        priority,
        start: () => {
          signal.removeEventListener('abort', aborted);
          const run = new AbortController();
          this.running.add(run);
          resolve(run);
        },
        leave: (reason) => {
          signal.removeEventListener('abort', aborted);
          this.waiting[priority].delete(waiter);
          reject(reason);
        },
      };
      const aborted = (): void => waiter.leave(signal.reason as Error);
      signal.addEventListener('abort', aborted, { once: true });
      this.waiting[priority].add(waiter);
      this.startWaiting();
    });
  }

  private startWaiting(): void {
    const pause = this.pauseLeft();
    if (pause > 0) {
      this.wakeAfter(pause);
      return;
    }
    while (this.running.size < this.allowed) {
      const waiter = first(this.waiting.interactive) ?? first(this.waiting.background);
      if (!waiter) return;
      this.waiting[waiter.priority].delete(waiter);
      waiter.start();
    }
  }

  /** In ms; not above 0 when there is none. */
  private pauseLeft(): number {
    const now = Date.now();
    // Should the clock have been set back, nobody waits until it is where it was.
    this.pauseEnds = Math.min(this.pauseEnds, now + longestPause);
    return this.pauseEnds - now;
  }

  private wakeAfter(pause: number): void {
    if (this.waking || this.waiting.interactive.size + this.waiting.background.size === 0) return;
    this.waking = true;
    void sleep(pause).then(() => {
      this.waking = false;
      this.startWaiting();
    });
  }

  private succeeded(): void {
    if (this.allowed >= this.configured) return;
    this.successes++;
    if (this.successes >= successesToRecover) {
      this.successes = 0;
      this.allowed++;
    }
  }
}

const ended = (): DashlyError => new DashlyError('cancelled');

function first<T>(set: ReadonlySet<T>): T | undefined {
  return set.values().next().value;
}

function checkedLimit(limit: number): number {
  // eslint-disable-next-line no-restricted-syntax -- for nobody but who hands it over
  if (!(limit >= 1)) throw new RangeError('At least one request must be allowed at a time.');
  return Math.floor(limit);
}
