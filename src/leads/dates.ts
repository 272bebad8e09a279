const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Each unit with its length in ms, the longest first. A month and a year are means: nobody counts days at that distance. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365.25 * day],
  ['month', 30.4375 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

/**
 * A moment as the distance to another: "2 minutes ago", "in 3 days", "now" within a minute. Whole units, rounded
 * towards now.
 *
 * @param date the moment, in ms since 1970
 * @param now the moment it is seen from, in ms since 1970
 * @param locale BCP 47; English when the host does not know it
 */
export function relativeTime(date: number, now: number, locale = 'en'): string {
  const distance = date - now;
  for (const [unit, length] of units) {
    if (Math.abs(distance) >= length) {
      return format(locale, 'always').format(Math.trunc(distance / length), unit);
    }
  }
  return format(locale, 'auto').format(0, 'second');
}

function format(locale: string, numeric: 'always' | 'auto'): Intl.RelativeTimeFormat {
  const key = `${numeric} ${locale}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.RelativeTimeFormat(knownLocale(locale), { numeric });
    formats.set(key, known);
  }
  return known;
}

/** The locale itself, or English where it is not a well-formed one: a user's language setting may be anything. */
export function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** How dates are written. */
export interface DateFormat {
  /** BCP 47; English by default, as all other words of the extension. */
  readonly locale?: string;
  /** IANA name; the machine's own by default. */
  readonly timeZone?: string;
}

/** A date as it is shown. */
export interface ShownDate {
  readonly kind: 'date';
  /** In the user's zone, with the zone's short name; a bare day is the same day everywhere. */
  readonly text: string;
  /** The same in UTC, as ISO 8601: for hover. */
  readonly utc: string;
  /** In ms since 1970; for a bare day its first moment in UTC. */
  readonly time: number;
  /** Whether it is a bare `YYYY-MM-DD`. */
  readonly dateOnly: boolean;
}

/** A moment, as far as a date string says it. */
export interface ParsedDate {
  /** In ms since 1970. */
  readonly time: number;
  readonly dateOnly: boolean;
}

const datePattern =
  /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?$/;

/**
 * The moment a date string stands for, when it is in one of the documented forms (section 5 of API.md):
 * `2014-06-17T08:56:03` and `2014-06-17` are UTC although nothing says so; e-mail status carries ISO 8601 with an
 * offset. Undefined for everything else, days that do not exist included.
 */
export function parseDate(text: string): ParsedDate | undefined {
  const match = text.length <= 40 ? datePattern.exec(text) : null;
  if (!match) {
    return undefined;
  }
  const [, day = '', hours, minutes, seconds, fraction, sign, offsetHours, offsetMinutes] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) {
    return undefined;
  }
  if (hours === undefined) {
    return { time: midnight, dateOnly: true };
  }
  const ofDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const milliseconds = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60_000;
  return { time: midnight + ofDay + milliseconds - (sign === '-' ? -offset : offset), dateOnly: false };
}

/** A date string in one of the documented forms as it is shown; undefined when it is in none of them. */
export function shownTime(text: string, format: DateFormat = {}): ShownDate | undefined {
  const parsed = parseDate(text);
  if (!parsed) {
    return undefined;
  }
  const { time, dateOnly } = parsed;
  return {
    kind: 'date',
    text: formatter(dateOnly, format).format(time),
    utc: dateOnly ? text : isoTime(time),
    time,
    dateOnly,
  };
}

/**
 * Unix seconds, as events, notes, conversations and `$active_since` carry them, as a date; undefined for a number that
 * is no moment.
 */
export function shownUnixTime(seconds: number, format: DateFormat = {}): ShownDate | undefined {
  const time = seconds * 1000;
  return Math.abs(time) <= 8.64e15
    ? { kind: 'date', text: formatter(false, format).format(time), utc: isoTime(time), time, dateOnly: false }
    : undefined;
}

function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it. */
function formatter(dateOnly: boolean, { locale = 'en', timeZone }: DateFormat): Intl.DateTimeFormat {
  const zone = dateOnly ? 'UTC' : timeZone;
  const key = `${dateOnly} ${locale} ${zone ?? ''}`;
  let known = formatters.get(key);
  if (!known) {
    const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
    const moment = { ...day, hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
    known = new Intl.DateTimeFormat(knownLocale(locale), { ...(dateOnly ? day : moment), timeZone: zone });
    formatters.set(key, known);
  }
  return known;
}
