import * as l10n from '@vscode/l10n';
import { plural } from '../../language';
import type { CopyRequest, Send } from '../protocol';
import type { Fact } from '../shownCard';
import type { PageValue } from '../../webview/messages';
import { element, type IconName } from '../../webview/element';
import { shownText } from '../../webview/shownText';
import { dateElement } from '../../webview/time';
import { iconButton, setIcon } from '../../webview/toolkit';

/** How long a button shows that it has copied, in milliseconds. */
const confirmation = 1500;

const confirmations = new WeakMap<Element, () => void>();

/** A button that copies something about the fact with this key, and shows by another icon that it has. */
export function copyButton(name: IconName, label: string, request: CopyRequest, key: string, send: Send): HTMLElement {
  const made = iconButton(name, label, () => send({ type: request, key }));
  made.dataset.copies = copies(request, key);
  let timeout: number | undefined;
  confirmations.set(made, () => {
    setIcon(made, 'check');
    made.classList.add('copied');
    clearTimeout(timeout);
    timeout = window.setTimeout(() => {
      setIcon(made, name);
      made.classList.remove('copied');
    }, confirmation);
  });
  return made;
}

/** Lets the buttons that asked for this show that it is in the clipboard. */
export function confirmCopy(request: CopyRequest, key: string): void {
  for (const button of document.querySelectorAll(`[data-copies="${CSS.escape(copies(request, key))}"]`)) {
    confirmations.get(button)?.();
  }
}

function copies(request: CopyRequest, key: string): string {
  return `${request} ${key}`;
}

/** Longer texts are cut to this many characters until they are expanded. */
const collapsedLength = 400;

/** A value by what it is. Texts keep their line breaks and stand apart from the writing direction around them. */
export function valueElement(value: PageValue): HTMLElement {
  switch (value.kind) {
    case 'date':
      return dateElement(value);
    case 'list':
      return value.items.length === 0
        ? element('span', { class: 'quiet' }, l10n.t('Empty list'))
        : element('ul', { class: 'list' }, ...value.items.map((item) => element('li', {}, valueElement(item))));
    case 'unset':
      return element('span', { class: 'quiet' }, l10n.t('Not set'));
    case 'boolean':
      return element('span', { title: String(value.value) }, shownText(value));
    case 'number':
      return element('span', { class: 'number', title: value.text }, shownText(value));
    case 'json':
      return expandable(value.text, { className: 'text code' });
    case 'address':
      return expandable(value.text, { content: addressParts });
    default:
      return value.text === '' ? element('span', { class: 'quiet' }, l10n.t('Empty text')) : expandable(value.text);
  }
}

/** The text of an address, which is broken where its parts begin before it is broken anywhere else. */
function addressParts(text: string): (Node | string)[] {
  return text
    .split(/(?<=[/=])(?!\/)|(?=[?&#;])/)
    .flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part]));
}

/**
 * A short text as it is; a long one cut, with a button that shows the rest.
 * @param content makes what is shown of a text
 */
function expandable(
  text: string,
  { className = 'text', content = (part: string): (Node | string)[] => [part] } = {},
): HTMLElement {
  const shown = element('span', { class: className, dir: 'auto' }, ...content(text.slice(0, collapsedLength)));
  if (text.length <= collapsedLength) return shown;
  const rest = text.length - collapsedLength;
  const button = element('button', { class: 'more', type: 'button', 'aria-expanded': 'false' });
  const set = (expanded: boolean): void => {
    shown.replaceChildren(...content(expanded ? text : `${text.slice(0, collapsedLength)}…`));
    button.textContent = expanded
      ? l10n.t('Show less')
      : plural(rest, l10n.t('Show {0} more character|Show {0} more characters'));
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
    copyButton('copy', l10n.t('Copy {0}', title), 'copyValue', key, send),
  );
  if (value.kind === 'address')
    actions.append(iconButton('link', l10n.t('Open Link: {0}…', title), () => send({ type: 'openLink', key })));
  return element(
    'div',
    { class: 'fact', 'data-key': key },
    element('dt', {}, title),
    element('dd', {}, valueElement(value), actions),
  );
}
