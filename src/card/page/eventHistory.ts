import type { ShownHistory, ShownOccurrence } from '../protocol';
import { element, icon, type Send } from './element';
import { setChildren } from './keyedChildren';
import { dateElement } from './time';
import { button } from './toolkit';
import { factsElement } from './valueElement';

/** What happened one by one, newest first, as far as it was asked for. */
export class EventHistory {
  readonly root = element('section', { class: 'history', 'aria-label': 'Event history' });
  private readonly heading = element('h2', {}, 'Event History');
  private readonly list = element('ol', { class: 'occurrences' });
  private readonly note = element('p', { class: 'history-note', role: 'status' });
  private readonly read: HTMLElement;

  constructor(private readonly send: Send) {
    this.read = button('Show Event History', () => send({ type: 'readHistory' }));
    this.root.append(this.heading, this.list, this.note, this.read);
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
    this.heading.hidden = history === undefined;
    this.list.hidden = occurrences.length === 0;
    this.note.classList.toggle('failed', history?.state === 'failed');
    this.note.replaceChildren(...(history?.state === 'failed' ? [icon('warning')] : []), note(history));
    this.read.hidden =
      history !== undefined && (history.state === 'reading' || (history.state === 'read' && !history.more));
    const words =
      history === undefined ? 'Show Event History' : history.state === 'failed' ? 'Try Again' : 'Show Older Events';
    if (this.read.textContent !== words) this.read.textContent = words;
  }

  private occurrence({ name, time, facts }: ShownOccurrence): HTMLElement {
    const made = element('li', {}, element('span', { class: 'occurrence-name', dir: 'auto' }, name));
    if (time !== undefined) made.append(' ', dateElement({ kind: 'date', time, dateOnly: false }));
    if (facts.length > 0) made.append(factsElement(facts, this.send));
    return made;
  }
}

function note(history: ShownHistory | undefined): string {
  if (!history) return '';
  if (history.state === 'reading') return 'Reading event history…';
  if (history.state === 'failed') return history.message ?? 'The event history could not be read.';
  if (history.occurrences.length === 0) return 'No events have happened.';
  return history.more ? '' : 'These are all events.';
}
