import { minute } from '../dashly/dates';
import { DashlyError } from '../dashly/errors';
import type { LeadsPage } from '../dashly/lead';
import { sleep } from '../dashly/retry';
import type { LeadSource } from '../leads/pageReader';
import { type LeadWindow, type WindowEdges, windowFilters, type WindowSort } from './windows';

/** Whether it makes sense to wait and ask again. */
function passesByItself(error: unknown): error is DashlyError {
  return error instanceof DashlyError && error.again !== 'never';
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
  /** How long an outage is waited for, in ms, before the crawl gives up. */
  readonly patience: number;
  /** Called when an outage begins (with its error), at each further failure, and with `undefined` when it is over. */
  readonly onOutage: (error: unknown) => void;
}

const firstWait = 2_000;
const longestWait = minute;

/**
 * Reads pages of windows. Makes the filters anew for every try, because dates are counted back from now; asks again when
 * an answer came so late that the window has moved; waits for the end of an outage, which the client, made for a person
 * who waits, gives up on after seconds: longer each time and as long as the service asks, up to a minute.
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
    const { onOutage } = this.options;
    let outageSince: number | undefined;
    let wait = firstWait;
    for (let slack = 1; ;) {
      signal.throwIfAborted();
      const { filters, validUntil } = windowFilters(window, Date.now(), edges, slack);
      try {
        const query = { filters, sortProp: sort.prop, sortOrder: sort.order, offset, limit };
        const page = await withOwnSignal(signal, (own) => this.source.listLeads(query, own));
        this.requests += 1;
        if (outageSince !== undefined) {
          onOutage(undefined);
          outageSince = undefined;
        }
        if (Date.now() < validUntil) {
          return page;
        }
        slack *= 2;
      } catch (error) {
        signal.throwIfAborted();
        this.requests += 1;
        outageSince ??= Date.now();
        if (!passesByItself(error)) {
          throw error;
        }
        const pause = Math.max(wait, Math.min(error.retryAfter ?? 0, longestWait));
        if (Date.now() + pause - outageSince > this.options.patience) {
          throw error;
        }
        onOutage(error);
        await sleep(pause, signal);
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
 * a crawl that takes hours.
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
