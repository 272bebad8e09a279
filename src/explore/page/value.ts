import * as l10n from '@vscode/l10n';
import { dateInUtc } from '../../leads/dates';
import { element } from '../../webview/element';
import { shownText } from '../../webview/shownText';
import type { ShownValue } from '../protocol';

/** What a value reads as on the page. */
export function textOf(value: ShownValue): string {
  return shownText(value) || l10n.t('empty text');
}

/** A value in one line, cut off where there is no more room; all of it at hover. */
export function valueElement(value: ShownValue | undefined): HTMLElement {
  if (!value) return element('span');
  const text = textOf(value);
  const isEmpty = value.kind === 'text' && value.text === '';
  const title = value.kind === 'date' ? dateInUtc(value) : text;
  return element('bdi', { class: isEmpty ? 'value quiet' : `value ${value.kind}`, title }, text);
}

/** How much of a whole, as a bar; its number has to be said beside it. */
export function bar(part: number, whole: number): HTMLElement {
  const made = element('span', { class: 'bar', 'aria-hidden': 'true' });
  const filled = made.appendChild(element('span', { class: 'filled' }));
  // The policy of the page refuses styles in attributes, not those that a script sets.
  filled.style.width = `${whole === 0 ? 0 : (100 * part) / whole}%`;
  return made;
}

/** `12%`; what is more than nothing is never called that, and what is less than all never all. */
export function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent > 0 && percent < 1) return '<1%';
  return `${percent > 99 && percent < 100 ? 99 : Math.round(percent)}%`;
}
