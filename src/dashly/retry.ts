import { minute } from './dates';
import { DashlyError } from './errors';

/** Resolves after so many ms; rejects with the signal's reason as soon as it is aborted. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Called before each wait: what failed, and how long (ms) is waited before the next try. */
  readonly onRetry?: (error: DashlyError, wait: number) => void;
}

const mostRetries = 3;
const firstWait = 500;
/** A service that asks for more patience than this (ms) gets it from the person, not from a waiting request. */
const longestRetryAfter = minute;

/**
 * Tries a reading request again when its failure passes by itself: at most three times, after 0.5 s, 1 s and 2 s with up
 * to half of it more or less by chance; later where the service asks for it with `Retry-After`, up to 60 s.
 * @throws the last error; the signal's reason at once when it is aborted during a wait
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, random, onRetry } = options;
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DashlyError) || error.again !== 'now' || retries === mostRetries) throw error;
      if ((error.retryAfter ?? 0) > longestRetryAfter) throw error;
      // A service that asks for no wait, or until a moment that is over, is not to be asked without a pause.
      const wait = Math.max(error.retryAfter ?? 0, backOff(error, retries) * (0.5 + random()));
      onRetry?.(error, wait);
      await sleep(wait, signal);
    }
  }
}

/**
 * A server closes connections that nobody used for a while, and a request may meet the end of one: it is asked again at
 * once.
 */
function backOff({ kind }: DashlyError, retries: number): number {
  return kind === 'reset' && retries === 0 ? 0 : firstWait * 2 ** retries;
}

/** The three forms of a date in HTTP, RFC 9110, 5.6.7; the last has no zone and is in GMT too. */
const httpDate =
  /^(?:[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT|[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/** A date of HTTP in ms since 1970; NaN for everything else, of which `Date.parse` would read a lot. */
function parseHttpDate(text: string): number {
  // eslint-disable-next-line no-restricted-syntax -- HTTP
  return httpDate.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : NaN;
}

/**
 * How long a `Retry-After` header asks to wait, in ms: seconds or a date (RFC 9110, 10.2.3).
 * @param date the same answer's `Date`: a date is meant by the clock of who sent it; without one by the clock here
 * @returns undefined when there is none or it is neither
 */
export function parseRetryAfter(header: string | undefined, date: string | undefined): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = parseHttpDate(text);
  if (Number.isNaN(until)) return undefined;
  const sent = parseHttpDate(date?.trim() ?? '');
  return Math.max(0, until - (Number.isNaN(sent) ? Date.now() : sent));
}
