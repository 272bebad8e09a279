import * as l10n from '@vscode/l10n';
import { grouped, language } from '../../language';
import { element, icon } from '../../webview/element';
import { type Keyed, setChildren } from '../../webview/keyedChildren';
import type { ExactCount, ShownRow } from '../protocol';
import { bar, share, valueElement } from './value';

/** What the rows can be sorted by; `sent` is the order in which the host sent them. */
type Order = 'sent' | 'title' | 'type' | 'count' | 'exact';

const columns: readonly { readonly title: string; readonly name: string; readonly by?: Order }[] = [
  { title: l10n.t('Property'), name: 'title', by: 'title' },
  { title: l10n.t('Type'), name: 'type', by: 'type' },
  { title: l10n.t('Leads Explored'), name: 'count', by: 'count' },
  { title: l10n.t('Exactly'), name: 'exact', by: 'exact' },
  { title: l10n.t('Smallest'), name: 'smallest' },
  { title: l10n.t('Largest'), name: 'largest' },
];

const collator = new Intl.Collator(language(), { numeric: true, sensitivity: 'base' });

/** Rows above and below those in sight that exist as well. */
const spare = 10;

/**
 * The properties as rows, of which only those in sight exist: an app may have thousands. The focus is on the table, and
 * the arrow keys move the selected row.
 */
export class Table {
  readonly root: HTMLElement;
  private readonly header = element('div', { class: 'header', role: 'row', 'aria-rowindex': '1' });
  private readonly body = element('div', { class: 'body', role: 'rowgroup' });
  private rows: readonly ShownRow[] = [];
  private shown: readonly ShownRow[] = [];
  private counts: Readonly<Record<string, ExactCount>> = {};
  private leads = 0;
  private filter = '';
  private order: { by: Order; descending: boolean } = { by: 'sent', descending: false };
  private selected: string | undefined;
  private readonly rowHeight = Math.ceil(2.1 * parseFloat(getComputedStyle(document.body).fontSize || '13'));

  /**
   * @param onSelect called with the key of the row that is selected now
   * @param onEnter called for Enter on the selected row
   * @param onShow called when other rows are shown
   */
  constructor(
    private readonly onSelect: (key: string) => void,
    onEnter: () => void,
    private readonly onShow: () => void,
  ) {
    this.root = element(
      'div',
      { class: 'table', role: 'grid', tabindex: '0', 'aria-label': l10n.t('Properties and events') },
      this.header,
      this.body,
    );
    this.root.style.setProperty('--row', `${this.rowHeight}px`);
    this.root.addEventListener('scroll', () => this.paintRows());
    new ResizeObserver(() => this.paintRows()).observe(this.root);
    this.root.addEventListener('keydown', (event) => this.press(event, onEnter));
    this.body.addEventListener('click', ({ target }) => {
      const key = (target as Element).closest<HTMLElement>('[data-key]')?.dataset.key;
      if (key !== undefined) this.select(key);
    });
    this.paintHeader();
  }

  /** How many rows match the filter, and how many there are. */
  get found(): { readonly shown: number; readonly all: number } {
    return { shown: this.shown.length, all: this.rows.length };
  }

  /** The keys of the rows that match, from the top. */
  get keys(): string[] {
    return this.shown.map(({ key }) => key);
  }

  /** @param leads how many leads were explored */
  update(rows: readonly ShownRow[], leads: number): void {
    this.rows = rows;
    this.leads = leads;
    this.arrange();
  }

  updateCounts(counts: Readonly<Record<string, ExactCount>>): void {
    this.counts = counts;
    if (this.order.by === 'exact') this.arrange();
    else this.paintRows();
  }

  /** Shows only what holds the text in its title, name or type. */
  filterBy(text: string): void {
    this.filter = text.trim().toLowerCase();
    this.root.scrollTop = 0;
    this.arrange();
  }

  /** Marks the row whose detail is there already, where none is selected: the page was thrown away and has come back. */
  restore(key: string): void {
    if (this.selected === undefined) this.mark(key);
  }

  private arrange(): void {
    const { by, descending } = this.order;
    const holds = ({ title, name, types }: ShownRow): boolean =>
      [title, name, ...types].some((text) => text.toLowerCase().includes(this.filter));
    const rows = this.rows.filter(holds);
    const direction = descending ? -1 : 1;
    if (by !== 'sent') rows.sort((one, other) => direction * this.compare(by, one, other));
    this.shown = rows;
    this.root.setAttribute('aria-rowcount', String(rows.length + 1));
    this.paintRows();
    this.onShow();
  }

  private compare(by: Order, one: ShownRow, other: ShownRow): number {
    const titles = collator.compare(one.title, other.title);
    switch (by) {
      case 'type':
        return collator.compare(one.types.join(), other.types.join()) || titles;
      case 'count':
        return one.count - other.count || titles;
      case 'exact':
        return this.exact(one) - this.exact(other) || titles;
      default:
        return titles;
    }
  }

  private exact({ key }: ShownRow): number {
    const count = this.counts[key];
    return count?.state === 'counted' ? count.count : -1;
  }

  private press(event: KeyboardEvent, onEnter: () => void): void {
    if (event.target !== this.root) return;
    const place = this.shown.findIndex(({ key }) => key === this.selected);
    const page = Math.max(1, Math.floor((this.root.clientHeight - this.rowHeight) / this.rowHeight) - 1);
    const last = this.shown.length - 1;
    const next = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Enter' && place >= 0) onEnter();
    else if (next === undefined) return;
    else {
      const row = this.shown[Math.max(0, Math.min(last, next))];
      if (row) this.select(row.key);
    }
    event.preventDefault();
  }

  private select(key: string): void {
    this.mark(key);
    this.onSelect(key);
  }

  private mark(key: string): void {
    this.selected = key;
    this.bringIntoSight(this.shown.findIndex((row) => row.key === key));
    this.paintRows();
  }

  /** The header stays at the top of what is seen. */
  private bringIntoSight(place: number): void {
    const { root, rowHeight } = this;
    const top = place * rowHeight;
    const room = root.clientHeight - 2 * rowHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top > root.scrollTop + room) root.scrollTop = top - room;
  }

  /** Each press goes on: descending for numbers, ascending for words, the other way round, as it was sent. */
  private sortBy(by: Order): void {
    const first = by === 'count' || by === 'exact';
    if (this.order.by !== by) this.order = { by, descending: first };
    else this.order = this.order.descending === first ? { by, descending: !first } : { by: 'sent', descending: false };
    this.paintHeader();
    this.arrange();
  }

  private paintHeader(): void {
    const cells = columns.map(({ title, name, by }) => {
      const mine = by !== undefined && this.order.by === by;
      const { descending } = this.order;
      const sort = mine ? (descending ? 'descending' : 'ascending') : 'none';
      const cell = element('div', {
        class: `cell ${name}`,
        role: 'columnheader',
        'aria-sort': by === undefined ? undefined : sort,
      });
      if (by === undefined) cell.append(title);
      else {
        const button = element('button', { type: 'button', title: l10n.t('Sort by {0}', title) }, title);
        if (mine) button.append(' ', icon(descending ? 'descending' : 'ascending'));
        button.addEventListener('click', () => {
          this.sortBy(by);
          this.header.querySelector<HTMLElement>(`.${name} button`)?.focus();
        });
        cell.append(button);
      }
      return cell;
    });
    this.header.replaceChildren(...cells);
  }

  private paintRows(): void {
    const { root, rowHeight, shown } = this;
    const first = Math.max(0, Math.floor(root.scrollTop / rowHeight) - spare);
    const end = Math.min(shown.length, first + Math.ceil(root.clientHeight / rowHeight) + 2 * spare);
    this.body.style.height = `${shown.length * rowHeight}px`;
    const rows = shown.slice(first, end).map((row, index): Keyed => {
      const place = first + index;
      const isSelected = row.key === this.selected;
      const count = this.counts[row.key];
      return {
        key: row.key,
        version: JSON.stringify([row, place, isSelected, count, this.leads]),
        make: () => this.row(row, place, isSelected, count),
      };
    });
    setChildren(this.body, rows);
    const isPainted = rows.some(({ key }) => key === this.selected);
    if (isPainted) root.setAttribute('aria-activedescendant', rowId(this.selected));
    else root.removeAttribute('aria-activedescendant');
  }

  private row(row: ShownRow, place: number, isSelected: boolean, count: ExactCount | undefined): HTMLElement {
    const { title, name, types, smallest, largest } = row;
    const cell = (column: string, ...content: readonly (Node | string)[]): HTMLElement =>
      element('div', { class: `cell ${column}`, role: 'gridcell' }, ...content);
    const names = [element('bdi', { class: 'row-title', title }, title)];
    if (name !== title) names.push(element('bdi', { class: 'property-name', title: name }, name));
    const number = `${grouped(row.count)} · ${share(row.count, this.leads)}`;
    const made = element(
      'div',
      {
        class: row.count === 0 ? 'row nobody' : 'row',
        id: rowId(row.key),
        role: 'row',
        'aria-rowindex': String(place + 2),
        'aria-selected': String(isSelected),
      },
      element('div', { class: 'cell title', role: 'rowheader' }, ...names),
      cell('type', types.join(', ')),
      cell('count', bar(row.count, this.leads), element('span', { class: 'number' }, number)),
      cell('exact', ...exactWords(count)),
      cell('smallest', valueElement(smallest)),
      cell('largest', valueElement(largest)),
    );
    made.style.top = `${place * this.rowHeight}px`;
    return made;
  }
}

function rowId(key: string | undefined): string {
  return `row-${key ?? ''}`;
}

/** What is known of the exact number, in words. */
export function exactWords(count: ExactCount | undefined): (Node | string)[] {
  switch (count?.state) {
    case 'counting':
      return ['…'];
    case 'counted':
      return [element('span', { class: 'number' }, grouped(count.count))];
    case 'failed':
      return [element('span', { title: count.message }, icon('warning'), ' ', l10n.t('not counted'))];
    default:
      return [];
  }
}
