import * as l10n from '@vscode/l10n';
import { grouped, ofTotal, plural } from '../../language';
import { element, withValues } from '../../webview/element';
import { button, iconButton } from '../../webview/toolkit';
import { toolbar } from '../../webview/toolbar';
import type { ExactCount, Send, ShownDetail, ShownFrequent, ShownType, ShownValue } from '../protocol';
import { exactWords } from './table';
import { bar, share, textOf, valueElement } from './value';

/** All that is known of the selected row, and what can be done with it. */
export class Detail {
  readonly root = element('section', { class: 'detail', 'aria-label': l10n.t('Selected property') });
  private detail: ShownDetail | undefined;
  private count: ExactCount | undefined;
  private leads = 0;
  private canCount = false;
  private painted = '';

  constructor(private readonly send: Send) {}

  /** The key of what is shown. */
  get key(): string | undefined {
    return this.detail?.key;
  }

  /** @param leads how many leads were explored */
  update(detail: ShownDetail | undefined, leads: number, canCount: boolean): void {
    this.detail = detail;
    this.leads = leads;
    this.canCount = canCount;
    this.paint();
  }

  updateCount(count: ExactCount | undefined): void {
    this.count = count;
    this.paint();
  }

  /** Goes to the first of its buttons. */
  focus(): void {
    this.root.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  private paint(): void {
    // A row that is read again must not take away the focus from a button.
    const version = JSON.stringify([this.detail, this.count, this.leads, this.canCount]);
    if (version === this.painted) return;
    this.painted = version;
    const label = document.activeElement?.closest('.detail')
      ? (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)
      : undefined;
    this.root.replaceChildren(...(this.detail ? this.content(this.detail) : [hint()]));
    if (label === undefined) return;
    const buttons = [...this.root.querySelectorAll<HTMLElement>('vscode-button')];
    const again = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label);
    (again ?? buttons[0])?.focus();
  }

  private content(detail: ShownDetail): HTMLElement[] {
    const { title, name, count, facts, types, frequent } = detail;
    const heading = element('h2', {}, element('bdi', {}, title));
    const names = name === title ? [] : [element('p', { class: 'property-name' }, element('bdi', {}, name))];
    const has =
      count === 0
        ? l10n.t('None of the leads explored has it.')
        : l10n.t(
            '{0} leads explored have it, {1}.',
            ofTotal({ loaded: count, total: this.leads }),
            share(count, this.leads),
          );
    return [
      heading,
      ...names,
      element('p', {}, has, ...this.exact()),
      this.actions(detail),
      ...(facts.length > 0 ? [factList(facts)] : []),
      ...(types.length > 0 ? [typeTable(types)] : []),
      ...(frequent.length > 0 ? [this.values(detail)] : []),
    ];
  }

  private exact(): (Node | string)[] {
    const { count } = this;
    if (count?.state === 'counted')
      return [' ', plural(count.count, l10n.t('Exactly {0} lead of the list.|Exactly {0} leads of the list.'))];
    if (count?.state === 'failed') return [' ', ...exactWords(count), `: ${count.message}`];
    return count ? [' ', l10n.t('Counting…')] : [];
  }

  private actions({ key, orders }: ShownDetail): HTMLElement {
    const { send } = this;
    const made = toolbar('actions', l10n.t('What can be done with it'));
    if (this.canCount && this.count?.state !== 'counted') {
      made.append(button(l10n.t('Count Exactly'), () => send({ type: 'count', keys: [key] })));
    }
    made.append(button(l10n.t('Show Leads With It'), () => send({ type: 'showLeads', key })));
    for (const { title, index } of orders) made.append(button(title, () => send({ type: 'sort', key, index })));
    return made;
  }

  private values({ distinct, frequent, types, count }: ShownDetail): HTMLElement {
    const areItems = types.some(({ isList }) => isList);
    const words = frequentWords(frequent.length, distinct, areItems);
    return element(
      'section',
      { class: 'values', 'aria-label': words },
      element('h3', {}, words),
      element('ol', {}, ...frequent.map((value) => this.value(value, count))),
    );
  }

  private value({ key, value, count }: ShownFrequent, leads: number): HTMLElement {
    const made = element(
      'li',
      {},
      valueElement(value),
      bar(count, leads),
      element('span', { class: 'number' }, grouped(count)),
    );
    if (key !== undefined) {
      const label = l10n.t('Find Leads With This Value: {0}', textOf(value));
      made.append(iconButton('search', label, () => this.send({ type: 'findValue', key })));
    }
    return made;
  }
}

/** What stands above the most frequent values. */
function frequentWords(shown: number, distinct: number, areItems: boolean): string {
  if (shown === distinct)
    return plural(distinct, areItems ? l10n.t('{0} item|{0} items') : l10n.t('{0} value|{0} values'));
  return areItems
    ? l10n.t('The {0} most frequent of {1} different items', grouped(shown), grouped(distinct))
    : l10n.t('The {0} most frequent of {1} different values', grouped(shown), grouped(distinct));
}

function hint(): HTMLElement {
  return element('p', { class: 'quiet' }, l10n.t('Select a property to see its values, and to filter or sort by it.'));
}

function factList(facts: ShownDetail['facts']): HTMLElement {
  const lines = facts.map(({ title, value }: { title: string; value: ShownValue }) =>
    element('div', {}, element('dt', {}, title), element('dd', {}, valueElement(value))),
  );
  return element('dl', { class: 'facts' }, ...lines);
}

function typeTable(types: readonly ShownType[]): HTMLElement {
  const lines = types.map(({ type, count, smallest, largest, lengths }) => {
    const parts: (Node | string)[] = [];
    if (smallest && largest)
      parts.push(...withValues(l10n.t('{0} to {1}'), valueElement(smallest), valueElement(largest)));
    if (lengths !== undefined) parts.push(parts.length > 0 ? `, ${lengths}` : lengths);
    return element(
      'div',
      {},
      element('dt', {}, type, ' ', element('span', { class: 'number' }, grouped(count))),
      element('dd', {}, ...parts),
    );
  });
  return element('dl', { class: 'facts types' }, ...lines);
}
