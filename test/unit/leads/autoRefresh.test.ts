import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DashlyClient } from '../../../src/dashly/client';
import { DashlyError } from '../../../src/dashly/errors';
import { AutoRefresh, refreshList } from '../../../src/leads/autoRefresh';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { modelOf, type LeadsModel } from './leadsModel';

/** Until every promise that can be settled without the clock is. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Automatic refresh', () => {
  let model: LeadsModel;
  let current: CurrentLeads;
  let autoRefresh: AutoRefresh;
  let visible: boolean;
  let interval: number;
  let hiddenInterval: number;

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    visible = true;
    interval = 10;
    hiddenInterval = 0;
    model = modelOf(120);
    current = new CurrentLeads(50);
    current.setConnection({
      name: 'App',
      key: 'app',
      isSample: false,
      client: model as unknown as DashlyClient,
      fingerprint: () => Promise.resolve(''),
    });
    autoRefresh = new AutoRefresh({
      read: () => refreshList(current),
      interval: () => (visible ? interval : hiddenInterval),
    });
    await current.list?.loadMore();
    autoRefresh.restart();
  });
  afterEach(() => {
    autoRefresh.dispose();
    current.dispose();
    mock.timers.reset();
  });

  /** Requests sent in so many seconds. */
  async function requestsIn(seconds: number): Promise<number> {
    const before = model.requests.length;
    for (let second = 0; second < seconds; second++) {
      mock.timers.tick(1000);
      await settled();
    }
    return model.requests.length - before;
  }

  it('waits one interval at most when the clock was set back', async () => {
    mock.timers.setTime(Date.now() + 7_200_000);
    autoRefresh.restart();
    await requestsIn(1);
    mock.timers.setTime(Date.now() - 3_600_000);
    autoRefresh.restart();
    assert.equal(await requestsIn(interval), 1);
  });

  it('reads the list anew after each interval, not before', async () => {
    assert.equal(await requestsIn(9), 0);
    assert.equal(await requestsIn(1), 1);
    assert.equal(await requestsIn(30), 3);
    assert.equal(model.requests.at(-1)?.offset, 0);
  });

  it('reads as many leads as are loaded', async () => {
    await current.list?.loadMore();
    const loaded = current.list?.leads.length ?? 0;
    assert.ok(loaded > 50);
    assert.equal(await requestsIn(10), 2);
    assert.equal(current.list?.leads.length, loaded);
  });

  it('never happens with an interval of 0, and begins when the setting is changed', async () => {
    interval = 0;
    autoRefresh.restart();
    assert.equal(await requestsIn(100), 0);
    interval = 5;
    autoRefresh.restart();
    assert.equal(await requestsIn(5), 1);
  });

  it('rests while nobody can see the view, or goes at its slower pace', async () => {
    visible = false;
    autoRefresh.restart();
    assert.equal(await requestsIn(100), 0);
    hiddenInterval = 50;
    autoRefresh.restart();
    // What was due long ago, then each interval of a hidden view.
    assert.equal(await requestsIn(100), 2);
  });

  it('is made up for at once when the view comes back into sight too late for it', async () => {
    await requestsIn(10);
    visible = false;
    autoRefresh.restart();
    await requestsIn(60);
    visible = true;
    autoRefresh.restart();
    assert.equal(await requestsIn(1), 1);
    assert.equal(await requestsIn(9), 0);
    assert.equal(await requestsIn(1), 1);
  });

  it('does not start its wait anew because the view was hidden for a moment', async () => {
    await requestsIn(10);
    for (let second = 0; second < 9; second += 3) {
      assert.equal(await requestsIn(3), 0);
      visible = false;
      autoRefresh.restart();
      visible = true;
      autoRefresh.restart();
    }
    assert.equal(await requestsIn(1), 1);
  });

  it('waits twice as long after each error, at most 16 intervals, and returns to the interval after a success', async () => {
    model.beforeAnswer = () => {
      throw new Error('down');
    };
    assert.equal(await requestsIn(10), 1);
    for (const wait of [20, 40, 80, 160, 160]) {
      assert.equal(await requestsIn(wait - 1), 0, `before ${wait} s`);
      assert.equal(await requestsIn(1), 1, `after ${wait} s`);
    }
    model.beforeAnswer = () => undefined;
    assert.equal(await requestsIn(160), 1);
    assert.equal(await requestsIn(10), 1);
    assert.equal(current.list?.state, 'ready');
  });

  it('waits as long as the service asks for', async () => {
    model.beforeAnswer = () => {
      throw new DashlyError('tooManyRequests', { retryAfter: 200_000 });
    };
    assert.equal(await requestsIn(10), 1);
    model.beforeAnswer = () => undefined;
    assert.equal(await requestsIn(199), 0);
    assert.equal(await requestsIn(1), 1);
  });

  it('reads at once where that is wanted, and waits from there', async () => {
    await requestsIn(9);
    const before = model.requests.length;
    await autoRefresh.readNow();
    assert.equal(model.requests.length, before + 1);
    assert.equal(await requestsIn(9), 0);
    assert.equal(await requestsIn(1), 1);
  });

  it('returns to the interval when what failed was read by other means', async () => {
    model.beforeAnswer = () => {
      throw new Error('down');
    };
    await requestsIn(10 + 20 + 40 + 80);
    model.beforeAnswer = () => undefined;
    await current.list?.refresh();
    autoRefresh.recovered();
    assert.equal(await requestsIn(9), 0);
    assert.equal(await requestsIn(1), 1);
  });

  it('takes no more than a tenth of the time', async () => {
    model.beforeAnswer = () => mock.timers.setTime(Date.now() + 4000);
    assert.equal(await requestsIn(10), 1);
    model.beforeAnswer = () => undefined;
    assert.equal(await requestsIn(39), 0);
    assert.equal(await requestsIn(1), 1);
    assert.equal(await requestsIn(10), 1);
  });

  it('does not disturb what a person has started, and asks for no first page', async () => {
    let answer = (): void => undefined;
    model.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    const reading = current.list?.loadMore();
    assert.equal(await requestsIn(30), 0);
    answer();
    await reading;
    assert.ok((current.list?.leads.length ?? 0) > 50);
    current.setQuery({ sortOrder: 'asc' });
    assert.equal(await requestsIn(30), 0);
    assert.equal(current.list?.state, 'unread');
  });

  it('ends when it is disposed, also while the list is being read', async () => {
    let answer = (): void => undefined;
    model.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    assert.equal(await requestsIn(10), 1);
    autoRefresh.dispose();
    answer();
    await settled();
    model.beforeAnswer = () => undefined;
    assert.equal(await requestsIn(100), 0);
  });
});
