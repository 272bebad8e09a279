import { parsePropertyDate } from '../dashly/dates';
import { ExactNumber } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { identifyingProperties, systemProperties } from '../leads/properties';

/** What a property's values are, as far as the filter language can cut by them. */
export type SortableKind = 'date' | 'number' | 'text';

/** Dates and counts every app has, the finest first; the others are learnt from the leads. */
const usual = systemProperties.filter(({ cuts }) => cuts).map(({ name }) => name);
/** Different for nearly every lead that has them. */
const identifying = identifyingProperties.map(({ name }) => name);

/** The kind of a value; undefined when leads cannot be cut by it (lists, booleans). */
export function sortableKind(value: unknown): SortableKind | undefined {
  if (typeof value === 'string') {
    return dateInMs(value) === undefined ? 'text' : 'date';
  }
  return finiteNumber(value) === undefined ? undefined : 'number';
}

/**
 * A number as a JavaScript number, which is good enough for a bound: leads are on one side of it or the other, whether or
 * not one has that very number.
 */
export function finiteNumber(value: unknown): number | undefined {
  const number = value instanceof ExactNumber ? Number(value.text) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What is the same for two values that are equal, for a set of them. */
export function plainValue(value: unknown): unknown {
  return value instanceof ExactNumber ? value.text : value;
}

/** A date property's value in ms since 1970. */
export function dateInMs(value: unknown): number | undefined {
  return typeof value === 'string' ? parsePropertyDate(value)?.time : undefined;
}

/**
 * The properties a window may be cut by, the most promising first.
 * @param preferred the property the person sorts by: cut by it, the windows come in the person's order
 * @param sample some leads of the window
 */
export function sortableProperties(preferred: string | undefined, sample: readonly Lead[]): string[] {
  const seen = new Map<string, { kind: SortableKind; values: Set<unknown> }>();
  for (const { props } of sample) {
    for (const [name, value] of Object.entries(props)) {
      const kind = sortableKind(value);
      const known = seen.get(name);
      if (known) {
        known.values.add(plainValue(value));
      } else if (kind && kind !== 'text') {
        seen.set(name, { kind, values: new Set([plainValue(value)]) });
      }
    }
  }
  const learnt = [...seen].sort(([, one], [, other]) => other.values.size - one.values.size).map(([name]) => name);
  return [...new Set([...(preferred === undefined ? [] : [preferred]), ...usual, ...learnt])];
}

/** The text properties a window may be cut by, those that differ most first. */
export function textProperties(sample: readonly Lead[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const { props } of sample) {
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === 'string' && sortableKind(value) === 'text') {
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
    }
  }
  const learnt = [...values]
    .filter(([, different]) => different.size > 1)
    .sort(([, one], [, other]) => other.size - one.size)
    .map(([name]) => name);
  return [...new Set([...identifying.filter((name) => values.has(name)), ...learnt])];
}
