import assert from 'node:assert/strict';
import type { Lead } from '../../../src/dashly/lead';
import { DashlyClient } from '../../../src/dashly/client';
import { type Connection, CurrentLeads, isSameApp, LeadSelection } from '../../../src/leads/currentLeads';
import { Emitter, type Disposable } from '../../../src/leads/event';
import { isLeadElement, leadElement, leadsFromArguments } from '../../../src/leads/leadElement';
import type { LeadList } from '../../../src/leads/leadList';
import { sampleAdapter, SampleApi } from '../../../src/sample/sampleApi';
import { SampleApp } from '../../../src/sample/sampleApp';
import { leadOf } from './leadsModel';

function connection(leads: number, name = 'sample'): Connection {
  const api = new SampleApi(new SampleApp({ leads }));
  const client = new DashlyClient({
    address: 'http://localhost',
    app: '$self_app',
    token: api.token,
    adapter: sampleAdapter(api),
  });
  return { name, client, isSample: true, key: name, fingerprint: () => Promise.resolve('') };
}

function connectedTo(app: string, token: string, address = 'https://api.dashly.app'): Connection {
  const client = new DashlyClient({ address, app, token });
  return { key: `${address} ${app}`, name: 'App', client, isSample: false, fingerprint: () => Promise.resolve('') };
}

describe('CurrentLeads', () => {
  it('has no list until an app is connected, and another one for another app or query', async () => {
    const current = new CurrentLeads(20);
    const lists: unknown[] = [];
    current.onDidChangeList((list) => lists.push(list));
    const list = (): LeadList | undefined => current.list;
    assert.equal(list(), undefined);
    current.setConnection(connection(70));
    await list()?.loadMore();
    assert.equal(list()?.leads.length, 20);
    const first = list()?.leads[0];
    assert.equal(current.find(first?.id ?? ''), first);
    current.setQuery({ sortProp: '$sessions', sortOrder: 'asc' });
    assert.deepEqual([list()?.state, current.query.sortProp], ['unread', '$sessions']);
    current.setConnection(undefined);
    assert.equal(list(), undefined);
    assert.deepEqual([lists.length, new Set(lists).size, lists[2]], [3, 3, undefined]);
  });

  it('drops what the last app answers late', async () => {
    const current = new CurrentLeads(20);
    current.setConnection(connection(70, 'first'));
    const reading = current.list?.loadMore();
    current.setConnection(connection(5, 'second'));
    let changes = 0;
    current.onDidChange(() => changes++);
    await reading;
    assert.deepEqual([changes, current.list?.leads.length], [0, 0]);
    await current.list?.loadMore();
    assert.deepEqual([current.list?.total, current.list?.end], [5, 'complete']);
    assert.ok(changes > 0);
  });

  it('reads later pages of another size without losing what is loaded', async () => {
    const current = new CurrentLeads(20);
    current.setConnection(connection(70));
    await current.list?.loadMore();
    current.setPageSize(30);
    await current.list?.loadMore();
    assert.equal(current.list?.leads.length, 50);
  });

  it('disposed fires nothing more', () => {
    const current = new CurrentLeads(20);
    let changes = 0;
    current.onDidChange(() => changes++);
    current.dispose();
    current.setConnection(connection(5));
    assert.equal(changes, 0);
  });
});

describe('the leads a command is about', () => {
  const [a, b, c] = ['1', '2', '3'].map((id) => leadOf(id)) as [Lead, Lead, Lead];
  const selection = new LeadSelection();
  selection.set([c]);
  const cases: [string, unknown[], Lead[]][] = [
    ['the row it was opened on', [leadElement(a)], [a]],
    ['all selected rows', [leadElement(a), [leadElement(b), leadElement(a), { kind: 'more' }]], [b, a]],
    ['the row when nothing is selected', [leadElement(a), undefined], [a]],
    ['the selection without arguments', [], [c]],
    ['the selection when the argument is no lead', [{ kind: 'lead', lead: { id: 5 } }], [c]],
    ['each lead once', [[leadElement(a), leadElement(a)]], [a]],
  ];
  for (const [title, args, leads] of cases) {
    it(`are ${title}`, () => assert.deepEqual(leadsFromArguments(args, selection), leads));
  }

  it('are recognised among arguments from anywhere', () => {
    for (const argument of [
      undefined,
      null,
      'lead',
      5,
      {},
      { kind: 'lead' },
      { kind: 'lead', lead: null },
      { kind: 'more', lead: a },
    ]) {
      assert.equal(isLeadElement(argument), false);
    }
  });

  it('change only with the selection', () => {
    const changing = new LeadSelection();
    let changes = 0;
    changing.onDidChange(() => changes++);
    changing.set([a, b]);
    changing.set([a, b]);
    changing.set([b, a]);
    changing.set([]);
    assert.equal(changes, 3);
  });
});

describe('an event', () => {
  it('reaches every listener once per subscription until disposed, also when one leaves meanwhile', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const leavers: Disposable[] = [];
    emitter.event((value) => {
      heard.push(`first ${value}`);
      leavers.forEach((leaver) => leaver.dispose());
    });
    leavers.push(emitter.event((value) => heard.push(`second ${value}`)));
    emitter.fire(1);
    emitter.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, ['first 1']);
  });
});

describe('Two connections are of the same app', () => {
  const own = connectedTo('$self_app', 'app.7.first');

  for (const [what, one, other] of [
    ['under another name', own, { ...own, name: 'Renamed' }],
    ['whose token says no app, under another name', connectedTo('$self_app', 'x'), undefined],
    ['by its id, with another token', connectedTo('7', 'first'), connectedTo('7', 'second')],
    ['by what both tokens say', own, connectedTo('$self_app', 'app.7.second')],
  ] as const)
    it(what, () => assert.ok(isSameApp(one, other ?? { ...one, name: 'Renamed' })));

  for (const [what, one, other] of [
    ['with a token of another app', own, connectedTo('$self_app', 'app.8.second')],
    ['with another token that does not say of which app', own, connectedTo('$self_app', 'second')],
    ['with two tokens that do not say of which app', connectedTo('$self_app', 'x'), connectedTo('$self_app', 'y')],
    ['by another id', connectedTo('7', 'first'), connectedTo('8', 'first')],
    ['at another address', connectedTo('7', 'first'), connectedTo('7', 'first', 'https://api.carrotquest.io')],
    ['where one is none', own, undefined],
    ['where both are none', undefined, undefined],
  ] as const)
    it(`never ${what}`, () => assert.ok(!isSameApp(one, other)));
});
