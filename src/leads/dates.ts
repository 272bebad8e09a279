import { day, hour, minute, type ParsedDate } from '../dashly/dates';
import { language } from '../language';

/** Each unit with its length in ms, the longest first. A month and a year are means: nobody counts days at that distance. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365.25 * day],
  ['month', 30.4375 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
];

/**
 * A moment as the distance to another: "2 minutes ago", "in 3 days", "now" within a minute. Whole units, rounded
 * towards now.
 *
 * @param date the moment, in ms since 1970
 * @param now the moment it is seen from, in ms since 1970
 */
export function relativeTime(date: number, now: number): string {
  const distance = date - now;
  for (const [unit, length] of units) {
    if (Math.abs(distance) >= length) {
      return relative.words(unit, Math.trunc(distance / length));
    }
  }
  return relative.words('second', 0);
}

/**
 * When something that has happened was, as the distance to now: as `relativeTime`, but never ahead. Two clocks differ, the
 * service's and this machine's: what lies in the future by one has just been.
 */
export function pastTime(date: number, now: number): string {
  return relativeTime(Math.min(date, now), now);
}

/**
 * When something that has happened was, as short as a row has room for: "2 min", "3 hr", "5 days"; "now" within a minute.
 * Whole units, rounded towards now.
 * @param date in ms since 1970
 * @param now in ms since 1970
 */
export function shortPastTime(date: number, now: number): string {
  const distance = now - date;
  const [unit, length] = units.find(([, length]) => distance >= length) ?? [];
  if (unit === undefined || length === undefined) return pastTime(date, now);
  return short.words(unit, Math.trunc(distance / length));
}

/** Makes words of a number of units, and keeps those of small numbers: rows by the thousand ask for the same few. */
class UnitFormat {
  private language: string | undefined;
  private readonly known = new Map<
    string,
    { readonly format: (amount: number) => string; words: Map<number, string> }
  >();

  /** @param make makes what formats amounts of a unit in the language that is spoken */
  constructor(private readonly make: (unit: Intl.RelativeTimeFormatUnit) => (amount: number) => string) {}

  words(unit: Intl.RelativeTimeFormatUnit, amount: number): string {
    if (this.language !== language()) this.known.clear();
    this.language = language();
    const known = this.known.get(unit) ?? { format: this.make(unit), words: new Map<number, string>() };
    this.known.set(unit, known);
    const words = known.words.get(amount) ?? known.format(amount);
    // Only years can be more.
    if (Math.abs(amount) < 60) known.words.set(amount, words);
    return words;
  }
}

const relative = new UnitFormat((unit) => {
  // "now" instead of "in 0 seconds".
  const format = new Intl.RelativeTimeFormat(language(), { numeric: unit === 'second' ? 'auto' : 'always' });
  return (amount) => format.format(amount, unit);
});

const short = new UnitFormat((unit) => {
  const format = new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'short' });
  return (amount) => format.format(amount);
});

/** How dates are written. */
export interface DateFormat {
  /** IANA name; the machine's own by default. */
  readonly timeZone?: string;
  /** Whether a moment ends with the zone's short name; true by default. */
  readonly withZone?: boolean;
}

/**
 * Unix seconds, as events, notes, conversations and `$active_since` carry them, as a date; undefined for a number that
 * is no moment.
 */
export function parseUnixTime(seconds: number): ParsedDate | undefined {
  const time = seconds * 1000;
  return Math.abs(time) <= 8.64e15 ? { time, dateOnly: false } : undefined;
}

/** A date in the zone of the format, with the zone's short name unless the format leaves it out. */
export function dateText({ time, dateOnly }: ParsedDate, format: DateFormat = {}): string {
  return formatter(dateOnly, format).format(time);
}

/** A date in UTC, as ISO 8601: for hover. */
export function dateInUtc({ time, dateOnly }: ParsedDate): string {
  const iso = new Date(time).toISOString();
  return dateOnly ? iso.slice(0, 10) : iso.replace('.000Z', 'Z');
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it. */
function formatter(dateOnly: boolean, { timeZone, withZone = true }: DateFormat): Intl.DateTimeFormat {
  const zone = dateOnly ? 'UTC' : timeZone;
  const key = `${dateOnly} ${language()} ${zone ?? ''} ${withZone}`;
  let known = formatters.get(key);
  if (!known) {
    const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
    const moment = { ...day, hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
    known = new Intl.DateTimeFormat(language(), {
      ...(dateOnly ? day : moment),
      ...(withZone && !dateOnly && { timeZoneName: 'short' }),
      timeZone: zone,
    });
    formatters.set(key, known);
  }
  return known;
}
