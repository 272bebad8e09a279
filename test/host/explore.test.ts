import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import { condition, filtersOf } from '../../src/dashly/conditions';
import type { Parts } from '../../src/editor/commands';
import { Exploration } from '../../src/explore/exploration';
import { ExplorePanel } from '../../src/explore/explorePanel';
import type { HostMessage, PageMessage, ShownRow } from '../../src/explore/protocol';
import type { ActivatedParts } from '../../src/parts';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

/** A panel of VS Code with its real page; what is said to the page is noted, and a test can speak in its place. */
class WatchedPanel {
  readonly said: HostMessage[] = [];
  private readonly spoken = new vscode.EventEmitter<PageMessage>();
  real: vscode.WebviewPanel | undefined;

  constructor() {
    const createWebviewPanel = vscode.window.createWebviewPanel.bind(vscode.window);
    mock.method(vscode.window, 'createWebviewPanel', (...args: Parameters<typeof createWebviewPanel>) => {
      const panel = (this.real = createWebviewPanel(...args));
      const { webview } = panel;
      const post = webview.postMessage.bind(webview);
      webview.onDidReceiveMessage((message: PageMessage) => this.spoken.fire(message));
      Object.defineProperties(webview, {
        onDidReceiveMessage: { value: this.spoken.event },
        postMessage: {
          value: (message: HostMessage) => {
            this.said.push(message);
            return post(message);
          },
        },
      });
      return panel;
    });
  }

  /** What was said last of one type. */
  last<Type extends HostMessage['type']>(type: Type): Extract<HostMessage, { readonly type: Type }> | undefined {
    return this.said.findLast((message): message is Extract<HostMessage, { type: Type }> => message.type === type);
  }

  say(message: PageMessage): void {
    this.spoken.fire(message);
  }
}

describe('The panel of Explore Properties', () => {
  let parts: ActivatedParts;
  let watched: WatchedPanel;
  let panel: ExplorePanel;
  let closed: number;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection);
  });
  beforeEach(async () => {
    parts.current.setQuery({});
    await parts.current.list?.loadMore();
    watched = new WatchedPanel();
    closed = 0;
    panel = new ExplorePanel(featureParts(), exploration('loaded'));
    panel.onClose = () => {
      closed++;
      panel.dispose();
    };
    await waitUntil('the page has said that it is ready, and has the rows', () => rows().length > 0);
  });
  afterEach(() => {
    panel.dispose();
    mock.restoreAll();
    parts.masking.set(false);
    parts.current.setQuery({});
  });
  after(() => activatedParts());

  const featureParts = (): Parts => {
    const { current, masking, names, seen, selection } = parts;
    const { extensionUri } = vscode.extensions.getExtension('dashly-leads.dashly-leads')!;
    const context = { extensionUri, globalState: { get: () => undefined, update: () => Promise.resolve() } };
    const log = { warn: (text: string) => assert.fail(text) };
    return { context, log, current, masking, names, seen, selection } as unknown as Parts;
  };
  const exploration = (source: 'loaded' | number): Exploration =>
    new Exploration(parts.current.connection!, parts.current.query, source, parts.current.list);
  const rows = (): readonly ShownRow[] => watched.last('rows')?.rows ?? [];
  const row = (name: string): ShownRow => rows().find((one) => one.name === name)!;
  const read = () => waitUntil('it is read', () => watched.last('exploration')?.exploration.state === 'read');

  it('opens with what there is in the loaded leads, and reads other leads in the same panel', async () => {
    await read();
    const loaded = parts.current.list!.leads;
    assert.equal(watched.last('exploration')?.exploration.leads, loaded.length);
    assert.equal(row('$phone').count, loaded.filter(({ props }) => '$phone' in props).length);
    panel.explore(exploration(500));
    await waitUntil('the sample is read', () => watched.last('exploration')?.exploration.leads === 500);
    assert.match(watched.last('exploration')!.exploration.source, /^A sample of 500 leads/);
  });

  it('filters the list by a row, by one of its values, and sorts by it', async () => {
    await read();
    watched.say({ type: 'select', key: row('$country').key });
    const detail = watched.last('detail')!.detail!;
    watched.say({ type: 'showLeads', key: row('$phone').key });
    assert.deepEqual(parts.current.query.filters, filtersOf('and', [condition.none('known', '$phone')]));
    watched.say({ type: 'sort', key: detail.key, index: 0 });
    assert.equal(parts.current.query.sortProp, '$country');
    const frequent = detail.frequent.find(({ value }) => value.kind === 'text' && value.text !== '');
    assert.ok(frequent?.key, JSON.stringify(detail));
    watched.say({ type: 'findValue', key: frequent.key });
    await waitUntil('the list is filtered by the value', () =>
      parts.current.query.filters?.filters.some(({ property_name }) => property_name === '$country'),
    );
  });

  it('counts by the service what was asked for, and nothing that is no row', async () => {
    await read();
    const { client } = parts.current.connection!;
    watched.say({ type: 'count', keys: [row('$phone').key, 'no such key'] });
    const counted = await waitUntil('it is counted', () => {
      const count = watched.last('counts')?.counts[row('$phone').key];
      return count?.state === 'counted' && count;
    });
    const filters = filtersOf('and', [condition.none('known', '$phone')]);
    assert.equal(counted.count, await client.countLeads(filters, new AbortController().signal));
    assert.equal(Object.keys(watched.last('counts')!.counts).length, 1);
  });

  it('gives its page no contact while contacts are masked', async () => {
    await read();
    watched.say({ type: 'select', key: row('$email').key });
    const lead = parts.current.list!.leads.find(({ props }) => typeof props.$email === 'string')!;
    const contacts = parts.current.list!.leads.flatMap(({ props }) =>
      [props.$email, props.$phone, props.$name].filter((value) => typeof value === 'string' && value.length > 3),
    ) as string[];
    assert.ok(JSON.stringify(watched.said).includes(lead.props.$email as string), 'they were there before');
    watched.said.length = 0;
    parts.masking.set(true);
    await waitUntil('it says that it is masked', () => watched.last('exploration')?.exploration.masked);
    watched.say({ type: 'select', key: row('$email').key });
    const said = JSON.stringify(watched.said);
    assert.deepEqual(
      contacts.filter((contact) => said.includes(JSON.stringify(contact).slice(1, -1))),
      [],
    );
  });

  it('ends with its tab: nothing is read or said any more', async () => {
    await read();
    const sampled = exploration(10_000);
    panel.explore(sampled);
    watched.real!.dispose();
    await waitUntil('it is closed', () => closed === 1);
    watched.said.length = 0;
    await waitUntil('the reading has ended', () => sampled.state !== 'reading');
    parts.masking.set(true);
    assert.ok(sampled.statistics.leads < 10_000);
    assert.deepEqual(watched.said, []);
  });
});
