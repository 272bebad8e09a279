import * as l10n from '@vscode/l10n';
import type { Send } from '../protocol';
import type { ShownItem, ShownSection } from '../shownCard';
import { element } from '../../webview/element';
import { setChildren } from '../../webview/keyedChildren';
import { shownText } from '../../webview/shownText';
import { relativeTimeElement } from '../../webview/time';
import { iconButton } from '../../webview/toolkit';
import { factsElement, valueElement } from './valueElement';

/** Tags, segments, notes and conversations: a line for each, which opens to all that the service sent of it. */
export class SectionList {
  readonly root = element('div', { class: 'sections' });

  /** @param open is given the id of the conversation whose line was chosen */
  constructor(
    private readonly send: Send,
    private readonly open: (conversation: string) => void = () => undefined,
  ) {}

  /**
   * Paints what is new.
   * @param none of which sections the lead has none, in a sentence
   */
  update(sections: readonly ShownSection[], none: string | undefined): void {
    setChildren(this.root, [
      ...sections.map((section) => ({
        key: section.id,
        version: JSON.stringify(section),
        make: () => this.section(section),
      })),
      ...(none === undefined
        ? []
        : [{ key: 'none', version: none, make: () => element('p', { class: 'quiet' }, none) }]),
    ]);
  }

  private section({ title, count, note, chips, items }: ShownSection): HTMLElement {
    const heading = element('h2', {}, title);
    if (count !== undefined) heading.append(' ', element('span', { class: 'section-count' }, count));
    const made = element('section', { 'aria-label': title }, heading);
    if (note !== undefined) made.append(element('p', { class: 'quiet' }, note));
    if (items.length === 0) return made;
    const list = chips ? items.map(chip) : items.map((item) => this.line(item));
    made.append(element('ul', { class: chips ? 'chips' : 'items' }, ...list));
    return made;
  }

  private line(item: ShownItem): HTMLElement {
    const { title, time, mark, text, body, segment, conversation, isUnread, isClosed, facts } = item;
    const line =
      conversation === undefined
        ? element('summary')
        : element('button', { class: 'item-line', type: 'button', 'data-conversation': conversation });
    line.append(element('bdi', { class: 'item-title' }, title));
    if (isUnread) line.append(' ', element('span', { class: 'mark unread' }, l10n.t('Unread')));
    if (time) line.append(' ', element('span', { class: 'quiet' }, relativeTimeElement(time)));
    if (mark !== undefined) line.append(' ', element('span', { class: isClosed ? 'mark closed' : 'mark' }, mark));
    if (text !== undefined) line.append(' ', element('bdi', { class: 'item-text' }, text));
    if (conversation !== undefined) {
      line.addEventListener('click', () => this.open(conversation));
      return element('li', {}, line);
    }
    const made = element('li', {}, element('details', {}, line, factsElement(facts, this.send)));
    if (segment !== undefined) {
      const show = iconButton('leads', l10n.t('Show Leads of This Segment: {0}', title), () =>
        this.send({ type: 'showSegment', key: segment }),
      );
      made.append(show);
      made.classList.add('with-action');
    }
    if (body) made.append(element('div', { class: 'item-body' }, valueElement({ kind: 'text', text: body })));
    return made;
  }
}

/** A word; all that the service sent of it at hover. */
function chip({ title, mark, facts }: ShownItem): HTMLElement {
  const sent = facts.map((fact) => `${fact.title}: ${shownText(fact.value)}`);
  const text = title === '' ? (sent[0] ?? '') : title;
  const made = element('li', { class: 'chip', title: sent.join('\n') }, element('bdi', {}, text));
  if (mark !== undefined) made.append(' ', element('span', { class: 'mark' }, mark));
  return made;
}
