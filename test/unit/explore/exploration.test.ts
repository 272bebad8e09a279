import assert from 'node:assert/strict';
import { DashlyClient } from '../../../src/dashly/client';
import type { Filters, Lead, LeadsPageQuery } from '../../../src/dashly/lead';
import { Exploration, type ExplorationSource } from '../../../src/explore/exploration';
import { ExactCounts, knownFilters, whyNotCounted } from '../../../src/explore/exactCounts';
import { sampleOffsets } from '../../../src/explore/sample';
import type { Connection } from '../../../src/leads/currentLeads';
import { Masking } from '../../../src/leads/masking';
import { serveSampleApi, type SampleServer } from '../../service/server';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { fault } from '../../service/faults';

describe('The pages of a sample', () => {
  for (const [size, total, pages, last] of [
    [500, 12_345, 10, 9_950],
    [2_000, 2_500, 40, 2_450],
    [10_000, 12_345, 200, 9_950],
    [500, 120, 3, 100],
    [500, 0, 0, undefined],
    [50, 9_999, 1, 0],
    [100, 10_000, 2, 9_950],
  ] as const)
    it(`are spread over all that can be read: ${size} of ${total}`, () => {
      const offsets = sampleOffsets(size, total);
      assert.deepEqual([offsets.length, offsets.at(-1)], [pages, last]);
      const gaps = offsets.slice(1).map((offset, index) => offset - (offsets[index] ?? 0));
      assert.ok(gaps.every((gap) => gap >= 50 && Math.abs(gap - (gaps[0] ?? 0)) <= 1));
    });
});

describe('An exploration', () => {
  let app: TestApp;
  let api: TestApi;
  let server: SampleServer;
  let client: DashlyClient;
  before(async () => {
    app = new TestApp({ leads: 1_300, seed: 5 });
    api = new TestApi(app);
    server = await serveSampleApi(api);
    client = new DashlyClient({ address: server.address, app: '$self_app', token: server.token });
  });
  afterEach(() => api.faults.clear());
  after(() => server.close());

  const connection = (): Connection => ({
    name: 'App',
    client,
    isSample: false,
    key: 'app',
    fingerprint: () => Promise.resolve(''),
  });
  const explore = async (source: ExplorationSource, filters?: Filters): Promise<Exploration> => {
    const exploration = new Exploration(connection(), { filters }, source, undefined);
    await exploration.run();
    return exploration;
  };
  const props = (ids: readonly string[]) => ids.map((id) => app.record(id)!.props);

  it('of the whole list has the numbers and extremes that the app itself has', async () => {
    const { statistics, state, sourceWords } = await explore(10_000);
    const all = props(app.query());
    assert.deepEqual(
      [state, statistics.leads, sourceWords],
      ['read', all.length, `All ${all.length.toLocaleString('en')} leads of the list.`],
    );
    const names = new Set(all.flatMap((one) => Object.keys(one)));
    assert.deepEqual(new Set(statistics.names), names);
    for (const name of names) {
      const having = all.filter((one) => Object.hasOwn(one, name)).map((one) => one[name]);
      const known = statistics.of(name, 1);
      assert.equal(known?.count, having.length, name);
      const numbers = having.filter((value) => typeof value === 'number' || typeof value === 'bigint');
      const ofNumbers = known.kinds.find(({ kind }) => kind === 'number');
      assert.equal(ofNumbers?.count ?? 0, numbers.length, name);
      if (!ofNumbers) continue;
      const sorted = numbers.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
      assert.deepEqual(
        [ofNumbers.smallest?.value, ofNumbers.largest?.value].map((value) => Number(value)),
        [sorted[0], sorted.at(-1)].map((value) => Number(value)),
        name,
      );
    }
  });

  it('of a sample looks at leads of the beginning, the middle and the end, and says of how many', async () => {
    const exploration = await explore(200);
    const ids = app.query();
    assert.equal(exploration.statistics.leads, 200);
    assert.equal(
      exploration.sourceWords,
      `A sample of 200 leads, spread over the list of ${ids.length.toLocaleString('en')}.`,
    );
    const asked = api.requests
      .slice(-4)
      .map(({ params }) => Number(params.offset))
      .sort((one, other) => one - other);
    assert.deepEqual(asked, sampleOffsets(200, ids.length));
  });

  it('shows what it has when it is stopped, and why where the service fails', async () => {
    api.faults.add(fault.error('Error500'), { path: 'users' });
    const failed = await explore(200);
    assert.equal(failed.state, 'failed');
    assert.ok(failed.error);
    api.faults.clear();
    const stopped = new Exploration(connection(), {}, 10_000, undefined);
    stopped.onDidChange(() => stopped.cancel());
    await stopped.run();
    assert.equal(stopped.state, 'read');
    assert.ok(stopped.statistics.leads > 0 && stopped.statistics.leads < 1_300);
    assert.match(stopped.sourceWords, /stopped/);
  });

  it('says that a list longer than can be read has leads that are not in the sample', async () => {
    const long = new TestApp({ leads: 10_120, seed: 5, special: false });
    const longServer = await serveSampleApi(new TestApi(long));
    try {
      const { address, token } = longServer;
      const other = { ...connection(), client: new DashlyClient({ address, app: '$self_app', token }) };
      const exploration = new Exploration(other, {}, 100, undefined);
      await exploration.run();
      assert.match(exploration.notes.join(), /longer than the 10,000 leads that can be read/);
    } finally {
      await longServer.close();
    }
  });

  it('asks the service for exact numbers, which are those of the app', async () => {
    const counts = new ExactCounts((filters, signal) => client.countLeads(filters, signal), String);
    const names = ['$email', '$orders_count', 'nobody has it', 'toString'];
    for (const filters of [
      undefined,
      { type: 'or', filters: [{ type: 'known', property_name: '$phone', value: {} }] },
    ] as const) {
      counts.clear();
      await counts.ask(names.map((name) => ({ key: name, filters: knownFilters({ filters }, name)! })));
      const inView = props(app.query({ filters }));
      for (const name of names) {
        const count = inView.filter((one) => Object.hasOwn(one, name)).length;
        assert.deepEqual(counts.of(name), { state: 'counted', count }, name);
      }
    }
  });

  it('asks once for each, waits for nothing after a cancel, and asks again for what failed', async () => {
    const asked: AbortSignal[] = [];
    const waiting: ((value: number) => void)[] = [];
    const counts = new ExactCounts((_, signal) => {
      asked.push(signal);
      return asked.length === 1 ? Promise.reject(new Error('no')) : new Promise((resolve) => waiting.push(resolve));
    }, String);
    const wanted = [{ key: 'a', filters: knownFilters({}, 'a')! }];
    await counts.ask(wanted);
    assert.deepEqual(counts.of('a'), { state: 'failed', message: 'Error: no' });
    const again = counts.ask(wanted);
    await counts.ask(wanted);
    assert.equal(asked.length, 2);
    counts.cancel();
    waiting.forEach((resolve) => resolve(5));
    await again;
    assert.deepEqual([counts.all, asked[1]?.aborted], [{}, true]);
  });

  it('says why a number could not be had as it may be said now: contacts may have become masked since', async () => {
    const masking = new Masking('key');
    const counts = new ExactCounts(
      () => Promise.reject(new Error('Not for ada@example.com')),
      (error) => masking.errorSentence(error),
    );
    await counts.ask([{ key: 'a', filters: knownFilters({}, 'a')! }]);
    assert.match(JSON.stringify([counts.all, counts.of('a')]), /ada@example\.com/);
    masking.set(true);
    assert.doesNotMatch(JSON.stringify([counts.all, counts.of('a')]), /ada@/);
  });

  it('cannot ask within an “any of” view, nor in one by presence, and says which it is', () => {
    const known = { type: 'known', property_name: '$phone', value: {} };
    assert.equal(knownFilters({ filters: { type: 'or', filters: [known, known] } }, 'a'), undefined);
    assert.match(whyNotCounted({ filters: { type: 'or', filters: [known, known] } })!, /“any of” view/);
    assert.equal(knownFilters({ presence: ['online'] }, 'a'), undefined);
    assert.match(whyNotCounted({ presence: ['online'] })!, /by presence/);
    assert.equal(knownFilters({ filters: { type: 'and', filters: [known, known] } }, 'a')?.filters.length, 3);
  });

  it('reads nothing for the loaded leads', async () => {
    const before = api.requests.length;
    const leads: Lead[] = (
      await client.listLeads({ offset: 0, limit: 50 } satisfies LeadsPageQuery, AbortSignal.timeout(9_000))
    ).leads.slice();
    const exploration = new Exploration(connection(), {}, 'loaded', { leads, total: 1_300 });
    await exploration.run();
    assert.deepEqual([exploration.statistics.leads, api.requests.length - before], [50, 1]);
    assert.equal(exploration.sourceWords, 'The 50 leads that the list has loaded of 1,300.');
  });
});
