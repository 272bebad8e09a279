import { minute } from './dates';
import { sleep } from './retry';

/** A person waits for an `interactive` request; a crawl of all leads is `background` and lets those pass. */
export type RequestPriority = 'interactive' | 'background';

interface Waiter {
  readonly priority: RequestPriority;
  readonly start: () => void;
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
  private running = 0;
  private configured: number;
  private allowed: number;
  private successes = 0;
  private overruns = 0;
  private pausedUntil = 0;
  private waking = false;

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

  /** How many may run at the same time now. */
  get currentLimit(): number {
    return this.allowed;
  }

  /**
   * Runs a request when its turn comes.
   * @throws what the request throws; the signal's reason when it is aborted while waiting, which it leaves at once
   */
  async run<T>(request: () => Promise<T>, signal: AbortSignal, priority: RequestPriority = 'interactive'): Promise<T> {
    await this.turn(signal, priority);
    const { overruns } = this;
    try {
      const result = await request();
      // One that was sent before the service was overrun says nothing about how it is now.
      if (overruns === this.overruns) this.succeeded();
      return result;
    } finally {
      this.running--;
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
    this.pausedUntil = Math.max(this.pausedUntil, Date.now() + Math.min(pause, longestPause));
  }

  private turn(signal: AbortSignal, priority: RequestPriority): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const waiter: Waiter = {
        priority,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.waiting[priority].delete(waiter);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting[priority].add(waiter);
      this.startWaiting();
    });
  }

  private startWaiting(): void {
    const pause = this.pausedUntil - Date.now();
    if (pause > 0) {
      this.wakeAfter(pause);
      return;
    }
    while (this.running < this.allowed) {
      const waiter = first(this.waiting.interactive) ?? first(this.waiting.background);
      if (!waiter) return;
      this.waiting[waiter.priority].delete(waiter);
      this.running++;
      waiter.start();
    }
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

function first<T>(set: ReadonlySet<T>): T | undefined {
  return set.values().next().value;
}

function checkedLimit(limit: number): number {
  if (!(limit >= 1)) throw new RangeError('At least one request must be allowed at a time.');
  return Math.floor(limit);
}
