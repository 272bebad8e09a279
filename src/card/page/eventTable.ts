import * as l10n from '@vscode/l10n';
import { grouped } from '../../language';
import type { Send } from '../protocol';
import type { ShownEvent, ShownFollowing, ShownHistory } from '../shownCard';
import { element, svgElement } from '../../webview/element';
import { EventHistory } from './eventHistory';
import { setChildren } from '../../webview/keyedChildren';
import { dateElement } from '../../webview/time';
import { bar, byLastUse, type Tick, ticks, timeSpan, type TimeSpan } from './timelineGeometry';

/** The space a label of the axis needs, in CSS pixels. */
const labelWidth = 84;

/** Height of the thinnest and of the thickest bar, in CSS pixels. */
const lane = { thinnest: 3, thickest: 13 };

/**
 * What the lead has done: a table with one row an event, and in each row the event's lane of a timeline whose axis all
 * lanes share. The drawing says nothing that the cells beside it do not say as text.
 */
export class EventTable {
  readonly root: HTMLElement;
  private readonly rows = element('div', { class: 'event-rows', role: 'rowgroup' });
  private readonly axis = element('div', { class: 'axis', 'aria-hidden': 'true' });
  private readonly table: HTMLElement;
  private readonly none = element('p', { class: 'quiet' }, l10n.t('No events are known of this lead.'));
  private readonly history: EventHistory;
  private events: readonly ShownEvent[] = [];

  constructor(send: Send) {
    this.history = new EventHistory(send);
    const header = (className: string, title: string): HTMLElement =>
      element('span', { role: 'columnheader', class: className }, title);
    const headers = element(
      'div',
      { class: 'event event-header', role: 'row' },
      header('event-name', l10n.t('Event')),
      header('count', l10n.t('Count')),
      header('first', l10n.t('First')),
      header('last', l10n.t('Last')),
      element(
        'span',
        { role: 'columnheader', class: 'lane' },
        element('span', { class: 'for-readers' }, l10n.t('Timeline')),
        this.axis,
      ),
    );
    this.table = element(
      'div',
      { class: 'event-table', role: 'table', 'aria-label': l10n.t('Events, the latest first') },
      element('div', { role: 'rowgroup', class: 'event-head' }, headers),
      this.rows,
    );
    this.root = element('div', { class: 'events' }, this.none, this.table, this.history.root);
    new ResizeObserver(() => this.paint()).observe(this.axis);
  }

  /** Paints what is new. */
  update(events: readonly ShownEvent[]): void {
    this.events = byLastUse(events);
    this.paint();
  }

  updateHistory(history: ShownHistory | undefined): void {
    this.history.update(history);
  }

  updateFollowing(following: ShownFollowing): void {
    this.history.updateFollowing(following);
  }

  private paint(): void {
    this.none.hidden = this.events.length > 0;
    this.table.hidden = this.events.length === 0;
    const span = timeSpan(this.events);
    const marks = span ? ticks(span, Math.max(1, Math.floor(this.axis.clientWidth / labelWidth))) : [];
    const most = Math.max(1, ...this.events.map((event) => event.count ?? 1));
    this.axis.replaceChildren(...marks.map(axisLabel));
    const shared = JSON.stringify([span, marks.map((mark) => mark.at), most]);
    setChildren(
      this.rows,
      this.events.map((event) => ({
        key: event.id,
        version: shared + JSON.stringify(event),
        make: () => eventRow(event, span, marks, most),
      })),
    );
  }
}

function axisLabel({ at, label }: Tick): HTMLElement {
  const made = element('span', { class: at > 0.9 ? 'tick end' : at < 0.1 ? 'tick start' : 'tick' }, label);
  made.style.left = percent(at);
  return made;
}

function eventRow(event: ShownEvent, span: TimeSpan | undefined, marks: readonly Tick[], most: number): HTMLElement {
  const date = (time: number | undefined): Node | string =>
    time === undefined
      ? element('span', { class: 'quiet' }, l10n.t('unknown'))
      : dateElement({ kind: 'date', time, dateOnly: false });
  const cell = (className: string, content: Node | string): HTMLElement =>
    element('span', { role: 'cell', class: className }, content);
  return element(
    'div',
    { class: 'event', role: 'row' },
    element('span', { role: 'rowheader', class: 'event-name', dir: 'auto' }, event.name),
    cell(
      'count',
      event.count === undefined ? element('span', { class: 'quiet' }, l10n.t('unknown')) : grouped(event.count),
    ),
    cell('first', date(event.first)),
    cell('last', date(event.last)),
    element('span', { role: 'cell', class: 'lane' }, drawing(event, span, marks, most)),
  );
}

function drawing(event: ShownEvent, span: TimeSpan | undefined, marks: readonly Tick[], most: number): SVGSVGElement {
  const made = svgElement('svg', { height: '100%', width: '100%', 'aria-hidden': 'true' });
  for (const { at } of marks) {
    made.append(svgElement('line', { class: 'guide', x1: percent(at), x2: percent(at), y1: '0', y2: '100%' }));
  }
  const shape = span && bar(event, span, most);
  if (!shape) return made;
  const thickness = lane.thinnest + shape.weight * (lane.thickest - lane.thinnest);
  made.append(
    svgElement('rect', {
      class: 'bar',
      x: percent(shape.start),
      width: percent(shape.end - shape.start),
      y: '50%',
      transform: `translate(0 ${-thickness / 2})`,
      height: String(thickness),
    }),
  );
  for (const end of new Set([shape.start, shape.end])) {
    made.append(
      svgElement('circle', { class: 'end', cx: percent(end), cy: '50%', r: String(Math.max(3, thickness / 2)) }),
    );
  }
  return made;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
