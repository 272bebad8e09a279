/** Lengths of time, in ms. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A moment, as far as a text says it. */
export interface ParsedDate {
  /** In ms since 1970; of a bare day its first moment in UTC. */
  readonly time: number;
  /** Whether it is a bare `YYYY-MM-DD`. */
  readonly dateOnly: boolean;
}

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:([T ])([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?$/;

/**
 * The moment a text stands for, when it is in one of the documented forms (API.md, section 5): `2014-06-17T08:56:03` and
 * `2014-06-17` are UTC although nothing says so; e-mail status carries ISO 8601 with an offset.
 * @param typed whether a person wrote it: then a space may stand for the `T` and around the date, and seconds may be left
 *   out. The service sends no such dates: in a property they are text.
 * @returns undefined for everything else, days that do not exist included
 */
export function parseDate(text: string, { typed = false } = {}): ParsedDate | undefined {
  const match = text.length <= 60 ? pattern.exec(typed ? text.trim() : text) : null;
  if (!match) return undefined;
  const [, date = '', separator, hours, minutes, seconds, fraction, sign, offsetHours, offsetMinutes] = match;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return undefined;
  if (separator === undefined) return { time: midnight, dateOnly: true };
  if (!typed && (separator !== 'T' || seconds === undefined)) return undefined;
  const ofDay = Number(hours) * hour + Number(minutes) * minute + Number(seconds ?? 0) * 1000;
  const milliseconds = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  const offset = Number(offsetHours ?? 0) * hour + Number(offsetMinutes ?? 0) * minute;
  return { time: midnight + ofDay + milliseconds - (sign === '-' ? -offset : offset), dateOnly: false };
}

/** How a moment ends that says its zone. */
const zone = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * The moment that a property's text is to the service: UTC, without a zone (API.md, section 5). A text with a zone is sorted
 * and compared as a text, although a person reads a date in it.
 */
export function parsePropertyDate(text: string): ParsedDate | undefined {
  const date = parseDate(text);
  // A bare day ends as a zone does.
  return date && (date.dateOnly || !zone.test(text)) ? date : undefined;
}

/**
 * The date of a condition that is another one each day: the midnight with which the day of a request began, where the
 * person is.
 */
export const today = 'today';

/** Whether a condition can have it for its date: `today` or one that a person types. */
export function isConditionDate(date: unknown): date is string {
  return typeof date === 'string' && (date === today || parseDate(date, { typed: true }) !== undefined);
}

/**
 * The date of a condition in ms since 1970; NaN when it is none.
 * @param now ms since 1970, when the request is sent
 * @param timeZone IANA name of the zone whose midnight `today` is; this machine's own when left out
 */
export function conditionDate(date: unknown, now: number, timeZone?: string): number {
  if (date === today) return startOfDay(now, timeZone);
  return (typeof date === 'string' ? parseDate(date, { typed: true })?.time : undefined) ?? NaN;
}

/** The day it is somewhere, as `YYYY-MM-DD`. @param timeZone as for `conditionDate` */
export function dayAt(time: number, timeZone?: string): string {
  return new Date(wallClock(time, timeZone)).toISOString().slice(0, 10);
}

/** The first moment of the day it is somewhere, in ms since 1970: midnight, but where clocks are put forward over it. */
function startOfDay(now: number, timeZone: string | undefined): number {
  const date = dayAt(now, timeZone);
  const midnight = Date.parse(date);
  // The offset of the zone is not known before the moment is: the one found by either may be that before a change.
  const first = midnight - (wallClock(midnight, timeZone) - midnight);
  const second = midnight - (wallClock(first, timeZone) - first);
  return Math.min(...[first, second].filter((moment) => dayAt(moment, timeZone) === date));
}

const wallClocks = new Map<string | undefined, Intl.DateTimeFormat>();

/** What clocks show somewhere at a moment, as the moment at which they show it in UTC; in whole seconds. */
function wallClock(time: number, timeZone: string | undefined): number {
  let format = wallClocks.get(timeZone);
  if (!format) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en', { ...numeric, second: 'numeric', hourCycle: 'h23', timeZone });
    wallClocks.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
