import { plural } from '../../leads/text';
import type { CardCommand, CardContent, CardValue, Fact, ShownDetails } from '../protocol';
import { element, icon, type IconName, type Send } from './element';
import { setChildren, type Keyed } from './keyedChildren';
import { hostMoment, relativeTimeElement } from './time';
import { badge, button, iconButton } from './toolkit';
import { factsElement, valueElement } from './valueElement';

const commands: readonly { readonly command: CardCommand; readonly text: string; readonly icon?: IconName }[] = [
  { command: 'copyJson', text: 'Copy JSON', icon: 'copy' },
  { command: 'openJson', text: 'Open JSON', icon: 'braces' },
  { command: 'copyJsonToNewEditor', text: 'JSON to New Editor' },
  { command: 'compareWith', text: 'Compare With…' },
  { command: 'compareWithEarlier', text: 'Compare With Earlier State' },
];

/** Who the lead is, whether they are here, and what can be done with the whole of it. */
export class Header {
  readonly root = element('header', { class: 'header' });
  private readonly toolbar: HTMLElement;

  constructor(private readonly send: Send) {
    this.toolbar = element(
      'div',
      { class: 'commands', role: 'group', 'aria-label': 'This lead' },
      ...commands.map((item) => button(item.text, () => send({ type: 'command', command: item.command }), item.icon)),
    );
  }

  /** Paints what is new. */
  update(content: CardContent): void {
    const { name, presence, lastSeen, contacts, visit, removed, details, masked, pinned } = content;
    setChildren(this.root, [
      keyed('title', [name, presence, lastSeen, masked, pinned], () => this.title(content)),
      ...(contacts.length > 0
        ? [keyed('contacts', contacts, () => labelled('Contacts', factsElement(contacts, this.send)))]
        : []),
      ...(visit ? [keyed('visit', visit, () => this.visit(visit))] : []),
      ...(removed ? [keyed('removed', removed, () => removedNote(removed))] : []),
      keyed('details', details, () => this.details(details)),
      keyed('commands', 0, () => this.toolbar),
    ]);
  }

  private visit(facts: readonly Fact[]): HTMLElement {
    const block = labelled('On the site now', element('h2', {}, 'On the Site Now'));
    block.append(factsElement(facts, this.send));
    block.classList.add('visit');
    return block;
  }

  private title({ name, presence, lastSeen, masked, pinned }: CardContent): HTMLElement {
    const mark = element(
      'span',
      { class: `presence ${presence.state}` },
      element('span', { class: 'dot', 'aria-hidden': 'true' }),
      badge(presence.words),
    );
    const line = element('p', { class: 'subtitle' }, mark);
    if (lastSeen) line.append(element('span', {}, 'Last seen ', relativeTimeElement(lastSeen)));
    if (masked) line.append(element('span', { class: 'masked' }, 'Contacts are masked'));
    const title = element(
      'div',
      { class: 'title' },
      element('div', { class: 'who' }, element('h1', { dir: 'auto' }, name), line),
    );
    if (!pinned) {
      title.append(iconButton('pin', 'Keep This Card Open', () => this.send({ type: 'command', command: 'pinCard' })));
    }
    return title;
  }

  private details(details: ShownDetails): HTMLElement {
    const line = element('p', { class: 'details' });
    switch (details.state) {
      case 'reading':
        line.append('Reading details…');
        return line;
      case 'read':
        line.append('Details read ', relativeTimeElement(hostMoment(details.at)));
        if (details.changes > 0) line.append(element('span', { class: 'changes' }, differences(details.changes)));
        break;
      case 'failed':
        line.classList.add('failed');
        line.append(icon('warning'), element('span', {}, details.message));
        if (details.at !== undefined) {
          line.append(' Shown as read ', relativeTimeElement(hostMoment(details.at)), '.');
        }
    }
    line.append(
      iconButton('refresh', details.state === 'failed' ? 'Try Again' : 'Refresh Details', () =>
        this.send({ type: 'refresh' }),
      ),
    );
    return line;
  }
}

function removedNote(date: CardValue): HTMLElement {
  const words = element('span', {}, 'This lead was merged into another one, or wiped, ', valueElement(date), '.');
  return element('p', { class: 'failed block' }, icon('warning'), words);
}

function differences(count: number): string {
  return plural(count, 'property differs from the list', 'properties differ from the list');
}

function labelled(label: string, content: HTMLElement): HTMLElement {
  return element('section', { class: 'block', 'aria-label': label }, content);
}

function keyed(key: string, version: unknown, make: () => HTMLElement): Keyed {
  return { key, version: JSON.stringify(version), make };
}
