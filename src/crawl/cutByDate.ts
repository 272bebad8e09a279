import { minute } from '../dashly/dates';
import { dateInMs } from './sortableProperty';
import type { WindowCounter } from './windowCounter';
import { type CountedWindow, type LeadWindow, withPart } from './windows';

/** Bounds cannot be told apart below this: the service counts in whole minutes. */
const narrowest = 2 * minute;
/** How much is set aside for another property where the leads lie too close for a date. */
const denseStep = 10 * minute;
const mostSteps = 30;
/** How many questions a window may cost, in the mean: whatever costs more is better divided by another property. */
const questionsEach = 10;

/** The windows of a date: `from` ≤ the date < `to`, in ms since 1970 by this machine's clock. */
type Within = (from?: number, to?: number) => LeadWindow;

/**
 * Cuts the leads of a window that have a date into windows by that date, newest first. The last one is open towards the
 * past and the first towards the future, so that no lead falls out at an edge. What lies ahead of now is one window: the
 * service counts minutes back from now only (API.md, section 4).
 *
 * A bound is guessed by reading the date at the place where the window would be full, then checked by a count; where the
 * guess is wrong (many leads in one minute, clocks that differ) it is searched by counts.
 *
 * @param counted the window, and how many of its leads have the property
 * @returns windows some of which may still be too large: those the date cannot divide, and what was left when the cutting
 *   had cost too much; undefined when it divides nothing
 */
export async function cutByDate(
  counter: WindowCounter,
  counted: CountedWindow,
  prop: string,
  newest: unknown,
  oldest: unknown,
): Promise<CountedWindow[] | undefined> {
  const [last, first] = [dateInMs(newest), dateInMs(oldest)];
  if (last === undefined || first === undefined || last - first < narrowest) {
    return undefined;
  }
  const within: Within = (from, to) => withPart(counted.window, { kind: 'date', prop, from, to });
  const skew = await clockSkew(counter, within, prop);
  const onThisClock = (value: unknown): number | undefined => {
    const date = dateInMs(value);
    return date === undefined ? undefined : date - skew;
  };
  const [top, bottom] = [Math.min(last - skew, Date.now()), first - skew];
  if (bottom >= top - narrowest) {
    return undefined;
  }
  const windows: CountedWindow[] = [];
  const asked = counter.asked;
  let to: number | undefined;
  for (;;) {
    const rest = await counter.valueAt(within(undefined, to), prop, 'desc', Math.floor(counter.fits * 0.85));
    const isTooDear = counter.asked - asked > mostSteps + questionsEach * (windows.length + 1);
    if (rest.count <= counter.fits || isTooDear) {
      windows.push({ window: within(undefined, to), count: rest.count });
      return windows;
    }
    const upper = (to ?? top + minute) - narrowest;
    const guess = onThisClock(rest.value) ?? (bottom + upper) / 2;
    const found = await lowerBound(counter, (from) => within(from, to), guess, bottom, upper);
    if (found) {
      windows.push(found.counted);
      to = found.from;
      continue;
    }
    // Too many leads in the last minutes before `to`: another property must divide them.
    const latest = onThisClock((await counter.valueAt(within(undefined, to), prop, 'desc', 0)).value) ?? upper;
    const from = Math.min(latest, upper) - denseStep;
    windows.push({ window: within(from, to), count: await counter.count(within(from, to)) });
    to = from;
  }
}

/**
 * By how many ms the service's clock is ahead of this machine's, as far as the leads show it: asked for what is before the
 * moment of a lead, the service answers with the lead it takes to be the last before it. 0 when that is about right.
 */
async function clockSkew(counter: WindowCounter, within: Within, prop: string): Promise<number> {
  const now = Date.now() - minute;
  const newestBefore = async (moment: number, place = 0): Promise<number | undefined> =>
    dateInMs((await counter.valueAt(within(undefined, moment), prop, 'desc', place)).value);
  // One of those that the service takes to be over: dates may well lie ahead.
  const date = await newestBefore(now, Math.floor(counter.fits * 0.85));
  if (date === undefined) {
    return 0;
  }
  const moment = Math.min(date, now);
  const before = await newestBefore(moment);
  return before === undefined || Math.abs(before - moment) < 2 * narrowest ? 0 : before - moment;
}

/** The bound that makes the window as full as it may be; undefined when even the narrowest holds too many. */
async function lowerBound(
  counter: WindowCounter,
  window: (from: number) => LeadWindow,
  guess: number,
  bottom: number,
  upper: number,
): Promise<{ from: number; counted: CountedWindow } | undefined> {
  let best: { from: number; counted: CountedWindow } | undefined;
  let [low, high] = [Math.min(bottom, upper) - narrowest, upper];
  let from = Math.min(Math.max(guess, low), high);
  for (let step = 0; step < mostSteps; step += 1) {
    const count = await counter.count(window(from));
    if (count <= counter.fits) {
      best = { from, counted: { window: window(from), count } };
      if (count >= counter.fits / 2) {
        return best;
      }
      high = from;
    } else {
      low = from;
      if (from >= upper) {
        return undefined;
      }
    }
    if (high - low <= minute) {
      // The narrowest window has not been tried yet when all guesses below it were too large.
      return best ?? (await narrowestWindow(counter, window, upper));
    }
    from = (low + high) / 2;
  }
  return best ?? narrowestWindow(counter, window, upper);
}

async function narrowestWindow(
  counter: WindowCounter,
  window: (from: number) => LeadWindow,
  from: number,
): Promise<{ from: number; counted: CountedWindow } | undefined> {
  const count = await counter.count(window(from));
  return count <= counter.fits ? { from, counted: { window: window(from), count } } : undefined;
}
