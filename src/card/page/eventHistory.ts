import * as l10n from '@vscode/l10n';
import { grouped, plural } from '../../language';
import type { Send } from '../protocol';
import type { ShownFollowing, ShownHistory, ShownOccurrence } from '../shownCard';
import { element, icon } from '../../webview/element';
import { setChildren } from '../../webview/keyedChildren';
import { dateElement, hostMoment } from '../../webview/time';
import { button, iconButton } from '../../webview/toolkit';
import { factsElement } from './valueElement';

/** What happened one by one, newest first, as far as it was asked for. */
export class EventHistory {
  readonly root = element('section', { class: 'history', 'aria-label': l10n.t('Event history') });
  private readonly heading = element('h2', {}, l10n.t('Event History'));
  private readonly list = element('ol', { class: 'occurrences' });
  private readonly note = element('p', { class: 'history-note', role: 'status' });
  private readonly read: HTMLElement;
  private readonly follow: HTMLElement;
  /** Says which events are shown, and has others chosen. */
  private readonly choose: HTMLElement;
  private readonly showAll: HTMLElement;
  /** How following stands; it changes each second, so it is not read aloud. */
  private readonly asked = element('span', { class: 'quiet following' });
  /** What has come in, for screen readers. */
  private readonly news = element('p', { class: 'for-readers', 'aria-live': 'polite' });
  private following: ShownFollowing = { state: 'off' };
  private clock: ReturnType<typeof setInterval> | undefined;
  /** The events that were announced. */
  private announced = new Set<string>();

  constructor(private readonly send: Send) {
    this.follow = button(l10n.t('Follow Events'), () => send({ type: 'follow', on: this.following.state !== 'on' }));
    this.read = button(l10n.t('Show Event History'), () => send({ type: 'readHistory' }));
    this.choose = button('', () => send({ type: 'chooseEvents' }));
    this.showAll = iconButton('close', l10n.t('Show All Events'), () => {
      send({ type: 'showAllEvents' });
      // The button goes, and the focus must not be lost with it.
      this.choose.focus();
    });
    const only = element('span', { class: 'only' }, this.choose, this.showAll);
    const bar = element('div', { class: 'follow-bar' }, this.follow, only, this.asked);
    this.root.append(this.heading, bar, this.news, this.list, this.note, this.read);
    this.update(undefined);
  }

  /** @param history undefined until it was asked for */
  update(history: ShownHistory | undefined): void {
    const occurrences = history?.occurrences ?? [];
    setChildren(
      this.list,
      occurrences.map((occurrence) => ({
        key: occurrence.id,
        version: JSON.stringify(occurrence),
        make: () => this.occurrence(occurrence),
      })),
    );
    this.showOnly(history?.only);
    this.announce(occurrences);
    this.heading.hidden = history === undefined;
    this.list.hidden = occurrences.length === 0;
    this.note.classList.toggle('failed', history?.state === 'failed');
    this.note.replaceChildren(...(history?.state === 'failed' ? [icon('warning')] : []), note(history));
    this.read.hidden =
      history !== undefined && (history.state === 'reading' || (history.state === 'read' && !history.more));
    const words =
      history === undefined
        ? l10n.t('Show Event History')
        : history.state === 'failed'
          ? l10n.t('Try Again')
          : l10n.t('Show Older Events');
    if (this.read.textContent !== words) this.read.textContent = words;
  }

  updateFollowing(following: ShownFollowing): void {
    if (following.state !== this.following.state) {
      this.follow.textContent = following.state === 'on' ? l10n.t('Stop Following') : l10n.t('Follow Events');
      this.follow.setAttribute('aria-pressed', String(following.state === 'on'));
      if (following.state === 'on') this.news.textContent = l10n.t('Following events.');
      else if (this.following.state === 'on') this.news.textContent = l10n.t('Following has ended.');
    }
    this.following = following;
    clearInterval(this.clock);
    if (following.state === 'on') this.clock = setInterval(() => this.tick(), second);
    this.tick();
  }

  private showOnly(name: string | undefined): void {
    const words = name === undefined ? l10n.t('Only One Event…') : l10n.t('Only “{0}”', name);
    if (this.choose.textContent !== words) {
      this.choose.replaceChildren(element('bdi', {}, words));
      this.choose.title =
        name === undefined ? l10n.t('Shows the events of one name alone') : l10n.t('Only “{0}”. Choose another…', name);
    }
    this.showAll.hidden = name === undefined;
  }

  private tick(): void {
    const words = followingWords(this.following);
    if (this.asked.textContent !== words) this.asked.textContent = words;
  }

  /** Tells screen readers what came in since they were told last. */
  private announce(occurrences: readonly ShownOccurrence[]): void {
    const fresh = occurrences.filter(({ id, arrived }) => arrived && !this.announced.has(id));
    this.announced = new Set(occurrences.flatMap(({ id, arrived }) => (arrived ? [id] : [])));
    const [newest] = fresh;
    if (newest)
      this.news.textContent = plural(fresh.length, l10n.t('{0} new event: {1}|{0} new events: {1}'), newest.name);
  }

  private occurrence({ name, time, facts, arrived }: ShownOccurrence): HTMLElement {
    const made = element(
      'li',
      { class: arrived ? 'arrived' : undefined },
      element('span', { class: 'occurrence-name', dir: 'auto' }, name),
    );
    if (time !== undefined) made.append(' ', dateElement({ kind: 'date', time, dateOnly: false }));
    if (facts.length > 0) made.append(factsElement(facts, this.send));
    return made;
  }
}

const second = 1000;

function followingWords({ state, asked }: ShownFollowing): string {
  if (state === 'off') return '';
  if (state === 'hidden') return l10n.t('No longer following: the card was out of sight for a minute.');
  if (asked === undefined) return l10n.t('Listening…');
  const ago = Math.max(0, Math.round((Date.now() - hostMoment(asked).time) / second));
  return l10n.t('Listening, last asked {0} s ago', grouped(ago));
}

function note(history: ShownHistory | undefined): string {
  if (!history) return '';
  if (history.state === 'reading') return l10n.t('Reading event history…');
  if (history.state === 'failed') return history.message ?? l10n.t('The event history could not be read.');
  const { only, occurrences, more } = history;
  if (occurrences.length === 0)
    return only === undefined
      ? l10n.t('No events have happened.')
      : l10n.t('No events called “{0}” have happened.', only);
  if (more) return '';
  return only === undefined ? l10n.t('These are all events.') : l10n.t('These are all events called “{0}”.', only);
}
