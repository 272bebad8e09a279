import type { ShownItem, ShownSection } from '../protocol';
import { element, icon, type Send } from './element';
import { setChildren } from './keyedChildren';
import { relativeTimeElement } from './time';
import { factsElement, valueElement } from './valueElement';

/** Segments, tags, notes, e-mail status and conversations, as they came. */
export class SectionList {
  readonly root = element('div', { class: 'sections' });

  constructor(private readonly send: Send) {}

  /** Paints what is new. */
  update(sections: readonly ShownSection[]): void {
    setChildren(
      this.root,
      sections.map((section) => ({
        key: section.id,
        version: JSON.stringify(section),
        make: () => this.section(section),
      })),
    );
  }

  private section({ title, summary, last, items, failure }: ShownSection): HTMLElement {
    const made = element('section', { 'aria-label': title }, element('h2', {}, title));
    if (failure) made.append(element('p', { class: 'failed' }, icon('warning'), element('span', {}, failure)));
    else if (summary) {
      const line = element('p', { class: items.length > 0 ? '' : 'quiet' }, summary);
      if (last) line.append(' The last message: ', relativeTimeElement(last), '.');
      made.append(line);
    }
    if (items.length > 0) made.append(element('ul', { class: 'items' }, ...items.map((item) => this.item(item))));
    return made;
  }

  private item({ title, text, facts }: ShownItem): HTMLElement {
    const made = element('li', {});
    if (title) made.append(element('span', { class: 'item-title', dir: 'auto' }, title));
    if (text) made.append(element('div', { class: 'item-text' }, valueElement({ kind: 'text', text })));
    if (facts.length > 0) made.append(factsElement(facts, this.send));
    return made;
  }
}
