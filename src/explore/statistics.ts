import { parsePropertyDate } from '../dashly/dates';
import { decodeNumber } from '../dashly/decode';
import { ExactNumber, type JsonValue } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import { contactKind, eventProperty, type PropertyKind } from '../leads/properties';
import { propertyKind } from '../leads/seenProperties';

/** The five types a property can have, and what is none of them. */
export type SeenKind = PropertyKind | 'other';

/** A value that leads have; of a list each item is one. */
export interface SeenValue {
  readonly kind: SeenKind;
  readonly value: JsonValue;
  /** How many leads have it; how many items there are, of lists. */
  readonly count: number;
  /** The lead it was seen at first: its contacts are what is masked in the value. */
  readonly lead: Lead;
}

/** The values of one type that a property has. */
export interface KindStatistics {
  readonly kind: SeenKind;
  /** How many leads have one. */
  readonly count: number;
  /** Of numbers and dates by size, of texts by the alphabet without case. */
  readonly smallest?: SeenValue;
  readonly largest?: SeenValue;
  /** In characters, of lists in items. */
  readonly shortest?: number;
  readonly longest?: number;
}

/** What is known of one property. */
export interface PropertyStatistics {
  readonly name: string;
  /** How many leads have it: an empty text is a value, `null` is none (API.md, section 5). */
  readonly count: number;
  /** The most frequent type first. */
  readonly kinds: readonly KindStatistics[];
  /** How many different values there are; items, of lists. */
  readonly distinct: number;
  /** The most frequent ones, at most as many as asked for; of those with the same count, which was seen first. */
  readonly frequent: readonly SeenValue[];
  /** The lead it was seen at first. */
  readonly lead: Lead;
}

type Counted = { -readonly [Name in keyof SeenValue]: SeenValue[Name] };

interface Gathered {
  count: number;
  readonly lead: Lead;
  /** By the value, of numbers beyond JavaScript's and what is none of the five types by its text. */
  readonly values: Map<unknown, Counted>;
  readonly items: Map<unknown, Counted>;
  /** Of the lists: how many there are, the shortest and the longest. */
  readonly lists: { count: number; shortest: number; longest: number };
}

/** What there is in leads, property by property; grows as leads are added. */
export class Statistics {
  private readonly properties = new Map<string, Gathered>();
  private readonly ids = new Set<string>();

  /** How many leads were added, each once: a list moves while it is read. */
  get leads(): number {
    return this.ids.size;
  }

  /** The properties that any lead has, in the order in which they were seen. */
  get names(): readonly string[] {
    return [...this.properties.keys()];
  }

  /** How many leads have a property. */
  countOf(name: string): number {
    return this.properties.get(name)?.count ?? 0;
  }

  add(leads: Iterable<Lead>): void {
    for (const lead of leads) {
      if (this.ids.has(lead.id)) continue;
      this.ids.add(lead.id);
      for (const name of Object.keys(lead.props)) {
        const value = lead.props[name];
        if (value !== undefined && value !== null) this.addValue(name, value, lead);
      }
    }
  }

  /**
   * What is known of a property by now; undefined when no lead has it.
   * @param mostFrequent how many of its values are given
   */
  of(name: string, mostFrequent: number): PropertyStatistics | undefined {
    const gathered = this.properties.get(name);
    if (!gathered) return undefined;
    const { count, lead, values, items, lists } = gathered;
    const kinds = new Map<SeenKind, Counted[]>();
    for (const seen of values.values()) {
      const known = kinds.get(seen.kind);
      if (known) known.push(seen);
      else kinds.set(seen.kind, [seen]);
    }
    const ofKinds = [...kinds].map(([kind, seen]) => kindStatistics(kind, seen));
    if (lists.count > 0) ofKinds.push({ kind: 'list', ...lists });
    return {
      name,
      count,
      kinds: ofKinds.sort((one, other) => other.count - one.count),
      distinct: values.size + items.size,
      frequent: mostFrequent > 0 ? mostOf([...values.values(), ...items.values()], mostFrequent) : [],
      lead,
    };
  }

  /** All numbers of a property added up, whole ones digit for digit; undefined where it has none. */
  sumOf(name: string): string | undefined {
    const numbers = [...(this.properties.get(name)?.values.values() ?? [])].filter(({ kind }) => kind === 'number');
    if (numbers.length === 0) return undefined;
    let whole = 0n;
    let rest = 0;
    for (const { value, count } of numbers) {
      const digits = wholeNumber(value);
      if (digits === undefined) rest += Number(value) * count;
      else whole += digits * BigInt(count);
    }
    return rest === 0 ? String(whole) : String(Number(whole) + rest);
  }

  private addValue(name: string, value: JsonValue, lead: Lead): void {
    let gathered = this.properties.get(name);
    if (!gathered) {
      const lists = { count: 0, shortest: Infinity, longest: 0 };
      gathered = { count: 0, lead, values: new Map(), items: new Map(), lists };
      this.properties.set(name, gathered);
    }
    gathered.count++;
    if (!Array.isArray(value)) {
      count(gathered.values, name, value, lead);
      return;
    }
    const { lists } = gathered;
    lists.count++;
    lists.shortest = Math.min(lists.shortest, value.length);
    lists.longest = Math.max(lists.longest, value.length);
    for (const item of value) count(gathered.items, name, item, lead);
  }
}

function count(counted: Map<unknown, Counted>, name: string, value: JsonValue, lead: Lead): void {
  const key =
    typeof value === 'object' ? `${value instanceof ExactNumber ? '' : 'json '}${stringifyJson(value)}` : value;
  // A text is never the same as a number or an object that is written so.
  const own = typeof value === 'string' ? `text:${value}` : key;
  const known = counted.get(own);
  if (known) known.count++;
  else counted.set(own, { kind: kindOf(name, value), value, count: 1, lead });
}

function kindOf(name: string, value: JsonValue): SeenKind {
  // A contact is text even when it looks like a date.
  if (typeof value === 'string' && contactKind(name)) return 'string';
  // With values as they are stored, counts are texts.
  if (eventProperty(name)?.part === 'count' && decodeNumber(value) !== undefined) return 'number';
  return propertyKind(value) ?? 'other';
}

function kindStatistics(kind: SeenKind, values: readonly Counted[]): KindStatistics {
  const compare = comparisons[kind];
  let count = 0;
  let [smallest, largest] = [values[0], values[0]];
  let [shortest, longest] = [Infinity, 0];
  for (const seen of values) {
    count += seen.count;
    if (compare && smallest && compare(seen.value, smallest.value) < 0) smallest = seen;
    if (compare && largest && compare(seen.value, largest.value) > 0) largest = seen;
    if (kind !== 'string' || typeof seen.value !== 'string') continue;
    shortest = Math.min(shortest, seen.value.length);
    longest = Math.max(longest, seen.value.length);
  }
  return {
    kind,
    count,
    ...(compare && { smallest, largest }),
    ...(kind === 'string' && { shortest, longest }),
  };
}

type Compare = (one: JsonValue, other: JsonValue) => number;

const comparisons: Readonly<Partial<Record<SeenKind, Compare>>> = {
  number: compareNumbers,
  date: (one, other) => timeOf(one) - timeOf(other),
  string: (one, other) => compareTexts(lowerCase(one), lowerCase(other)),
};

/** Numbers that JavaScript cannot tell apart are compared by their digits, where these are all there is. */
function compareNumbers(one: JsonValue, other: JsonValue): number {
  const difference = Number(one) - Number(other);
  if (difference !== 0) return difference;
  const [first, second] = [wholeNumber(one), wholeNumber(other)];
  if (first === undefined || second === undefined) return 0;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** A number whose digits are all there is of it. */
function wholeNumber(number: JsonValue): bigint | undefined {
  const digits = typeof number === 'string' ? number.trim() : stringifyJson(number);
  return /^-?\d{1,100}$/.test(digits) ? BigInt(digits) : undefined;
}

function lowerCase(value: JsonValue): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function timeOf(value: JsonValue): number {
  return (typeof value === 'string' ? parsePropertyDate(value)?.time : undefined) ?? NaN;
}

/** The values with the highest counts; without sorting all of what may be ten thousand. */
function mostOf(values: readonly Counted[], most: number): SeenValue[] {
  let least = 0;
  let kept: Counted[] = [];
  for (const seen of values) {
    if (kept.length >= most && seen.count <= least) continue;
    kept.push(seen);
    if (kept.length < 4 * most) continue;
    kept = kept.sort(byCount).slice(0, most);
    least = kept.at(-1)?.count ?? 0;
  }
  return kept.sort(byCount).slice(0, most);
}

const byCount = (one: SeenValue, other: SeenValue): number => other.count - one.count;
