import '../../webview/language';
import * as l10n from '@vscode/l10n';
import { grouped, ofTotal, plural } from '../../language';
import { connectToHost, element, icon } from '../../webview/element';
import { dispatch } from '../../webview/messages';
import { button, registerControls, textField } from '../../webview/toolkit';
import { toolbar } from '../../webview/toolbar';
import {
  type ExactCount,
  type HostMessage,
  mostCounts,
  type Send,
  type ShownDetail,
  type ShownExploration,
  type ShownRow,
} from '../protocol';
import { Detail } from './detail';
import { Table } from './table';

/** The whole page of *Explore Properties*. */
class ExplorePage {
  private readonly heading = element('h1');
  private readonly source = element('p', { class: 'source' });
  private readonly notes = element('div', { class: 'notices' });
  private readonly progress = element('progress', { max: '1', 'aria-label': l10n.t('Leads read') });
  private readonly found = element('p', { class: 'found', role: 'status' });
  private readonly announcement = element('p', { class: 'announcement', role: 'status' });
  private readonly stop: HTMLElement;
  private readonly countAll: HTMLElement;
  private readonly table: Table;
  private readonly detail: Detail;
  private exploration: ShownExploration | undefined;
  private counts: Readonly<Record<string, ExactCount>> = {};

  constructor(
    root: HTMLElement,
    private readonly send: Send,
  ) {
    this.detail = new Detail(send);
    this.table = new Table(
      (key) => send({ type: 'select', key }),
      () => this.detail.focus(),
      () => this.paintFound(),
    );
    this.stop = button(l10n.t('Stop'), () => send({ type: 'cancel' }));
    this.countAll = button(l10n.t('Count Exactly'), () =>
      send({ type: 'count', keys: this.table.keys.slice(0, mostCounts) }),
    );
    const tools = toolbar('tools', l10n.t('These leads'));
    tools.append(
      button(l10n.t('Refresh'), () => send({ type: 'refresh' })),
      button(l10n.t('Other Leads…'), () => send({ type: 'choose' })),
      this.countAll,
      button(l10n.t('Open as CSV'), () => send({ type: 'openAs', format: 'csv' })),
      button(l10n.t('Open as JSON'), () => send({ type: 'openAs', format: 'json' })),
      this.stop,
    );
    const filter = textField(l10n.t('Filter properties'), (text) => this.table.filterBy(text));
    this.detail.root.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.table.root.focus();
    });
    root.append(
      element('header', {}, this.heading, this.source, this.notes, this.progress),
      tools,
      element('div', { class: 'filter' }, filter, this.found),
      element('div', { class: 'parts' }, this.table.root, this.detail.root),
      this.announcement,
    );
    root.hidden = true;
  }

  update(exploration: ShownExploration): void {
    document.querySelector('main')?.removeAttribute('hidden');
    const before = this.exploration?.state;
    this.exploration = exploration;
    const { title, source, notes, state, progress, failure, masked } = exploration;
    this.heading.replaceChildren(element('bdi', {}, title));
    this.source.textContent = masked ? `${source} ${l10n.t('Contacts are masked.')}` : source;
    const notice = (text: string, ...more: readonly Node[]): HTMLElement =>
      element('div', { class: 'notice' }, icon('warning'), element('span', { class: 'notice-words' }, text), ...more);
    this.notes.replaceChildren(
      ...notes.map((note) => notice(note)),
      ...(failure === undefined
        ? []
        : [
            notice(
              `${l10n.t('The leads could not all be read.')} ${failure}`,
              button(l10n.t('Retry'), () => this.send({ type: 'refresh' })),
            ),
          ]),
    );
    this.progress.hidden = state !== 'reading';
    this.progress.value = progress;
    if (state !== before) this.announce(state === 'reading' ? l10n.t('Reading leads…') : (failure ?? source));
    this.paintTools();
  }

  updateRows(rows: readonly ShownRow[]): void {
    this.table.update(rows, this.exploration?.leads ?? 0);
  }

  updateCounts(counts: Readonly<Record<string, ExactCount>>): void {
    const key = this.detail.key;
    const count = key === undefined ? undefined : counts[key];
    if (key !== undefined && count?.state === 'counted' && this.counts[key]?.state === 'counting') {
      this.announce(plural(count.count, l10n.t('Exactly {0} lead.|Exactly {0} leads.')));
    }
    this.counts = counts;
    this.table.updateCounts(counts);
    this.detail.updateCount(count);
    this.paintTools();
  }

  updateDetail(detail: ShownDetail | undefined): void {
    const { leads = 0, canCount = false } = this.exploration ?? {};
    if (detail) this.table.restore(detail.key);
    this.detail.update(detail, leads, canCount);
    this.detail.updateCount(detail && this.counts[detail.key]);
  }

  private paintFound(): void {
    const { shown, all } = this.table.found;
    const text =
      shown === all
        ? plural(all, l10n.t('{0} property or event|{0} properties and events'))
        : ofTotal({ loaded: shown, total: all });
    if (this.found.textContent !== text) this.found.textContent = text;
    this.paintTools();
  }

  private paintTools(): void {
    const isCounting = Object.values(this.counts).some(({ state }) => state === 'counting');
    this.stop.hidden = this.exploration?.state !== 'reading' && !isCounting;
    const wanted = Math.min(mostCounts, this.table.found.shown);
    this.countAll.textContent = l10n.t('Count {0} Exactly', grouped(wanted));
    this.countAll.title = plural(
      wanted,
      l10n.t('{0} request, one for each of the first rows|{0} requests, one for each of the first rows'),
    );
    this.countAll.hidden = this.exploration?.canCount !== true || wanted === 0;
  }

  private announce(text: string): void {
    this.announcement.textContent = text;
  }
}

registerControls();
const send: Send = connectToHost();
const page = new ExplorePage(document.body.appendChild(element('main')), send);
window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  dispatch(data, {
    exploration: ({ exploration }) => page.update(exploration),
    rows: ({ rows }) => page.updateRows(rows),
    counts: ({ counts }) => page.updateCounts(counts),
    detail: ({ detail }) => page.updateDetail(detail),
  });
});
send({ type: 'ready', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
