export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
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
