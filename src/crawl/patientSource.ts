import { minute } from '../dashly/dates';
import { DashlyError } from '../dashly/errors';
import type { LeadsPage, SortOrder } from '../dashly/lead';
import type { LeadSource } from '../leads/leadList';
import { type LeadWindow, type WindowEdges, windowFilters } from './windows';

/** The time a walk lives in; tests give one they move. */
export interface CrawlClock {
  /** ms since 1970 */
  now(): number;
  /** Resolves after so many ms; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const machineClock: CrawlClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const aborted = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', aborted);
        resolve();
      }, milliseconds);
      if (signal.aborted) {
        aborted();
      } else {
        signal.addEventListener('abort', aborted, { once: true });
      }
    }),
};

/** Whether it makes sense to wait and ask again. */
export function passesByItself(error: unknown): boolean {
  return error instanceof DashlyError && error.again !== 'never';
}

/**
 * Runs a task for each item, several at a time, and gives the results in the order of the items. Never holds more than
 * `limit()` tasks under way or waiting to be taken, so the memory is bounded whatever the number of items.
 *
 * @param items taken one by one, as late as possible: a lazy generator may still change its mind
 * @param run its promise is awaited in the item's turn; the first rejection ends the iteration with that error
 * @param limit how many at a time, ≥ 1; asked again before each start
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  run: (item: Item) => Promise<Result>,
  limit: () => number,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void> {
  const source = items[Symbol.iterator]();
  const started: { readonly item: Item; readonly promise: Promise<Result> }[] = [];
  let ended = false;
  const fill = (): void => {
    while (!ended && started.length < Math.max(1, limit())) {
      const next = source.next();
      if (next.done) {
        ended = true;
        return;
      }
      const promise = run(next.value);
      // A task further back may fail before its turn comes; its error is thrown in its turn or not at all.
      promise.catch(() => undefined);
      started.push({ item: next.value, promise });
    }
  };
  try {
    for (;;) {
      fill();
      const first = started[0];
      if (!first) {
        return;
      }
      const result = await first.promise;
      started.shift();
      // Before giving the result away, so that the requests go on while it is being written.
      fill();
      yield { item: first.item, result };
    }
  } finally {
    source.return?.();
  }
}

/** A property and a direction to sort by. */
export interface WindowSort {
  readonly prop?: string;
  readonly order?: SortOrder;
}

/** One page of a window. */
export interface WindowPageQuery {
  readonly window: LeadWindow;
  readonly sort: WindowSort;
  readonly offset: number;
  readonly limit: number;
  /** Default `outer`. */
  readonly edges?: WindowEdges;
}

export interface PatientSourceOptions {
  readonly clock: CrawlClock;
  /** How long an outage is waited for, in ms, before the walk gives up. */
  readonly patience: number;
  /** Told when an outage begins (with its error), at each further failure, and with `undefined` when it is over. */
  readonly onOutage: (error: unknown) => void;
}

const firstWait = 2_000;
const longestWait = minute;

/**
 * Reads pages of windows. Makes the filters anew for every try, because dates are counted back from now; asks again when
 * an answer came so late that the window has moved; waits for the end of an outage, which the client, made for a person
 * who waits, gives up on after seconds.
 */
export class PatientSource {
  /** How many requests were answered or failed. */
  requests = 0;

  constructor(
    private readonly source: LeadSource,
    private readonly options: PatientSourceOptions,
  ) {}

  /**
   * @throws what the source throws: at once when waiting does not help (a refused token), after `patience` otherwise;
   *   the signal's reason when it is aborted
   */
  async page({ window, sort, offset, limit, edges }: WindowPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    const { clock, onOutage } = this.options;
    let outageSince: number | undefined;
    let wait = firstWait;
    for (let slack = 1; ;) {
      signal.throwIfAborted();
      const { filters, validUntil } = windowFilters(window, clock.now(), edges, slack);
      try {
        const query = { filters, sortProp: sort.prop, sortOrder: sort.order, offset, limit };
        const page = await withOwnSignal(signal, (own) => this.source.listLeads(query, own));
        this.requests += 1;
        if (outageSince !== undefined) {
          onOutage(undefined);
          outageSince = undefined;
        }
        if (clock.now() < validUntil) {
          return page;
        }
        slack *= 2;
      } catch (error) {
        signal.throwIfAborted();
        this.requests += 1;
        outageSince ??= clock.now();
        if (!passesByItself(error) || clock.now() + wait - outageSince > this.options.patience) {
          throw error;
        }
        onOutage(error);
        await clock.sleep(wait, signal);
        wait = Math.min(wait * 2, longestWait);
      }
    }
  }

  /** How many leads a window holds now. */
  async count(window: LeadWindow, signal: AbortSignal, edges?: WindowEdges): Promise<number> {
    return (await this.page({ window, sort: {}, offset: 0, limit: 1, edges }, signal)).total;
  }
}

/**
 * Gives a request a signal of its own: what hangs itself on it goes with the request, and does not gather on the signal of
 * a walk that takes hours.
 */
async function withOwnSignal<T>(signal: AbortSignal, request: (own: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const abort = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await request(own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
