import { day } from '../dashly/dates';

/**
 * A property's value inside the sample app. `bigint` stands for an integer beyond 2^53, which is written to JSON digit
 * for digit; date-times are strings in UTC without a zone suffix (API.md, section 5).
 */
export type SampleValue = string | number | boolean | bigint | readonly string[];
export type SampleProps = Readonly<Record<string, SampleValue>>;
export type SamplePresence = 'online' | 'idle' | 'offline';

/** A lead of the sample app. */
export interface SampleLead {
  /** A 64-bit id as a decimal string. */
  readonly id: string;
  readonly presence: SamplePresence;
  /** System, event and custom properties; one that is not set is absent. */
  readonly props: SampleProps;
}

/** Props to set; `null` unsets one. */
export type PropsChange = Readonly<Record<string, SampleValue | null>>;

/** Props after a change; the order of those that stay is kept. */
export function mergeProps(props: SampleProps, change: PropsChange): SampleProps {
  const merged = new Map<string, SampleValue | null>([...Object.entries(props), ...Object.entries(change)]);
  return Object.fromEntries([...merged].filter((entry): entry is [string, SampleValue] => entry[1] !== null));
}

/*
 * A lead's place in the app (0, 1, 2, … in the order in which the leads came) and its id follow from each other, so no
 * table of ids is needed. The first few are as short as those of an old app (`3568` in section 1 of API.md),
 * the others 64-bit (API.md, section 3): compared as text they are not in order, read as JavaScript numbers they are wrong.
 */
const shortIds = 20;
const firstShortId = 3568n;
const shortStep = 7n;
const firstLongId = 1448121617782670208n;
const longStep = 1048583111n;

/** The id of the lead at this place. */
export function leadIdAt(place: number): string {
  if (place < shortIds) {
    return String(firstShortId + BigInt(place) * shortStep);
  }
  const scatter = BigInt(Math.imul(place, 0x9e3779b1) >>> 4);
  return String(firstLongId + BigInt(place - shortIds) * longStep + scatter);
}

/** The place of the lead with this id; `undefined` when no place has it. */
export function leadPlaceOf(id: string): number | undefined {
  if (!/^[1-9]\d{0,18}$/.test(id)) {
    return undefined;
  }
  const number = BigInt(id);
  const place =
    number < firstLongId
      ? Number((number - firstShortId) / shortStep)
      : Number((number - firstLongId) / longStep) + shortIds;
  return place >= 0 && leadIdAt(place) === id ? place : undefined;
}

export { day, hour, minute } from '../dashly/dates';
export const week = 7 * day;
export const year = 365 * day;

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const dates = new Map<number, string>();

/** Milliseconds since 1970 as the API writes a date-time in `props`: UTC without a zone suffix, in whole seconds. */
export function toDateTime(milliseconds: number): string {
  // Millions of dates are written when a large app is generated, all of them of some thousand days.
  const days = Math.floor(milliseconds / day);
  let date = dates.get(days);
  if (date === undefined) {
    date = new Date(days * day).toISOString().slice(0, 10);
    dates.set(days, date);
  }
  const seconds = Math.floor((milliseconds - days * day) / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${date}T${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
}

const dateTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?)?$/;

/** Milliseconds since 1970 of a date-time or bare date in `props`; `NaN` for anything else. */
export function fromDateTime(value: unknown): number {
  if (typeof value !== 'string' || !dateTime.test(value)) {
    return NaN;
  }
  return Date.parse(value.length === 10 ? value : `${value}Z`);
}

const textOf = (value: SampleValue): string =>
  typeof value === 'bigint' ? String(value) : Array.isArray(value) ? JSON.stringify(value) : JSON.stringify(value);

/** With `convert_props_types=false`: `"true"`, `"4"`, a list as its JSON text. Chosen (API.md, section 6). */
const unconvertedTextOf = (value: SampleValue): string =>
  typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(textOf(value));

/** Props as JSON text; integers beyond 2^53 digit for digit. */
export function propsToJson(props: SampleProps, convertTypes: boolean): string {
  const write = convertTypes ? textOf : unconvertedTextOf;
  const members = Object.entries(props).map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`);
  return `{${members.join(',')}}`;
}

/** An id as JSON text: raw digits unless a string is asked for. */
export function idToJson(id: string, asString: boolean): string {
  return asString ? `"${id}"` : id;
}

/** An object as JSON text, of members as JSON text; undefined ones are left out. */
export function objectToJson(members: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(members).flatMap(([name, text]) =>
    text === undefined ? [] : [`${JSON.stringify(name)}:${text}`],
  );
  return `{${texts.join(',')}}`;
}
