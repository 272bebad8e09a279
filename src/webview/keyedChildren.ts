/** Something painted under a key that is unique among its neighbours. */
export interface Keyed {
  readonly key: string;
  /** Changes whenever what is painted does. */
  readonly version: string;
  readonly make: () => HTMLElement;
}

const versions = new WeakMap<Element, string>();

/**
 * Makes the children of an element what is wanted, in that order, and keeps every child whose version is still the
 * same: a refresh every half minute must not take away focus, selection, scroll position or what was expanded.
 */
export function setChildren(parent: Element, wanted: readonly Keyed[]): void {
  const focused = document.activeElement;
  const focusedKey =
    focused && parent.contains(focused) ? focused.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
  const old = new Map([...parent.children].map((child) => [(child as HTMLElement).dataset.key, child]));
  const children = wanted.map(({ key, version, make }) => {
    const kept = old.get(key);
    if (kept && versions.get(kept) === version) return kept;
    const made = make();
    made.dataset.key = key;
    versions.set(made, version);
    return made;
  });
  place(parent, children);
  if (focusedKey !== undefined && !parent.contains(document.activeElement)) refocus(parent, focusedKey);
}

/** Moves only what is not in its place: moving an element takes the focus from it. */
function place(parent: Element, children: readonly Element[]): void {
  const kept = new Set(children);
  for (const child of [...parent.children]) {
    if (!kept.has(child)) child.remove();
  }
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

function refocus(parent: Element, key: string): void {
  const again = parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const target = again?.matches('[tabindex]')
    ? again
    : again?.querySelector<HTMLElement>('[tabindex], button, vscode-button');
  target?.focus();
}
