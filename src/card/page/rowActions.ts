import type { ShownProperty } from '../content';
import { copyButton } from './copyButton';
import { element } from './element';
import { iconButton } from './toolkit';
import type { Send } from './vscodeApi';

/**
 * The buttons of the row that is pointed at or holds the focus. They exist only there: four buttons on each of a
 * thousand rows would be slow to make and, for the keyboard, four thousand stops. As in other grids, Enter goes from a
 * cell into its row's buttons, the arrow keys go on among them, and Escape goes back.
 */
export class RowActions {
  constructor(
    grid: HTMLElement,
    private readonly send: Send,
    private readonly find: (key: string) => ShownProperty | undefined,
  ) {
    grid.addEventListener('keydown', (event) => this.press(event), true);
    const pointed = (event: Event): void => this.show(event.target, 'pointed');
    const focused = (event: Event): void => this.show(event.target, 'focused');
    grid.addEventListener('pointerover', pointed);
    grid.addEventListener('pointerleave', () => this.hide('pointed'));
    grid.addEventListener('focusin', focused);
    grid.addEventListener('focusout', (event) => {
      if (!grid.contains(event.relatedTarget as Node | null)) this.hide('focused');
    });
  }

  private readonly rows: { pointed?: HTMLElement; focused?: HTMLElement } = {};
  /** The cell from which the buttons were entered. */
  private entered: HTMLElement | undefined;

  /** Before the grid itself, which takes every arrow key for a move among its cells. */
  private press(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const buttons = [...(target.closest('.property')?.querySelectorAll<HTMLElement>('.more, vscode-button') ?? [])];
    const place = buttons.indexOf(target);
    let next: HTMLElement | undefined;
    if (place < 0) {
      if (event.key === 'Enter' || event.key === 'F2') next = buttons[0];
      if (next) this.entered = target;
    } else if (event.key === 'Escape') {
      next = this.entered;
    } else {
      const step = { ArrowRight: 1, ArrowLeft: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
      if (step !== undefined) next = buttons[(place + step + buttons.length) % buttons.length];
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  private show(target: EventTarget | null, why: 'pointed' | 'focused'): void {
    const row = (target as Element).closest<HTMLElement>('.property') ?? undefined;
    if (row === this.rows[why]) return;
    this.hide(why);
    this.rows[why] = row;
    if (!row || row.querySelector('.row-actions')) return;
    const property = this.find(row.dataset.key ?? '');
    if (property) row.lastElementChild?.append(this.buttons(property));
  }

  private hide(why: 'pointed' | 'focused'): void {
    const row = this.rows[why];
    this.rows[why] = undefined;
    if (row && row !== this.rows.pointed && row !== this.rows.focused) row.querySelector('.row-actions')?.remove();
  }

  private buttons({ key, title, value }: ShownProperty): HTMLElement {
    const actions = element('span', { class: 'row-actions', role: 'group', 'aria-label': `Actions for ${title}` });
    actions.append(
      copyButton('copy', 'Copy Value', 'copyValue', key, this.send),
      copyButton('braces', 'Copy as "name": value', 'copyAssignment', key, this.send),
      iconButton('search', 'Find Leads With This Value', () => this.send({ type: 'findByValue', key })),
    );
    if (value.kind === 'address') {
      actions.append(iconButton('link', 'Open Link…', () => this.send({ type: 'openLink', key })));
    }
    return actions;
  }
}
