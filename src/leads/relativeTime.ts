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
