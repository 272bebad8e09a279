import type { LeadWindow, WindowPart } from './window';
import { withPart, type CountedWindow, type WindowCutter } from './windowCutter';

type NumberPart = Extract<WindowPart, { kind: 'number' }>;

/**
 * Cuts the leads of a window that have a number into windows by that number, largest first; both ends are open.
 *
 * @param counted the window, and how many of its leads have the property
 * @returns windows some of which may still be too large: those whose leads all have the same number; undefined when the
 *   number divides nothing
 */
export async function cutByNumber(
  cutter: WindowCutter, counted: CountedWindow, prop: string, largest: unknown, smallest: unknown,
): Promise<CountedWindow[] | undefined> {
  if (largest === smallest) {
    return undefined;
  }
  const within = (bounds: Omit<NumberPart, 'kind' | 'prop'>): LeadWindow =>
    withPart(counted.window, { kind: 'number', prop, ...bounds });
  const windows: CountedWindow[] = [];
  let below: number | undefined;
  for (;;) {
    const rest = await cutter.valueAt(within({ below }), prop, 'desc', Math.floor(cutter.fits * 0.85));
    const bound = rest.value;
    if (rest.count <= cutter.fits || typeof bound !== 'number') {
      windows.push({ window: within({ below }), count: rest.count });
      return windows;
    }
    const count = await cutter.count(within({ from: bound, below }));
    if (count <= cutter.fits) {
      windows.push({ window: within({ from: bound, below }), count });
    } else {
      const above = await cutter.count(within({ above: bound, below }));
      if (above > 0) {
        windows.push({ window: within({ above: bound, below }), count: above });
      }
      windows.push({ window: within({ from: bound, to: bound }), count: count - above });
    }
    below = bound;
  }
}
