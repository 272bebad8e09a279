import { language } from '../../language';
import { day, hour, minute } from '../../dashly/dates';
import type { ShownEvent } from '../shownCard';

/** The stretch of time all lanes share, in milliseconds since 1970, UTC. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** A labelled point of the axis. */
export interface Tick {
  readonly time: number;
  /** 0 at the span's beginning, 1 at its end. */
  readonly at: number;
  readonly label: string;
}

/** Where an event's bar lies on the axis. */
export interface Bar {
  /** 0 at the span's beginning, 1 at its end. */
  readonly start: number;
  /** Never below `start`. */
  readonly end: number;
  /** 0 for one occurrence, 1 for the event with the most; grows with the logarithm of the count. */
  readonly weight: number;
}

/** Steps a person counts time in, up to weeks; longer ones are months and years, whose lengths vary. */
const evenSteps = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** Events by last use, the latest first; those without a date last, then by name. */
export function byLastUse(events: readonly ShownEvent[]): ShownEvent[] {
  const lastUse = (event: ShownEvent): number => event.last ?? event.first ?? -Infinity;
  return [...events].sort((a, b) => {
    const [left, right] = [lastUse(a), lastUse(b)];
    return left === right ? a.name.localeCompare(b.name) : right - left;
  });
}

/**
 * The span from the first to the last use of any event.
 * @returns undefined when no event has a date; a span of at least a minute otherwise
 */
export function timeSpan(events: readonly ShownEvent[]): TimeSpan | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (const { first, last } of events) {
    for (const time of [first, last]) {
      if (time === undefined) continue;
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  }
  if (from > to) return undefined;
  return to - from >= minute ? { from, to } : { from: to - minute / 2, to: to + minute / 2 };
}

/** A time as a share of the span: 0 at its beginning, 1 at its end. */
export function position(time: number, span: TimeSpan): number {
  return Math.min(1, Math.max(0, (time - span.from) / (span.to - span.from)));
}

/**
 * The bar of an event.
 * @param most the highest count of all events
 * @returns undefined when the event has no date
 */
export function bar(event: ShownEvent, span: TimeSpan, most: number): Bar | undefined {
  const known = [event.first, event.last].filter((time) => time !== undefined);
  if (known.length === 0) return undefined;
  const count = Math.max(1, event.count ?? 1);
  return {
    start: position(Math.min(...known), span),
    end: position(Math.max(...known), span),
    weight: most > 1 ? Math.min(1, Math.log(count) / Math.log(most)) : 0,
  };
}

/**
 * Ticks at round times of the user's zone.
 * @param most how many labels have room, at least 1
 */
export function ticks(span: TimeSpan, most: number): Tick[] {
  const length = span.to - span.from;
  const step = evenSteps.find((size) => length / size <= most);
  const times = step === undefined ? monthTimes(span, most) : evenTimes(span, step);
  return times.map((time) => ({ time, at: position(time, span), label: label(time, length, step) }));
}

function evenTimes(span: TimeSpan, step: number): number[] {
  const times: number[] = [];
  const start = new Date(span.from);
  start.setHours(0, 0, 0, 0);
  // Steps of days are counted by the calendar: where clocks change, a day is not 24 hours long.
  const next = (index: number): number => {
    if (step < day) return start.getTime() + index * step;
    return new Date(start.getFullYear(), start.getMonth(), start.getDate() + (index * step) / day).getTime();
  };
  const first = step < day ? Math.max(0, Math.floor((span.from - start.getTime()) / step)) : 0;
  for (let index = first; next(index) <= span.to; index++) {
    if (next(index) >= span.from) times.push(next(index));
  }
  return times;
}

function monthTimes(span: TimeSpan, most: number): number[] {
  const from = new Date(span.from);
  const to = new Date(span.to);
  const months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth();
  const step = monthSteps.find((size) => months / size <= most) ?? Math.ceil(months / most / 1200) * 1200;
  const times: number[] = [];
  const firstMonth = from.getFullYear() * 12 + from.getMonth();
  for (let month = Math.floor(firstMonth / step) * step; ; month += step) {
    const date = new Date(2000, month % 12, 1);
    date.setFullYear(Math.floor(month / 12));
    const time = date.getTime();
    if (!(time <= span.to)) return times;
    if (time >= span.from) times.push(time);
  }
}

function label(time: number, length: number, step: number | undefined): string {
  const options: Intl.DateTimeFormatOptions =
    step === undefined
      ? length > 6 * 365 * day
        ? { year: 'numeric' }
        : { month: 'short', year: 'numeric' }
      : step >= day
        ? { day: 'numeric', month: 'short' }
        : length > day
          ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
          : { hour: '2-digit', minute: '2-digit' };
  return new Date(time).toLocaleString(language(), options);
}
