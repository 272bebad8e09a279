import { minute, parseDate } from './dates';
import type { JsonObject, JsonValue } from './json';
import type { Condition, Filters } from './lead';

/** Conditions that only this client knows, and what the service is asked instead. */
const relativeTypes: Readonly<Record<string, string>> = {
  after: 'daysless',
  after_or_unknown: 'daysless_or_unknown',
  before: 'daysmore',
  before_or_unknown: 'daysmore_or_unknown',
};

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
  const minutes = (now - typedDate(value.date)) / minute;
  const whole = Math.max(0, type.startsWith('after') ? Math.ceil(minutes) : Math.floor(minutes));
  return { type: relative, property_name, value: { value: whole, unit: 'minutes' } };
}

/** A date of a condition in ms since 1970; NaN when it is none, which only a filter that was not checked can hold. */
function typedDate(date: JsonValue | undefined): number {
  return (typeof date === 'string' ? parseDate(date, { typed: true })?.time : undefined) ?? NaN;
}
