import type { JsonObject } from './json';
import type { Condition, Filters } from './lead';

/** Conditions that only this client knows, and what the service is asked instead. */
const relativeTypes: Readonly<Record<string, string>> = {
  after: 'daysless',
  after_or_unknown: 'daysless_or_unknown',
  before: 'daysmore',
  before_or_unknown: 'daysmore_or_unknown',
};

const minute = 60_000;

/**
 * Filters as the service reads them: a date becomes so many minutes ago, because the service has no condition on dates
 * (section 4 of API.md). It counts in whole minutes, so a bound is moved outwards by less than one: what is
 * asked for is never missing.
 * @param now ms since 1970, when the request is sent
 */
export function resolveDates({ type, filters }: Filters, now: number): JsonObject {
  return { type, filters: filters.map((condition) => resolveDate(condition, now)) };
}

function resolveDate({ type, property_name, value }: Condition, now: number): JsonObject {
  const relative = Object.hasOwn(relativeTypes, type) ? relativeTypes[type] : undefined;
  if (relative === undefined) return { type, property_name, value };
  const minutes = (now - parseUtc(value.date)) / minute;
  const whole = Math.max(0, type.startsWith('after') ? Math.ceil(minutes) : Math.floor(minutes));
  return { type: relative, property_name, value: { value: whole, unit: 'minutes' } };
}

/**
 * A date of a condition in ms since 1970; NaN when it is none. Without a zone it is UTC, as the properties are (section 5).
 */
export function parseUtc(date: unknown): number {
  if (typeof date !== 'string') return NaN;
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(date.trim());
  if (!parts) return NaN;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  const moment = Date.parse(`${day}T${time}${zone}`);
  // `Date.parse` takes the 31st of a shorter month for a day of the next one.
  const midnight = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day) ? moment : NaN;
}
