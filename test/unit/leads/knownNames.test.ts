import assert from 'node:assert/strict';
import type { DashlyClient } from '../../../src/dashly/client';
import type { LeadsPage } from '../../../src/dashly/lead';
import { type Connection, CurrentLeads, type SeenLead } from '../../../src/leads/currentLeads';
import { Emitter } from '../../../src/leads/event';
import { KnownNames } from '../../../src/leads/knownNames';
import { Masking } from '../../../src/leads/masking';
import { describeOrder } from '../../../src/leads/queryWords';
import { hostileTexts } from '../../service/hostileTexts';
import { leadOf } from './leadsModel';

const properties = { orders: 1, $email: 'maks@example.com', $event_18_count: 4, 'Ordered by anna@corp.example': true };

/** An app with one lead. */
function app(key: string, fingerprint = '', name = key): Connection {
  const page: LeadsPage = { total: 1, leads: [leadOf(1, properties)], received: 1, skipped: [] };
  const client = { listLeads: () => Promise.resolve(page) } as unknown as DashlyClient;
  return { key, name, client, isSample: false, fingerprint: () => Promise.resolve(fingerprint) };
}

/** A window: what it looks at and what it has learnt. */
class Window {
  readonly current = new CurrentLeads(50);
  readonly seen = new Emitter<SeenLead>();
  readonly names: KnownNames;
  constructor(memory: Map<string, unknown>) {
    this.names = new KnownNames({
      get: (key) => structuredClone(memory.get(key)),
      update: (key, value) => {
        if (value === undefined) memory.delete(key);
        else memory.set(key, structuredClone(value));
        return Promise.resolve();
      },
    });
    this.names.follow(this.current, this.seen.event, (connection) => connection.fingerprint(''));
  }

  async open(connection: Connection | undefined): Promise<void> {
    this.current.setConnection(connection);
    // What is kept is read once the app's fingerprint is there.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

describe('What an app is known to have', () => {
  let memory: Map<string, unknown>;
  let window: Window;
  const events = (): [string, string][] => [...window.names.events];
  beforeEach(() => {
    memory = new Map();
    window = new Window(memory);
  });

  it('is learnt from the loaded leads, from leads that were read by themselves, and from events', async () => {
    await window.open(app('one'));
    let changes = 0;
    window.names.onDidChange(() => changes++);
    await window.current.list?.loadMore();
    window.seen.fire({ account: 'one', lead: leadOf(1, { ...properties, plan: 'free' }) });
    window.names.learn('one', { events: [{ id: '18', name: 'Signed up' }] });
    window.names.learn('one', { events: [{ id: '18', name: 'Signed up' }] });
    assert.deepEqual([...window.names.properties], ['orders', 'Ordered by anna@corp.example', 'plan']);
    assert.deepEqual(events(), [['18', 'Signed up']]);
    assert.equal(changes, 3, 'what is known already is no news');
  });

  it('is what is not documented: neither system properties nor those of events, nor events that cannot be named', async () => {
    await window.open(app('one'));
    window.names.learn('one', { properties: ['$name', '$event_1_count', 'x'.repeat(256)] });
    for (const [id, name] of [
      ['', 'no id'],
      ['x', 'no number'],
      ['1', ''],
      ['2', 'x'.repeat(256)],
    ])
      window.names.learn('one', { events: [{ id: id!, name: name! }] });
    assert.deepEqual([events(), [...window.names.properties], memory.size], [[], [], 0]);
  });

  it('comes again in the next window, in its app only', async () => {
    await window.open(app('one'));
    window.names.learn('one', { events: [{ id: '18', name: 'Signed up' }], properties: ['orders'] });
    window.names.learn('two', { events: [{ id: '19', name: 'not of this app' }] });
    window = new Window(memory);
    await window.open(app('two'));
    assert.deepEqual(events(), []);
    await window.open(app('one'));
    assert.deepEqual([events(), [...window.names.properties]], [[['18', 'Signed up']], ['orders']]);
  });

  it('is not kept for another app with the same key: one that another token belongs to', async () => {
    await window.open(app('self', 'first'));
    window.names.learn('self', { events: [{ id: '18', name: 'Signed up' }] });
    await window.open(app('self', 'second'));
    assert.deepEqual(events(), []);
    await window.open(app('self', 'first'));
    assert.deepEqual(events(), [['18', 'Signed up']]);
  });

  it('is not lost when it is read before the app is known for sure, nor by a new name for the app', async () => {
    const connection = app('one');
    window.current.setConnection(connection);
    window.names.learn('one', { events: [{ id: '18', name: 'Signed up' }] });
    await window.open({ ...connection, name: 'Renamed' });
    assert.deepEqual(events(), [['18', 'Signed up']]);
  });

  it('is forgotten with its app, here and in the storage', async () => {
    for (const key of ['one', 'two']) {
      await window.open(app(key));
      window.names.learn(key, { events: [{ id: '18', name: 'Signed up' }] });
    }
    window.names.forget('two');
    window.names.forget('one');
    assert.deepEqual([memory.size, events()], [0, []]);
    window.names.learn('two', { events: [{ id: '18', name: 'Signed up' }] });
    assert.deepEqual([memory.size, events()], [0, []], 'what comes late is not learnt');
  });

  it('holds no contact in the storage, no value of a lead, and at most 500 names of a kind, the latest', async () => {
    await window.open(app('one'));
    await window.current.list?.loadMore();
    window.names.learn('one', { events: [{ id: '18', name: 'Wrote to anna@corp.example' }] });
    assert.equal(window.names.events.get('18'), 'Wrote to anna@corp.example');
    assert.doesNotMatch(JSON.stringify([...memory]), /@/);
    const many = Array.from({ length: 700 }, (_, index) => String(index));
    window.names.learn('one', { events: many.map((id) => ({ id, name: `event ${id}` })), properties: many });
    const kept = memory.get('names of one') as { events: unknown[]; properties: unknown[] };
    for (const names of [kept.events, kept.properties, events(), [...window.names.properties]])
      assert.deepEqual([names.length, names.at(-1)?.toString().includes('699')], [500, true]);
  });

  it('holds segments as they were last seen; on the disk none with a contact, nor one that is not understood', async () => {
    const known = (id: string, name: string, filters: string | undefined) => ({ id, name, filters });
    const buyers = known('1', 'Buyers', '[{"type":"gt","property_name":"orders","value":{"value":"3"}}]');
    const others = [
      known('2', 'About maks@example.com', '[]'),
      known('3', 'Maks', '[{"type":"str_contains","property_name":"$name","value":{"value":"Maks"}}]'),
      known('4', 'Wrote', '[{"type":"str_eq","property_name":"a","value":{"value":"maks@example.com"}}]'),
      known('5', 'Tagged', '[{"type":"tag_contains","property_name":"a","value":{"value":"maks"}}]'),
      known('6', 'Broken', '{'),
      known('7', 'Without filters', undefined),
    ];
    await window.open(app('one'));
    window.names.learn('one', { segments: [{ ...buyers, name: 'Old name' }, ...others] });
    window.names.learn('one', { segments: [buyers, known('', 'No id', '[]'), known('8', 'x', 'x'.repeat(20_001))] });
    assert.deepEqual(window.names.segments, [buyers, ...others]);
    assert.doesNotMatch(JSON.stringify([...memory]), /maks|Maks|tag_contains/);
    window = new Window(memory);
    await window.open(app('one'));
    assert.deepEqual(window.names.segments, [buyers]);
    window.names.forget('one');
    assert.deepEqual([window.names.segments, memory.size], [[], 0]);
  });

  for (const stored of [
    null,
    5,
    [],
    {},
    { app: '' },
    { app: '', events: 5, properties: {} },
    { app: '', events: [5, ['1'], [1, 'x']], properties: [{}] },
    { app: '', segments: [5, ['1'], [1, 'x', '[]'], ['1', 'x', null], {}] },
  ])
    it(`is nothing where the storage holds ${JSON.stringify(stored)}`, async () => {
      memory.set('names of one', stored);
      await window.open(app('one'));
      assert.deepEqual([events(), [...window.names.properties], window.names.segments], [[], [], []]);
    });

  it('gives titles to the properties of events, which are one line of text whatever the event is called', async () => {
    await window.open(app('one'));
    const open = new Masking('key', false, () => window.names.events);
    const masked = new Masking('key', true, () => window.names.events);
    const order = { sortProp: '$event_302_count' };
    assert.equal(describeOrder(order, open), 'by Event 302, count, descending');
    window.names.learn('one', { events: [{ id: '302', name: 'cart/abandoned' }] });
    assert.equal(describeOrder(order, open), 'by cart/abandoned, count, descending');
    window.names.learn('one', { events: [{ id: '302', name: 'Wrote to anna@corp.example' }] });
    assert.match(open.propertyTitle('$event_302_last'), /^Wrote to anna@corp\.example, last time$/);
    assert.doesNotMatch(masked.propertyTitle('$event_302_last'), /anna/);
    for (const { text } of hostileTexts.filter(({ text }) => text.length <= 255)) {
      window.names.learn('one', { events: [{ id: '303', name: text }] });
      assert.doesNotMatch(open.propertyTitle('$event_303_count'), /[\n\r\u2028\u2029\u0000-\u001f\u202E]/);
    }
  });
});
