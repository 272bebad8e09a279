import { element } from './element';

const buttonSelector = 'vscode-button, button';

/**
 * A row of buttons that is one stop of the Tab key: the arrow keys, Home and End go on among them, as in the toolbars of
 * VS Code (ARIA calls it a roving tabindex). Buttons may come and go.
 */
export function toolbar(className: string, label: string): HTMLElement {
  const root = element('div', { class: className, role: 'toolbar', 'aria-label': label });
  const all = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(buttonSelector)];
  let current: HTMLElement | undefined;
  const moveTo = (next: HTMLElement | undefined): void => {
    current = next;
    for (const button of all()) button.setAttribute('tabindex', button === next ? '0' : '-1');
  };
  new MutationObserver(() => moveTo(all().find((button) => button === current) ?? all()[0])).observe(root, {
    childList: true,
    subtree: true,
  });
  root.addEventListener('focusin', ({ target }) =>
    moveTo((target as Element).closest<HTMLElement>(buttonSelector) ?? current),
  );
  root.addEventListener('keydown', (event) => {
    const list = all();
    const place = list.findIndex((button) => button.contains(event.target as Node));
    if (place < 0) return;
    const { length } = list;
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1 + length, Home: 0, End: length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    list[next % length]?.focus();
  });
  return root;
}
