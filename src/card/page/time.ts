import { relativeTime, shownUnixTime } from '../../leads/dates';
import { shownValue } from '../../leads/values';
import type { CardDate } from '../content';
import { element } from './element';

/** How often relative times are brought up to date, in milliseconds. */
const tick = 15_000;

/** A date in the user's zone and in UTC. A bare day is the same in every zone. */
export function dateTexts({ time, dateOnly }: CardDate): { readonly text: string; readonly utc: string } {
  const shown = dateOnly ? shownValue(new Date(time).toISOString().slice(0, 10)) : shownUnixTime(time / 1000);
  return shown?.kind === 'date' ? shown : { text: String(time), utc: '' };
}

/** A date in words, with the same in UTC at hover. */
export function dateElement(date: CardDate): HTMLTimeElement {
  const { text, utc } = dateTexts(date);
  return element('time', { datetime: new Date(date.time).toISOString(), title: utc }, text);
}

/** "2 minutes ago", kept true while it is on the page, with the exact time in the user's zone and in UTC at hover. */
export function relativeTimeElement(date: CardDate): HTMLTimeElement {
  const { text, utc } = dateTexts(date);
  const made = element('time', {
    datetime: new Date(date.time).toISOString(),
    title: `${text}\n${utc}`,
    'data-relative': '',
  });
  made.textContent = ago(date.time);
  return made;
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
