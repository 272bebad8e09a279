import { setTimeout as delay } from 'node:timers/promises';
import { slowness } from './timeLimit';

/**
 * Waits until a condition holds.
 *
 * @param what the condition in words, for the error: "the view shows 150 leads".
 * @param check is asked again and again; holds when it gives anything but `undefined`, `null` or `false`. An error that
 *   it throws counts as "not yet", and is told when the time is over.
 * @param milliseconds how long to wait at most on an idle machine; a busy one is given correspondingly more.
 * @returns what `check` gave.
 * @throws Error that names the condition, when it did not hold in time.
 */
export async function waitUntil<T>(
  what: string,
  check: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  milliseconds = 15_000,
): Promise<T> {
  const limit = milliseconds * slowness();
  const deadline = Date.now() + limit;
  let last: unknown;
  for (;;) {
    const asked = Date.now();
    try {
      const value = await check();
      if (value !== undefined && value !== null && value !== false) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const reason = last instanceof Error ? `: ${last.message}` : '';
      throw new Error(`Waited ${(limit / 1000).toFixed(1)} s in vain until ${what}${reason}`);
    }
    // What takes long to answer is busy, and not made busier: mostly a third of the time at most goes into asking.
    await delay(Math.min(1000, Math.max(50, 2 * (Date.now() - asked))));
  }
}
