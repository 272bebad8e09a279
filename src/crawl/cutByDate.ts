import { minute } from '../dashly/dates';
import { dateInMs } from './sortableProperty';
import { type CountedWindow, type WindowCutter, withPart } from './windowCutter';
import type { LeadWindow } from './windows';

/** Bounds cannot be told apart below this: the service counts in whole minutes. */
const narrowest = 2 * minute;
/** How much is set aside for another property where the leads lie too close for a date. */
const denseStep = 10 * minute;
const mostSteps = 30;

/**
 * Cuts the leads of a window that have a date into windows by that date, newest first. The last one is open towards the
 * past and the first towards the future, so that no lead falls out at an edge.
 *
 * A bound is guessed by reading the date at the place where the window would be full, then checked by a count; where the
 * guess is wrong (many leads in one minute, clocks that differ) it is searched by counts.
 *
 * @param counted the window, and how many of its leads have the property
 * @returns windows some of which may still be too large: those the date cannot divide; undefined when it divides nothing
 */
export async function cutByDate(
  cutter: WindowCutter,
  counted: CountedWindow,
  prop: string,
  newest: unknown,
  oldest: unknown,
): Promise<CountedWindow[] | undefined> {
  const [last, first] = [dateInMs(newest), dateInMs(oldest)];
  if (last === undefined || first === undefined || last - first < narrowest) {
    return undefined;
  }
  const within = (from?: number, to?: number): LeadWindow => withPart(counted.window, { kind: 'date', prop, from, to });
  const windows: CountedWindow[] = [];
  const skew = await clockSkew(cutter, within, prop);
  const onThisClock = (value: unknown): number | undefined => {
    const date = dateInMs(value);
    return date === undefined ? undefined : date - skew;
  };
  const [top, bottom] = [last - skew, first - skew];
  let to: number | undefined;
  for (;;) {
    const rest = await cutter.valueAt(within(undefined, to), prop, 'desc', Math.floor(cutter.fits * 0.85));
    if (rest.count <= cutter.fits) {
      windows.push({ window: within(undefined, to), count: rest.count });
      return windows;
    }
    const upper = (to ?? top + minute) - narrowest;
    const guess = onThisClock(rest.value) ?? (bottom + upper) / 2;
    const found = await lowerBound(cutter, (from) => within(from, to), guess, bottom, upper);
    if (found) {
      windows.push(found.counted);
      to = found.from;
      continue;
    }
    // Too many leads in the last minutes before `to`: another property must divide them.
    const latest = onThisClock((await cutter.valueAt(within(undefined, to), prop, 'desc', 0)).value) ?? upper;
    const from = Math.min(latest, upper) - denseStep;
    windows.push({ window: within(from, to), count: await cutter.count(within(from, to)) });
    to = from;
  }
}

/**
 * By how many ms the service's clock is ahead of this machine's, as far as the leads show it: asked for what is before the
 * moment of a lead, the service answers with the lead it takes to be the last before it. 0 when that is about right.
 */
async function clockSkew(
  cutter: WindowCutter,
  within: (from?: number, to?: number) => LeadWindow,
  prop: string,
): Promise<number> {
  const place = Math.floor(cutter.fits * 0.85);
  const date = dateInMs((await cutter.valueAt(within(), prop, 'desc', place)).value);
  const before =
    date === undefined ? undefined : dateInMs((await cutter.valueAt(within(undefined, date), prop, 'desc', 0)).value);
  return date === undefined || before === undefined || Math.abs(before - date) < 2 * narrowest ? 0 : before - date;
}

/** The bound that makes the window as full as it may be; undefined when even the narrowest holds too many. */
async function lowerBound(
  cutter: WindowCutter,
  window: (from: number) => LeadWindow,
  guess: number,
  bottom: number,
  upper: number,
): Promise<{ from: number; counted: CountedWindow } | undefined> {
  let best: { from: number; counted: CountedWindow } | undefined;
  let [low, high] = [Math.min(bottom, upper) - narrowest, upper];
  let from = Math.min(Math.max(guess, low), high);
  for (let step = 0; step < mostSteps; step += 1) {
    const count = await cutter.count(window(from));
    if (count <= cutter.fits) {
      best = { from, counted: { window: window(from), count } };
      if (count >= cutter.fits / 2) {
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
      return best ?? (await narrowestWindow(cutter, window, upper));
    }
    from = (low + high) / 2;
  }
  return best ?? narrowestWindow(cutter, window, upper);
}

async function narrowestWindow(
  cutter: WindowCutter,
  window: (from: number) => LeadWindow,
  from: number,
): Promise<{ from: number; counted: CountedWindow } | undefined> {
  const count = await cutter.count(window(from));
  return count <= cutter.fits ? { from, counted: { window: window(from), count } } : undefined;
}
