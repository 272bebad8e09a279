import type { CardValue, Fact } from '../content';
import type { Send } from './vscodeApi';
import { copyButton } from './copyButton';
import { element } from './element';
import { valueText } from './propertyOrder';
import { dateElement, dateTexts } from './time';
import { iconButton } from './toolkit';

/** Longer texts are cut to this many characters until they are expanded. */
const collapsedLength = 400;

/** What a value reads as on the page. */
export function paintedText(value: CardValue): string {
  if (value.kind === 'date') return dateTexts(value).text;
  if (value.kind === 'boolean') return value.value ? 'Yes' : 'No';
  return valueText(value);
}

/** A value by what it is. Texts keep their line breaks and stand apart from the writing direction around them. */
export function valueElement(value: CardValue): HTMLElement {
  switch (value.kind) {
    case 'date':
      return dateElement(value);
    case 'list':
      return value.items.length === 0
        ? element('span', { class: 'quiet' }, 'Empty list')
        : element('ul', { class: 'list' }, ...value.items.map((item) => element('li', {}, expandable(item))));
    case 'unset':
      return element('span', { class: 'quiet' }, 'Not set');
    case 'boolean':
      return element('span', { title: String(value.value) }, paintedText(value));
    case 'number':
      return element('span', { class: 'number' }, value.text);
    case 'json':
      return expandable(value.text, 'text code');
    default:
      return value.text === '' ? element('span', { class: 'quiet' }, 'Empty text') : expandable(value.text);
  }
}

/** A short text as it is; a long one cut, with a button that shows the rest. */
function expandable(text: string, className = 'text'): HTMLElement {
  const shown = element('span', { class: className, dir: 'auto' }, text);
  if (text.length <= collapsedLength) return shown;
  const rest = text.length - collapsedLength;
  const button = element('button', { class: 'more', type: 'button', 'aria-expanded': 'false' });
  const set = (expanded: boolean): void => {
    shown.textContent = expanded ? text : `${text.slice(0, collapsedLength)}…`;
    button.textContent = expanded ? 'Show less' : `Show ${rest.toLocaleString('en')} more characters`;
    button.setAttribute('aria-expanded', String(expanded));
  };
  set(false);
  button.addEventListener('click', () => set(button.getAttribute('aria-expanded') === 'false'));
  return element('span', { class: 'expandable' }, shown, ' ', button);
}

/** Facts as a list of terms and values, each with *Copy* and, for an address, *Open Link*. */
export function factsElement(facts: readonly Fact[], send: Send): HTMLElement {
  return element('dl', { class: 'facts' }, ...facts.map((fact) => factElement(fact, send)));
}

function factElement({ key, title, value }: Fact, send: Send): HTMLElement {
  const actions = element(
    'span',
    { class: 'fact-actions' },
    copyButton('copy', `Copy ${title}`, 'copyValue', key, send),
  );
  if (value.kind === 'address') actions.append(iconButton('link', `Open Link: ${title}…`, () => send({ type: 'openLink', key })));
  return element(
    'div',
    { class: 'fact', 'data-key': key },
    element('dt', {}, title),
    element('dd', {}, valueElement(value), actions),
  );
}
