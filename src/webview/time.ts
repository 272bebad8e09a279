import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import { dateInUtc, dateText, pastTime } from '../leads/dates';
import type { TypedValue } from '../leads/values';
import { element } from './element';

/** A point in time, or a bare day. */
type DateValue = Extract<TypedValue, { readonly kind: 'date' }>;

/** How often relative times are brought up to date, in milliseconds. */
const tick = 15_000;

/** A date as a page writes it: all of them are in the zone of this machine, which the page names once. */
export function shownDate(date: DateValue): string {
  return dateText(date, { withZone: false });
}

/** A date with the name of its zone, and in UTC. */
export function dateTitle(date: DateValue): string {
  return date.dateOnly ? dateInUtc(date) : `${dateText(date)}\n${dateInUtc(date)}`;
}

/** A date in words, with its zone and the same in UTC at hover. */
export function dateElement(date: DateValue): HTMLTimeElement {
  return element('time', { datetime: dateInUtc(date), title: dateTitle(date) }, shownDate(date));
}

/** "2 minutes ago", kept true while it is on the page, with the exact time in the user's zone and in UTC at hover. */
export function relativeTimeElement(date: DateValue): HTMLTimeElement {
  return element('time', { datetime: dateInUtc(date), title: dateTitle(date), 'data-relative': '' }, ago(date.time));
}

/** A message takes less than this many milliseconds: what two clocks differ by less is none. */
const messageTime = 5000;

/** How far the clock of this machine is ahead of the host's, in milliseconds; undefined until the host has spoken. */
let clockDifference: number | undefined;

/** @param now what the host's clock says, in milliseconds since 1970: it may run on another machine */
export function setHostClock(now: number): void {
  const difference = Date.now() - now;
  clockDifference ??= Math.abs(difference) < messageTime ? 0 : difference;
}

/** A moment that the host's clock has given, by the clock of this machine. */
export function hostMoment(time: number): DateValue {
  return { kind: 'date', time: time + (clockDifference ?? 0), dateOnly: false };
}

/** What has happened lies in the past, whatever the clocks of two machines say. */
function ago(time: number): string {
  const now = Date.now();
  return now - time < minute ? l10n.t('just now') : pastTime(time, now);
}

/** Starts keeping every relative time on the page true. */
export function keepTimesTrue(): void {
  setInterval(() => {
    for (const made of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
      made.textContent = ago(Date.parse(made.dateTime));
    }
  }, tick);
}
