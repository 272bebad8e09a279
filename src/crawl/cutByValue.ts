import type { Lead } from '../dashly/lead';
import { finiteNumber } from './sortableProperty';
import type { WindowCounter } from './windowCounter';
import { type CountedWindow, type LeadWindow, type WindowPart, withPart } from './windows';

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
  if (finiteNumber(largest) === finiteNumber(smallest)) {
    return undefined;
  }
  const within = (part: WindowPart): LeadWindow => withPart(counted.window, part);
  const windows: CountedWindow[] = [];
  let below: number | undefined;
  for (;;) {
    const open = within({ kind: 'number', prop, below });
    const rest = await counter.valueAt(open, prop, 'desc', Math.floor(counter.fits * 0.85));
    const bound = finiteNumber(rest.value);
    // A service that does not sort by it gives bounds that lead nowhere.
    if (rest.count <= counter.fits || bound === undefined || (below !== undefined && bound >= below)) {
      windows.push({ window: open, count: rest.count });
      return windows;
    }
    const range = below === undefined ? undefined : within({ kind: 'range', prop, from: bound, below });
    const count = range && (await counter.count(range));
    if (range && count !== undefined && count <= counter.fits) {
      windows.push({ window: range, count });
    } else {
      // No one condition says “this number or a larger one”; and too many leads may have this very number.
      const above = within({ kind: 'number', prop, above: bound, below });
      const same = within({ kind: 'equal', prop, number: bound });
      const larger = await counter.count(above);
      // The first is open: who comes there later belongs to it.
      if (larger > 0 || below === undefined) windows.push({ window: above, count: larger });
      windows.push({ window: same, count: await counter.count(same) });
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
