import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DashlyError } from '../../../src/dashly/errors';
import type { Condition, Lead } from '../../../src/dashly/lead';
import { LeadSearch } from '../../../src/search/leadSearch';
import { pass, stopTime } from '../mockTime';
import { lead, Searched, Service } from './searchWorld';

const maks = lead('1', { $name: 'Maks', $email: 'maks@example.com' });
const anna = lead('2', { $name: 'Anna', $phone: '+49 30 1234' });
const masha = lead('1448121617782670208', { $name: 'Masha', $user_id: 'm-77' });

function ids(search: LeadSearch): string[] {
  return search.hits.map((hit) => hit.lead.id);
}

describe('LeadSearch', () => {
  let service: Service;
  let searched: Searched;
  let search: LeadSearch;
  beforeEach(() => stopTime());
  afterEach(() => mock.timers.reset());

  function open(leads: readonly Lead[], loaded: readonly Lead[] = []): void {
    service = new Service(leads);
    searched = new Searched(service, 'one', loaded);
    search = new LeadSearch(searched);
  }

  it('shows loaded leads that match at once, and asks the service when typing has paused for 250 ms', async () => {
    open([masha, maks, anna], [maks, anna]);
    search.setText(' mA ');
    assert.deepEqual(ids(search), ['1']);
    assert.equal(search.hits[0]?.match?.property, '$name');
    await pass(249);
    assert.equal(service.asked.length, 0);
    await pass(1);
    assert.equal(service.asked.length, 1);
    await pass(100);
    assert.deepEqual(ids(search), ['1', masha.id], 'what was shown keeps its place, the service adds below');
    assert.equal(search.state, 'ready');
    assert.equal(search.total, 2);
  });

  it('asks once for fast typing, and drops and aborts what was asked before', async () => {
    open([masha, maks, anna]);
    for (const text of ['m', 'ma', 'mak', 'maks']) {
      search.setText(text);
      await pass(100);
    }
    assert.equal(service.asked.length, 0);
    await pass(150);
    assert.equal(service.asked.length, 1);
    search.setText('anna');
    assert.equal(service.asked[0]?.signal.aborted, true);
    service.delay = () => 1;
    await pass(260);
    assert.deepEqual(ids(search), ['2']);
    await pass(1000);
    assert.deepEqual(ids(search), ['2'], 'the answer for "maks" came late and was dropped');
  });

  it('looks up a number as a lead id too and puts that lead first, once', async () => {
    const withNumber = lead('7', { $user_id: `x${masha.id}` });
    open([withNumber, masha], [withNumber]);
    search.setText(masha.id);
    assert.deepEqual(ids(search), ['7']);
    await pass(400);
    assert.deepEqual(ids(search), [masha.id, '7']);
    assert.deepEqual(
      service.asked.map((one) => one.what.startsWith('id ')),
      [false, true],
    );
    assert.equal(search.hits[0]?.match?.property, 'id');
  });

  it('does not look up the id of a lead that is loaded', async () => {
    open([maks, anna], [maks, anna]);
    search.setText('2');
    assert.deepEqual(ids(search), ['2']);
    await pass(400);
    assert.equal(service.asked.length, 1);
    assert.deepEqual(ids(search), ['2']);
  });

  it('takes an id that no lead has for no match, not for a failure', async () => {
    open([maks]);
    search.setText('999');
    await pass(500);
    assert.equal(search.state, 'ready');
    assert.deepEqual(ids(search), []);
  });

  const asked = (): string[] => service.asked.map(({ what }) => what.replace(/^\{.*/, 'list'));

  it('looks up the visitor of a cookie at once, by nothing but the id', async () => {
    open([masha, maks]);
    search.setText(`session=secret; dashly_uid=${masha.id}`);
    await pass(1);
    assert.deepEqual(asked(), [`id ${masha.id}`]);
    await pass(100);
    assert.deepEqual([ids(search), search.state, search.text], [[masha.id], 'ready', `dashly_uid=${masha.id}`]);
    service.merged.add(masha.id);
    search.setText(`carrotquest_uid=${masha.id}`);
    await pass(101);
    assert.equal(search.hits[0]?.isRemoved, true);
    search.setText('session=secret; other=1');
    assert.deepEqual([search.state, ids(search)], ['ready', []]);
    await pass(1000);
    assert.equal(asked().length, 2, 'nothing is sent of cookies without a visitor');
  });

  it('looks up a User ID where nobody was found otherwise', async () => {
    const nina: Lead = { ...lead('9', { $name: 'Nina' }), record: { id: '9', user_id: 'cust/77' } };
    open([nina, maks]);
    search.setText('cust/77');
    await pass(600);
    assert.deepEqual(asked(), ['list', 'User ID cust/77', 'id 9']);
    assert.deepEqual([ids(search), search.hits[0]?.match?.title], [['9'], 'User ID']);
    search.setText('maks');
    await pass(600);
    assert.deepEqual(asked().slice(3), ['list']);
  });

  it('looks for the one who has a User ID although others have it in theirs, where one visitor is wanted', async () => {
    const nina: Lead = { ...lead('9', { $name: 'Nina' }), record: { id: '9', user_id: '77' } };
    const other = lead('2', { $phone: '+1 77' });
    open([nina, other]);
    search = new LeadSearch(searched, true);
    search.setText('77');
    await pass(600);
    assert.deepEqual(asked(), ['list', 'id 77', 'User ID 77', 'id 9']);
    assert.deepEqual(ids(search), ['9', '2']);
    search.setText('2');
    await pass(600);
    assert.deepEqual(asked().slice(4), ['list', 'id 2'], 'an id comes first');
  });

  it('reads whom a conversation is with, and says why it does not', async () => {
    open([masha]);
    service.conversations.set('55', masha.id);
    const link = (app: string, id: string): string => `https://dashly.io/panel/${app}/conversations/${id}`;
    search.setText(link('8123', '55'));
    await pass(300);
    assert.deepEqual([asked(), ids(search)], [['conversation 55', `id ${masha.id}`], [masha.id]]);
    search.setText(link('8123', '56'));
    await pass(300);
    assert.deepEqual([ids(search), search.state, search.remarks], [[], 'ready', []]);
    search.setText(link('999', '55'));
    await pass(300);
    assert.match(search.remarks[0] ?? '', /another app \(999\)/);
    assert.equal(asked().length, 3, 'the service is not asked for what another app has');
    service.appId = undefined;
    service.fault = () => new DashlyError('forbidden');
    search.setText(link('1000', '55'));
    await pass(300);
    assert.match(search.remarks[0] ?? '', /does not give the right/);
    assert.equal(search.state, 'ready');
  });

  it('keeps what was found when the service fails, and asks again on retry', async () => {
    open([masha, maks], [maks]);
    service.fault = () => new Error('down');
    search.setText('ma');
    await pass(400);
    assert.equal(search.state, 'failed');
    assert.equal((search.error as Error).message, 'down');
    assert.deepEqual(ids(search), ['1']);
    service.fault = undefined;
    search.retry();
    await pass(100);
    assert.equal(search.state, 'ready');
    assert.equal(search.error, undefined);
    assert.deepEqual(ids(search), ['1', masha.id]);
  });

  it('pages on until every match has come', async () => {
    const many = Array.from({ length: 120 }, (_, index) => lead(String(index), { $name: `Lead of ${index}` }));
    open(many);
    search.setText('lead of');
    await pass(400);
    assert.equal(search.hits.length, 50);
    assert.equal(search.total, 120);
    // One row of the page before is read again.
    for (const expected of [99, 120]) {
      assert.equal(search.more, true);
      search.loadMore();
      await pass(100);
      assert.equal(search.hits.length, expected);
    }
    assert.equal(search.more, false);
  });

  it('never asks past the cap of 10,000', async () => {
    const many = Array.from({ length: 10_050 }, (_, index) => lead(String(index), { $name: 'x' }));
    open(many);
    search.setText('x');
    await pass(400, 25);
    while (search.more) {
      search.loadMore();
      await pass(100, 25);
    }
    assert.equal(search.hits.length, 10_000);
    assert.equal(search.total, 10_050);
  });

  it('shows a hundred of many loaded matches and the rest on demand', () => {
    open(
      [],
      Array.from({ length: 250 }, (_, index) => lead(String(index), { $name: 'x' })),
    );
    search.setText('x');
    assert.equal(search.hits.length, 100);
    search.loadMore();
    search.loadMore();
    assert.equal(search.hits.length, 250);
    assert.equal(search.more, false);
  });

  it('adds leads that are loaded while it is open', () => {
    open([]);
    search.setText('ma');
    searched.load([maks, anna, masha]);
    assert.deepEqual(ids(search), ['1', masha.id]);
  });

  it('keeps the newer record of the service when the list merely grows', async () => {
    const newer = lead('1', { $name: 'Maks the Second' });
    open([newer], [maks]);
    search.setText('maks');
    await pass(400);
    searched.load([maks, anna]);
    assert.deepEqual(
      search.hits.map((hit) => hit.lead),
      [newer],
    );
    const read = lead('1', { $name: 'Maks the Third' });
    searched.load([read, anna]);
    assert.deepEqual(
      search.hits.map((hit) => hit.lead),
      [read],
      'a lead that was read again is the newest',
    );
  });

  it('searches within a view of all-of conditions by one request a field', async () => {
    open([maks, masha, anna]);
    searched.look({ filters: { type: 'and', filters: [{ type: 'known', property_name: '$email', value: {} }] } });
    search.setScope('view');
    search.setText('ma');
    await pass(400);
    assert.equal(service.asked.length, 4);
    assert.deepEqual(ids(search), ['1']);
    assert.equal(search.total, undefined, 'the union of four answers has no total');
  });

  it('searches only what is loaded within a view of too many any-of conditions', async () => {
    const known = (property_name: string): Condition => ({ type: 'known', property_name, value: {} });
    open([maks, masha, anna], [maks]);
    searched.look({ filters: { type: 'or', filters: ['$email', 'a', 'b', 'c', 'd'].map(known) } });
    search.setScope('view');
    search.setText('ma');
    await pass(400);
    assert.equal(search.state, 'impossible');
    assert.deepEqual(ids(search), ['1']);
    assert.equal(service.asked.length, 0);
  });

  it('forgets one account when another takes its place, and searches that one', async () => {
    open([masha, maks], [maks]);
    search.setText('ma');
    await pass(300);
    const other = lead('1', { $name: 'Mark of the other app' });
    searched.connect(new Service([other]));
    assert.deepEqual(ids(search), []);
    await pass(400);
    assert.deepEqual(
      search.hits.map((hit) => hit.lead),
      [other],
    );
    searched.connect(undefined);
    assert.deepEqual(ids(search), []);
    assert.equal(search.state, 'off');
  });

  it('asks nothing and says nothing after it was disposed', async () => {
    open([maks], [maks]);
    let fired = 0;
    search.onDidChange(() => fired++);
    search.setText('ma');
    await pass(300);
    const before = fired;
    search.dispose();
    searched.load([maks]);
    await pass(1000);
    assert.equal(fired, before);
    assert.equal(service.asked[0]?.signal.aborted, true);
  });
});
