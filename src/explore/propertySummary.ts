import { parseDate } from '../dashly/dates';
import type { JsonObject, JsonValue } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { dateInUtc } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { contactKind, propertyTitle } from '../leads/properties';
import { singleLine } from '../leads/text';
import { subjectsOf } from './rows';
import { readSample, type SampleSource } from './sample';
import { type KindStatistics, type PropertyStatistics, type SeenKind, type SeenValue, Statistics } from './statistics';

/** What properties leads have, without a person's data. */
export interface PropertySummary {
  /** How many leads were looked at. */
  readonly leads: number;
  /** How many there are. */
  readonly total: number;
  /** As JSON, one a property or event type, what most leads have first within its group. */
  readonly properties: readonly JsonObject[];
  /** How many properties are left out because their names hold a contact. */
  readonly hidden: number;
}

/** A value that fewer leads share may be a person's own. */
const fewestSharing = 5;

/** How many of the most frequent values are told, and the longest of them, in characters. */
const mostValues = 8;
const longestValue = 60;

/** The longest name of a property or an event, in characters. */
const longestName = 120;

/** How many leads are looked at: ten requests. */
const sampleSize = 500;

/**
 * Sums up what there is in a sample of leads, for somebody who must not see one of them: of a value what at least five leads
 * share, of numbers and dates about where they begin and end, of contacts nothing.
 * @param known names of properties that the app has besides those of these leads
 * @param masked is on
 * @throws what a request fails with
 */
export async function summarizeProperties(
  source: SampleSource,
  {
    known,
    masked,
    signal,
  }: { readonly known: Iterable<string>; readonly masked: Masking; readonly signal: AbortSignal },
): Promise<PropertySummary> {
  const statistics = new Statistics();
  let total = 0;
  await readSample(source, {}, sampleSize, signal, (leads, progress) => {
    statistics.add(leads);
    ({ total } = progress);
  });
  let hidden = 0;
  const properties: JsonObject[] = [];
  for (const { property, eventId } of subjectsOf(statistics, known, new Map())) {
    const seen = statistics.of(property, mostFrequent);
    if (masked.name(property, seen?.lead) !== property || property.length > longestName) hidden++;
    else properties.push(eventId === undefined ? ofProperty(property, seen, masked) : ofEvent(eventId, seen, masked));
  }
  return { leads: statistics.leads, total, properties, hidden };
}

/** How many values are looked at for those that may be told. */
const mostFrequent = 4 * mostValues;

function ofEvent(eventId: string, seen: PropertyStatistics | undefined, masked: Masking): JsonObject {
  const name = masked.eventNames().get(eventId);
  return {
    event: eventId,
    ...(name !== undefined && { title: singleLine(masked.text(name, seen?.lead), longestName) }),
    names: ['count', 'first', 'last'].map((part) => `$event_${eventId}_${part}`),
    leads: seen?.count ?? 0,
  };
}

function ofProperty(name: string, seen: PropertyStatistics | undefined, masked: Masking): JsonObject {
  const title = propertyTitle(name);
  const about = { name, ...(title !== name && { title }), leads: seen?.count ?? 0 };
  if (!seen) return about;
  const types = seen.kinds.map(({ kind }) => kind);
  if (contactKind(name)) return { ...about, types };
  const values = seen.frequent.flatMap((one) => sharedValue(name, one, masked)).slice(0, mostValues);
  const [range] = seen.kinds.flatMap((kind) => rangeOf(kind));
  return {
    ...about,
    types,
    ...(values.length > 0 && { different_values: seen.distinct, most_frequent: values }),
    ...(range && { about_from: range[0], about_to: range[1] }),
  };
}

/** A value and how many leads have it, where it says nothing about one of them. */
function sharedValue(name: string, { kind, value, count, lead }: SeenValue, masked: Masking): JsonObject[] {
  if (count < fewestSharing || kind === 'date' || kind === 'other') return [];
  const isLong = typeof value === 'string' && (value.length > longestValue || value === '');
  return isLong || !isPlain(name, value, lead, masked) ? [] : [{ value: lineOf(value), leads: count }];
}

function rangeOf({ kind, count, smallest, largest }: KindStatistics): (readonly [JsonValue, JsonValue])[] {
  if (count < fewestSharing || !smallest || !largest) return [];
  const ends = [about(kind, smallest.value), about(kind, largest.value)];
  const [from, to] = ends;
  return from === undefined || to === undefined ? [] : [[from, to]];
}

/** A number by its first two digits, a date by its day. */
function about(kind: SeenKind, value: JsonValue): JsonValue | undefined {
  if (kind === 'number') return Number(Number(value).toPrecision(2));
  const date = kind === 'date' && typeof value === 'string' ? parseDate(value) : undefined;
  return date && dateInUtc({ ...date, dateOnly: true });
}

/** Whether there is no contact in a value. */
function isPlain(name: string, value: JsonValue, lead: Lead, masked: Masking): boolean {
  return masked.mask.propertyValue(lead, name, value) === value;
}

function lineOf(value: JsonValue): JsonValue {
  return typeof value === 'string' ? singleLine(value, longestValue) : value;
}
