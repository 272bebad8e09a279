import { type Lead, queryCap } from '../dashly/lead';
import type { WindowCounter } from './windowCounter';
import { type CountedWindow, type LeadWindow, type WindowPart, withPart } from './windows';

type NumberPart = Extract<WindowPart, { kind: 'number' }>;

/**
 * Cuts the leads of a window that have a number into windows by that number, largest first; both ends are open.
 *
 * @param counted the window, and how many of its leads have the property
 * @returns windows some of which may still be too large: those whose leads all have the same number; undefined when the
 *   number divides nothing
 */
export async function cutByNumber(
  counter: WindowCounter,
  counted: CountedWindow,
  prop: string,
  largest: unknown,
  smallest: unknown,
): Promise<CountedWindow[] | undefined> {
  if (largest === smallest) {
    return undefined;
  }
  const within = (bounds: Omit<NumberPart, 'kind' | 'prop'>): LeadWindow =>
    withPart(counted.window, { kind: 'number', prop, ...bounds });
  const windows: CountedWindow[] = [];
  let below: number | undefined;
  for (;;) {
    const rest = await counter.valueAt(within({ below }), prop, 'desc', Math.floor(counter.fits * 0.85));
    const bound = rest.value;
    // A service that does not sort by it gives bounds that lead nowhere.
    const isBelow = typeof bound === 'number' && (below === undefined || bound < below);
    if (rest.count <= counter.fits || !isBelow) {
      windows.push({ window: within({ below }), count: rest.count });
      return windows;
    }
    const count = await counter.count(within({ from: bound, below }));
    if (count <= counter.fits) {
      windows.push({ window: within({ from: bound, below }), count });
    } else {
      const above = await counter.count(within({ above: bound, below }));
      if (above > 0) {
        windows.push({ window: within({ above: bound, below }), count: above });
      }
      const same = within({ from: bound, to: bound });
      windows.push({ window: same, count: count < queryCap ? count - above : await counter.count(same) });
    }
    below = bound;
  }
}

const mostTries = 3;

/**
 * Divides a window in two by whether a text contains a character: the last resort for leads that all have the same dates
 * and numbers. The character is the one that divides the sample most evenly.
 *
 * @returns windows that may still be too large; undefined when no character divides the window well
 */
export async function cutByText(
  counter: WindowCounter,
  { window, count }: CountedWindow,
  prop: string,
  sample: readonly Lead[],
): Promise<CountedWindow[] | undefined> {
  const used = new Set(
    window.parts.map((part) =>
      (part.kind === 'contains' || part.kind === 'lacks') && part.prop === prop ? part.text : '',
    ),
  );
  for (const text of dividingCharacters(prop, sample)
    .filter((character) => !used.has(character))
    .slice(0, mostTries)) {
    const contains = withPart(window, { kind: 'contains', prop, text });
    const lacks = withPart(window, { kind: 'lacks', prop, text });
    const unknown = withPart(window, { kind: 'unknown', prop });
    const [with_, without, unset] = await Promise.all([contains, lacks, unknown].map((part) => counter.count(part)));
    const parts = [
      { window: contains, count: with_ ?? 0 },
      { window: lacks, count: without ?? 0 },
      { window: unknown, count: unset ?? 0 },
    ].filter((part) => part.count > 0);
    if (Math.max(...parts.map((part) => part.count)) < count * 0.9) {
      return parts;
    }
  }
  return undefined;
}

/** Letters and digits found in some of the texts but not in all, the most even division first. */
function dividingCharacters(prop: string, sample: readonly Lead[]): string[] {
  const frequency = new Map<string, number>();
  for (const { props } of sample) {
    const text = props[prop];
    if (typeof text === 'string') {
      for (const character of new Set(text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [])) {
        frequency.set(character, (frequency.get(character) ?? 0) + 1);
      }
    }
  }
  const unevenness = (times: number): number => Math.abs(times / sample.length - 0.5);
  return [...frequency]
    .sort(([, one], [, other]) => unevenness(one) - unevenness(other))
    .map(([character]) => character);
}
