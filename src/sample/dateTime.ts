/** Milliseconds since 1970 as the API writes a date-time in `props`: UTC without a zone suffix, in whole seconds. */
export function toDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}

const dateTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?)?$/;

/** Milliseconds since 1970 of a date-time or bare date in `props`; `NaN` for anything else. */
export function fromDateTime(value: unknown): number {
  if (typeof value !== 'string' || !dateTime.test(value)) {
    return NaN;
  }
  return Date.parse(value.length === 10 ? value : value + 'Z');
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;
export const year = 365 * day;
