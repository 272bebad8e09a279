import { dateInUtc, dateText, relativeTime } from '../../leads/dates';
import type { CardDate } from '../content';
import { element } from './element';

/** How often relative times are brought up to date, in milliseconds. */
const tick = 15_000;

/** A date in words, with the same in UTC at hover. */
export function dateElement(date: CardDate): HTMLTimeElement {
  const utc = dateInUtc(date);
  return element('time', { datetime: utc, title: utc }, dateText(date));
}

/** "2 minutes ago", kept true while it is on the page, with the exact time in the user's zone and in UTC at hover. */
export function relativeTimeElement(date: CardDate): HTMLTimeElement {
  const utc = dateInUtc(date);
  return element('time', { datetime: utc, title: `${dateText(date)}\n${utc}`, 'data-relative': '' }, ago(date.time));
}

function ago(time: number): string {
  const words = relativeTime(time, Date.now());
  return words === 'now' ? 'just now' : words;
}

/** Starts keeping every relative time on the page true. */
export function keepTimesTrue(): void {
  setInterval(() => {
    for (const made of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
      made.textContent = ago(Date.parse(made.dateTime));
    }
  }, tick);
}
