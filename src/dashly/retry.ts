import { minute } from './dates';
import type { Clock } from './clock';
import { DashlyError } from './errors';

export interface RetryOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Told before each wait: what failed, and how long (ms) is waited before the next try. */
  readonly onRetry?: (error: DashlyError, wait: number) => void;
}

const mostRetries = 3;
const firstWait = 500;
/** A service that asks for more patience than this (ms) gets it from the person, not from a waiting request. */
const longestRetryAfter = minute;

/**
 * Tries a reading request again when its failure passes by itself: at most three times, after 0.5 s, 1 s and 2 s with up
 * to half of it more or less by chance, or after what the service asks for with `Retry-After` up to 60 s.
 * @throws the last error; the signal's reason at once when it is aborted during a wait
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, clock, random, onRetry } = options;
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DashlyError) || error.again !== 'now' || retries === mostRetries) throw error;
      if ((error.retryAfter ?? 0) > longestRetryAfter) throw error;
      const wait = error.retryAfter ?? firstWait * 2 ** retries * (0.5 + random());
      onRetry?.(error, wait);
      await clock.sleep(wait, signal);
    }
  }
}

/**
 * How long a `Retry-After` header asks to wait, in ms: seconds or a date (RFC 9110, 10.2.3).
 * @param now ms since 1970
 * @returns undefined when there is none or it makes no sense
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // A date of HTTP has letters; `Date.parse` would read a year out of any number.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
