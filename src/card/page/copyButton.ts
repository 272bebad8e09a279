import type { CopyRequest } from '../protocol';
import type { IconName } from './icon';
import { iconButton, setIcon } from './toolkit';
import type { Send } from './vscodeApi';

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
