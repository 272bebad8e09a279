import { dateInMs } from './sortableProperty';
import type { LeadWindow } from './window';
import { withPart, type CountedWindow, type WindowCutter } from './windowCutter';

const minute = 60_000;
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
 * guess is wrong (this machine's clock differs from the service's, many leads in one minute) it is searched by counts.
 *
 * @param counted the window, and how many of its leads have the property
 * @returns windows some of which may still be too large: those the date cannot divide; undefined when it divides nothing
 */
export async function cutByDate(
  cutter: WindowCutter, counted: CountedWindow, prop: string, newest: unknown, oldest: unknown,
): Promise<CountedWindow[] | undefined> {
  const [top, bottom] = [dateInMs(newest), dateInMs(oldest)];
  if (top === undefined || bottom === undefined || top - bottom < narrowest) {
    return undefined;
  }
  const within = (from?: number, to?: number): LeadWindow => withPart(counted.window, { kind: 'date', prop, from, to });
  const windows: CountedWindow[] = [];
  let to: number | undefined;
  for (;;) {
    const rest = await cutter.valueAt(within(undefined, to), prop, 'desc', Math.floor(cutter.fits * 0.85));
    if (rest.count <= cutter.fits) {
      windows.push({ window: within(undefined, to), count: rest.count });
      return windows;
    }
    const upper = (to ?? top + minute) - narrowest;
    const found = await lowerBound(cutter, (from) => within(from, to), dateInMs(rest.value) ?? (bottom + upper) / 2, bottom, upper);
    if (found) {
      windows.push(found.counted);
      to = found.from;
      continue;
    }
    // Too many leads in the last minutes before `to`: another property must divide them.
    const first = dateInMs((await cutter.valueAt(within(undefined, to), prop, 'desc', 0)).value) ?? upper;
    const from = Math.min(first, upper) - denseStep;
    windows.push({ window: within(from, to), count: await cutter.count(within(from, to)) });
    to = from;
  }
}

/** The bound that makes the window as full as it may be; undefined when even the narrowest holds too many. */
async function lowerBound(
  cutter: WindowCutter, window: (from: number) => LeadWindow, guess: number, bottom: number, upper: number,
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
      return best ?? await narrowestWindow(cutter, window, upper);
    }
    from = (low + high) / 2;
  }
  return best ?? narrowestWindow(cutter, window, upper);
}

async function narrowestWindow(
  cutter: WindowCutter, window: (from: number) => LeadWindow, from: number,
): Promise<{ from: number; counted: CountedWindow } | undefined> {
  const count = await cutter.count(window(from));
  return count <= cutter.fits ? { from, counted: { window: window(from), count } } : undefined;
}
