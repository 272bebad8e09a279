import * as l10n from '@vscode/l10n';
import { ofTotal, plural } from '../../language';
import type { Send } from '../protocol';
import type { ShownGroup, ShownProperty } from '../shownCard';
import { element, icon } from '../../webview/element';
import { type Keyed, setChildren } from '../../webview/keyedChildren';
import { arranged, type PropertyOrder } from './propertyOrder';
import { grid, gridCell, gridRow, iconButton, textField } from '../../webview/toolkit';
import { copyButton, valueElement } from './valueElement';

/**
 * The buttons of the row that is pointed at or holds the focus. They exist only there: four buttons on each of a
 * thousand rows would be slow to make and, for the keyboard, four thousand stops. As in other grids, Enter goes from a
 * cell into its row's buttons, the arrow keys go on among them, and Escape goes back.
 */
class RowActions {
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

  private buttons({ key, title, value, isProperty }: ShownProperty): HTMLElement {
    const actions = element('span', {
      class: 'row-actions',
      role: 'group',
      'aria-label': l10n.t('Actions for {0}', title),
    });
    actions.append(
      copyButton('copy', l10n.t('Copy Value'), 'copyValue', key, this.send),
      copyButton('braces', l10n.t('Copy as "name": value'), 'copyAssignment', key, this.send),
      iconButton('raw', l10n.t('Show Raw Value'), () => this.send({ type: 'readRaw', key })),
    );
    if (isProperty) {
      actions.append(
        iconButton('search', l10n.t('Find Leads With This Value'), () => this.send({ type: 'findByValue', key })),
      );
    }
    if (value.kind === 'address') {
      actions.append(iconButton('link', l10n.t('Open Link…'), () => this.send({ type: 'openLink', key })));
    }
    return actions;
  }
}

/** Rows painted at once; the rest follows in steps as long, so that a lead with a thousand properties opens at once too. */
const rowsAStep = 80;

/** Up to this width, in CSS pixels, values stand under their names, and the grid has no header. */
const narrow = 480;

/** All properties in groups, in a grid that can be filtered and sorted. */
export class PropertyGrid {
  readonly root: HTMLElement;
  private groups: readonly ShownGroup[] = [];
  private order: PropertyOrder = { by: 'group', descending: false };
  private readonly filter = textField(l10n.t('Filter properties'), () => this.paint());
  private readonly found = element('p', { class: 'found', role: 'status' });
  private readonly grid = grid(l10n.t('Properties'));
  private readonly nameHeader = gridCell('columnheader', 1);
  private readonly valueHeader = gridCell('columnheader', 2);
  private readonly header = gridRow(this.nameHeader, this.valueHeader);
  private painting = 0;
  private isNarrow = false;
  private changes = 0;

  constructor(send: Send) {
    this.root = element(
      'div',
      { class: 'properties' },
      element('div', { class: 'filter' }, this.filter, this.found),
      this.grid,
    );
    this.header.classList.add('grid-header');
    new RowActions(this.grid, send, (key) => this.find(key));
    this.sortable(this.nameHeader, 'name');
    this.sortable(this.valueHeader, 'value');
    this.paintHeader();
    new ResizeObserver(() => this.resized()).observe(this.root);
  }

  /**
   * Paints what is new.
   * @param changes how many properties the list says otherwise
   */
  update(groups: readonly ShownGroup[], changes: number): void {
    this.groups = groups;
    this.changes = changes;
    this.paint();
  }

  /** Shows below the value with this key how the service sent it; hides that when it is there. */
  showRaw(key: string, text: string): void {
    const cell = this.grid.querySelector(`.property[data-key="${CSS.escape(key)}"]`)?.lastElementChild;
    const shown = cell?.querySelector('.raw');
    if (shown) shown.remove();
    else cell?.append(element('span', { class: 'raw' }, text));
  }

  private resized(): void {
    const { clientWidth } = this.root;
    const isNarrow = clientWidth <= narrow;
    // Behind another tab it has no width.
    if (clientWidth === 0 || isNarrow === this.isNarrow) return;
    this.isNarrow = isNarrow;
    this.root.classList.toggle('narrow', isNarrow);
    this.paint();
  }

  private find(key: string): ShownProperty | undefined {
    for (const group of this.groups) {
      const found = group.properties.find((property) => property.key === key);
      if (found) return found;
    }
    return undefined;
  }

  /** Each press goes on: ascending, descending, as the groups have it. */
  private sortable(header: HTMLElement, by: 'name' | 'value'): void {
    const press = (): void => {
      if (this.order.by !== by) this.order = { by, descending: false };
      else this.order = this.order.descending ? { by: 'group', descending: false } : { by, descending: true };
      this.paintHeader();
      this.paint();
    };
    header.addEventListener('click', press);
    header.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      press();
    });
  }

  private paintHeader(): void {
    for (const [header, by, title] of [
      [this.nameHeader, 'name', l10n.t('Name')],
      [this.valueHeader, 'value', l10n.t('Value')],
    ] as const) {
      const { descending } = this.order;
      const mine = this.order.by === by;
      header.setAttribute('aria-sort', mine ? (descending ? 'descending' : 'ascending') : 'none');
      header.title =
        mine && descending
          ? l10n.t('Back to the Order of the Groups')
          : mine
            ? l10n.t('Sort by {0}, Descending', title)
            : l10n.t('Sort by {0}', title);
      header.replaceChildren(title, ...(mine ? [icon(descending ? 'descending' : 'ascending')] : []));
    }
  }

  private paint(): void {
    const shown = arranged(this.groups, this.filter.value, this.order);
    const rows: Keyed[] = this.isNarrow ? [] : [{ key: 'header', version: '', make: () => this.header }];
    for (const group of shown) {
      rows.push({ key: `group:${group.title}`, version: '', make: () => groupRow(group) });
      for (const property of group.properties) {
        rows.push({ key: property.key, version: JSON.stringify(property), make: () => propertyRow(property) });
      }
    }
    this.paintFound(shown);
    this.paintRows(rows);
  }

  private paintRows(rows: readonly Keyed[]): void {
    const mine = ++this.painting;
    const step = (end: number): void => {
      if (mine !== this.painting) return;
      setChildren(this.grid, rows.slice(0, end));
      if (end < rows.length) setTimeout(() => step(end + rowsAStep * 2));
    };
    // What is already on the page stays there: a refresh must not shrink the grid under the reader's eyes.
    step(Math.max(rowsAStep, Math.min(this.grid.childElementCount, rows.length)));
  }

  private paintFound(shown: readonly ShownGroup[]): void {
    const count = (groups: readonly ShownGroup[]): number =>
      groups.reduce((sum, group) => sum + group.properties.length, 0);
    const [found, all] = [count(shown), count(this.groups)];
    const changed = l10n.t(
      '{0} property has changed since the lead was listed|{0} properties have changed since the lead was listed',
    );
    const standing = this.changes > 0 ? plural(this.changes, changed) : '';
    const isFiltered = this.filter.value.trim() !== '';
    const text = !isFiltered
      ? standing
      : found === 0
        ? l10n.t('No property matches')
        : ofTotal({ loaded: found, total: all });
    if (this.found.textContent !== text) this.found.textContent = text;
  }
}

function groupRow({ title }: ShownGroup): HTMLElement {
  const row = gridRow(gridCell('rowheader', 1, title));
  row.classList.add('group');
  return row;
}

function propertyRow(property: ShownProperty): HTMLElement {
  const { name, title, value, before } = property;
  const names: (Node | string)[] = [element('span', { class: 'property-title', dir: 'auto' }, title)];
  if (name !== title) names.push(element('span', { class: 'property-name' }, name));
  const values: Node[] = [valueElement(value)];
  if (before) {
    values.push(element('span', { class: 'differs' }, icon('refresh'), l10n.t('Before:'), ' ', valueElement(before)));
  }
  const row = gridRow(gridCell('rowheader', 1, ...names), gridCell('default', 2, ...values));
  row.classList.add('property');
  return row;
}
