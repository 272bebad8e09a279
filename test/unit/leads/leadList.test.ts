import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LeadsPage } from '../../../src/dashly/lead';
import { LeadList } from '../../../src/leads/leadList';
import { leadOf, LeadsModel } from './leadsModel';

/** A model with `count` leads, the last added at the top. */
function modelOf(count: number, cap = 10_000): LeadsModel {
  const model = new LeadsModel('desc', cap);
  for (let value = 1; value <= count; value++) {
    model.add(value);
  }
  return model;
}

function idsOf(list: LeadList): string[] {
  return list.leads.map((lead) => lead.id);
}

function never(): AbortSignal {
  return new AbortController().signal;
}

/** A source whose answers a test gives by hand. */
class HeldAnswers {
  readonly held: { readonly signal: AbortSignal; answer: () => void; fail: (error: Error) => void }[] = [];

  constructor(private readonly model: LeadsModel) {}

  listLeads(query: Parameters<LeadsModel['listLeads']>[0], signal: AbortSignal): Promise<LeadsPage> {
    return new Promise((resolve, reject) => {
      // A source that pays no attention to the signal is the worst case.
      const answer = (): void => resolve(this.model.listLeads(query, never()));
      this.held.push({ signal, answer, fail: reject });
    });
  }
}

describe('LeadList', () => {
  it('is unread until the first page, then knows total, end and leads', async () => {
    const list = new LeadList(modelOf(120), {}, 50);
    assert.deepEqual([list.state, list.total, list.end, list.leads.length], ['unread', undefined, 'more', 0]);
    const loading = list.loadMore();
    assert.equal(list.state, 'reading');
    await loading;
    assert.deepEqual([list.state, list.total, list.end, list.leads.length], ['ready', 120, 'more', 50]);
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual([list.state, list.total, list.end, list.leads.length], ['ready', 120, 'complete', 120]);
    assert.equal(list.get('120')?.id, '120');
    assert.equal(list.get('121'), undefined);
  });

  it('sends the query and a page of the size that is set at the time', async () => {
    const model = modelOf(120);
    const query = { sortProp: '$last_seen', sortOrder: 'desc', filters: { type: 'and', filters: [] } } as const;
    const list = new LeadList(model, query, 10);
    await list.loadMore();
    list.pageSize = 25;
    await list.loadMore();
    assert.deepEqual(model.requests, [{ ...query, offset: 0, limit: 10 }, { ...query, offset: 9, limit: 26 }]);
    assert.equal(list.leads.length, 35);
  });

  it('asks no more once complete, and an empty app is complete', async () => {
    const model = modelOf(50);
    const list = new LeadList(model, {}, 50);
    await list.loadMore();
    assert.equal(list.end, 'complete');
    await list.loadMore();
    await list.loadAll(never());
    assert.equal(model.requests.length, 1);
    const empty = new LeadList(modelOf(0), {}, 50);
    await empty.loadMore();
    assert.deepEqual([empty.state, empty.end, empty.total, empty.leads.length], ['ready', 'complete', 0, 0]);
  });

  it('stops at the cap, or is complete when there are just as many', async () => {
    const model = modelOf(130, 100);
    const list = new LeadList(model, {}, 50, { cap: 100, page: 50 });
    await list.loadAll(never());
    assert.deepEqual([list.end, list.leads.length], ['cap', 100]);
    const exact = new LeadList(modelOf(100, 100), {}, 50, { cap: 100, page: 50 });
    await exact.loadAll(never());
    assert.deepEqual([exact.end, exact.leads.length], ['complete', 100]);
  });

  it('joins a reading under way: one request at a time', async () => {
    const source = new HeldAnswers(modelOf(120));
    const list = new LeadList(source, {}, 50);
    const both = [list.loadMore(), list.loadMore()];
    assert.equal(source.held.length, 1);
    source.held[0]?.answer();
    await Promise.all(both);
    assert.equal(list.leads.length, 50);
  });

  describe('drift', () => {
    it('counts new leads above, also when they push whole pages down', async () => {
      for (const added of [1, 3, 49, 60, 500]) {
        const model = modelOf(300);
        const list = new LeadList(model, {}, 50);
        await list.loadMore();
        assert.equal(list.drift, 0);
        for (let count = 0; count < added; count++) {
          model.add(1000 + count);
        }
        await list.loadMore();
        assert.equal(list.drift, added);
        assert.ok(model.requests.length <= 4, `${model.requests.length} requests for ${added} new leads`);
        await list.loadAll(never());
        assert.deepEqual([list.drift, list.leads.length, list.total], [added, 300, 300 + added]);
      }
    });

    it('says that leads moved when they left, and is forgotten by a refresh', async () => {
      const model = modelOf(300);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      model.values.delete('280');
      await list.loadMore();
      assert.equal(list.drift, 'changed');
      assert.ok(list.get('250'));
      await list.refresh();
      assert.equal(list.drift, 0);
      assert.equal(list.get('280'), undefined);
    });

    it('says so when the last lead read has jumped to the top', async () => {
      const model = modelOf(300);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      model.values.set('251', 5000);
      await list.loadMore();
      assert.equal(list.drift, 'changed');
      assert.deepEqual(idsOf(list), Array.from({ length: list.leads.length }, (_, index) => String(300 - index)));
    });

    it('stays 0 when leads are added below', async () => {
      const model = modelOf(300);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      model.add(-1);
      await list.loadMore();
      assert.deepEqual([list.drift, list.total], [0, 301]);
    });
  });

  it('goes back when the end has come before the place it stopped at', async () => {
    const model = modelOf(120);
    const list = new LeadList(model, {}, 50);
    await list.loadMore();
    await list.loadMore();
    for (let id = 119; id > 40; id--) {
      model.values.delete(String(id));
    }
    await list.loadAll(never());
    assert.equal(list.end, 'complete');
    assert.deepEqual(model.ids().filter((id) => !list.get(id)), []);
  });

  it('keeps a lead that moved down behind the end of what was read, with what it is now', async () => {
    const model = modelOf(120);
    const list = new LeadList(model, {}, 50);
    await list.loadMore();
    model.values.set('110', -5);
    await list.loadAll(never());
    assert.equal(list.get('110')?.props.$last_seen, -5);
    assert.equal(list.leads.length, 120);
    assert.equal(idsOf(list).indexOf('110'), 10);
  });

  it('is not shifted by items that could not be decoded, wherever and however many they are', async () => {
    await fc.assert(fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 60 }),
      async (pageSize, undecodable) => {
        const bad = new Set(undecodable.map(String));
        const model = new LeadsModel('desc', 10_000, 10);
        for (let value = 1; value <= 80; value++) {
          model.add(value);
        }
        model.spoil = (page) => {
          const leads = page.leads.filter((lead) => !bad.has(lead.id));
          return { ...page, leads, skipped: page.leads.filter((lead) => bad.has(lead.id)).map(() => 'No id.') };
        };
        const list = new LeadList(model, {}, pageSize, { cap: 10_000, page: 10 });
        await list.loadAll(never());
        assert.equal(list.error, undefined);
        assert.deepEqual(idsOf(list), model.ids().filter((id) => !bad.has(id)));
      },
    ), { numRuns: 300 });
  });

  it('shows a lead once when an answer repeats rows', async () => {
    const model = modelOf(200);
    model.spoil = (page) => {
      // In the place of other rows: the answer is as long as it was asked to be, and its last rows are left out.
      const leads = page.leads.flatMap((lead, index) => (index % 10 === 3 ? [lead, lead] : [lead])).slice(0, page.leads.length);
      return { ...page, leads };
    };
    const list = new LeadList(model, {}, 50);
    await list.loadAll(never());
    assert.equal(list.state, 'ready');
    assert.equal(new Set(idsOf(list)).size, list.leads.length);
    // What the last answer left out was never sent.
    assert.deepEqual(idsOf(list), model.ids().slice(0, list.leads.length));
    assert.ok(list.leads.length >= 190);
  });

  describe('loadAll', () => {
    it('tells its progress after each page and reads pages of the largest size', async () => {
      const model = modelOf(120);
      const list = new LeadList(model, {}, 7);
      await list.loadMore();
      const told: number[][] = [];
      await list.loadAll(never(), (...progress) => told.push(progress));
      assert.deepEqual(told, [[56, 120], [105, 120], [120, 120]]);
    });

    it('tells at most every 250 ms of a change, and always at the end', async () => {
      const model = modelOf(1000);
      const list = new LeadList(model, {}, 50);
      const changes: { readonly at: number; readonly state: string }[] = [];
      let now = 0;
      const realNow = Date.now;
      Date.now = () => now;
      try {
        model.beforeAnswer = () => void (now += 100);
        list.onDidChange(() => changes.push({ at: now, state: list.state }));
        await list.loadAll(never());
      } finally {
        Date.now = realNow;
      }
      const between = changes.filter((change) => change.state === 'reading').slice(1);
      assert.deepEqual(between.map((change) => change.at), [300, 600, 900, 1200, 1500, 1800]);
      assert.equal(changes.at(-1)?.state, 'ready');
    });

    it('stops when its signal aborts, keeps what came, and can go on', async () => {
      const model = modelOf(500);
      const list = new LeadList(model, {}, 50);
      const abort = new AbortController();
      await list.loadAll(abort.signal, (loaded) => loaded > 100 && abort.abort());
      assert.deepEqual([list.state, list.error, list.leads.length, list.end], ['ready', undefined, 148, 'more']);
      await list.loadAll(abort.signal);
      assert.equal(list.leads.length, 148);
      await list.loadAll(never());
      assert.deepEqual(idsOf(list), model.ids());
    });

    it('ends at once on abort even when the source does not', async () => {
      const source = new HeldAnswers(modelOf(500));
      const list = new LeadList(source, {}, 50);
      const abort = new AbortController();
      const loading = list.loadAll(abort.signal);
      abort.abort();
      await loading;
      assert.deepEqual([list.state, source.held[0]?.signal.aborted], ['unread', true]);
      const again = list.loadMore();
      source.held[0]?.answer();
      source.held[1]?.answer();
      await again;
      assert.equal(list.leads.length, 50);
    });

    it('waits for a page under way', async () => {
      const model = modelOf(300);
      const list = new LeadList(model, {}, 50);
      const more = list.loadMore();
      await Promise.all([more, list.loadAll(never()), list.loadAll(never())]);
      assert.deepEqual(idsOf(list), model.ids());
      assert.equal(new Set(model.requests.map((request) => request.offset)).size, model.requests.length);
    });
  });

  describe('a failure', () => {
    it('at any request keeps what was read, and the next attempt goes on from there', async () => {
      await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 12 })), async (failing) => {
        const model = modelOf(230);
        model.beforeAnswer = (request) => {
          if (failing.includes(request)) {
            throw new Error(`request ${request}`);
          }
        };
        const list = new LeadList(model, {}, 50);
        for (let attempt = 0; list.end === 'more'; attempt++) {
          assert.ok(attempt < 40);
          const before = idsOf(list);
          const request = model.requests.length;
          await list.loadMore();
          if (failing.includes(request)) {
            assert.equal(list.state, 'failed');
            assert.match(String(list.error), new RegExp(`request ${request}$`));
            assert.deepEqual(idsOf(list), before);
          } else {
            assert.deepEqual([list.state, list.error], ['ready', undefined]);
          }
        }
        assert.deepEqual(idsOf(list), model.ids());
      }));
    });

    it('of a refresh keeps the old leads; retry does the refresh again', async () => {
      const model = modelOf(230);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      await list.loadMore();
      const before = list.leads;
      model.add(1000);
      let failing = true;
      model.beforeAnswer = (request) => {
        if (request === 3 && failing) {
          throw new Error('no');
        }
      };
      await list.refresh();
      assert.deepEqual([list.state, list.leads, list.total], ['failed', before, 230]);
      failing = false;
      await list.retry();
      assert.deepEqual([list.state, list.error, list.total], ['ready', undefined, 231]);
      assert.deepEqual(idsOf(list), model.ids().slice(0, 99));
    });

    it('of a page is read again by retry', async () => {
      const model = modelOf(100);
      model.beforeAnswer = (request) => {
        if (request === 0) {
          throw new Error('no');
        }
      };
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      assert.deepEqual([list.state, list.total], ['failed', undefined]);
      await list.retry();
      assert.deepEqual([list.state, list.leads.length], ['ready', 50]);
      await list.retry();
      assert.equal(list.leads.length, 50);
    });

    it('is said of a list that moves faster than it can be read; retry reads it from the start', async () => {
      const model = modelOf(3000);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      let value = 10_000;
      const storm = (): void => {
        for (let count = 0; count < 60; count++) {
          model.add(value++);
        }
      };
      model.beforeAnswer = storm;
      await list.loadMore();
      if (list.state === 'failed') {
        assert.match(String(list.error), /Refresh/);
      }
      model.beforeAnswer = () => undefined;
      await (list.state === 'failed' ? list.retry() : list.refresh());
      assert.deepEqual(idsOf(list), model.ids().slice(0, list.leads.length));
      assert.ok(model.requests.length < 60);
    });
  });

  describe('refresh', () => {
    it('reads as many as were loaded, shows the old ones meanwhile, and swaps them at the end', async () => {
      const model = modelOf(230);
      const list = new LeadList(model, {}, 20);
      await list.loadMore();
      await list.loadMore();
      await list.loadMore();
      const before = idsOf(list);
      const states: string[] = [];
      list.onDidChange(() => states.push(`${list.state} ${list.leads[0]?.id ?? ''}`));
      model.add(1000);
      await list.refresh();
      assert.deepEqual(states, ['reading 230', 'ready 231']);
      assert.deepEqual(idsOf(list), ['231', ...before.slice(0, -1)]);
    });

    it('of a complete list takes in what was added', async () => {
      const model = modelOf(60);
      const list = new LeadList(model, {}, 50);
      await list.loadAll(never());
      model.add(0);
      model.add(1000);
      await list.refresh();
      assert.deepEqual([idsOf(list), list.end], [model.ids(), 'complete']);
    });

    it('before the first page reads the first page', async () => {
      const list = new LeadList(modelOf(60), {}, 20);
      await list.refresh();
      assert.deepEqual([list.leads.length, list.state], [20, 'ready']);
    });

    it('gives up a page under way, whose late answer is dropped', async () => {
      const model = modelOf(230);
      const source = new HeldAnswers(model);
      const list = new LeadList(source, {}, 50);
      const more = list.loadMore();
      const refresh = list.refresh();
      await more;
      assert.equal(source.held[0]?.signal.aborted, true);
      assert.equal(list.state, 'reading');
      source.held[1]?.answer();
      await refresh;
      source.held[0]?.answer();
      await new Promise(setImmediate);
      assert.deepEqual([list.leads.length, list.state, source.held.length], [50, 'ready', 2]);
    });

    it('gives up loading all, which then ends', async () => {
      const model = modelOf(2000);
      const list = new LeadList(model, {}, 50);
      let refresh: Promise<void> | undefined;
      await list.loadAll(never(), (loaded) => {
        if (loaded > 150) {
          refresh ??= list.refresh();
        }
      });
      await refresh;
      assert.ok(list.leads.length >= 150 && list.leads.length < 500, `${list.leads.length} loaded`);
      assert.equal(list.state, 'ready');
    });

    it('under way is joined by another', async () => {
      const model = modelOf(230);
      const list = new LeadList(model, {}, 50);
      await Promise.all([list.refresh(), list.refresh(), list.loadMore()]);
      assert.equal(model.requests.length, 1);
    });
  });

  describe('update', () => {
    it('replaces a loaded lead in its place and tells of it', async () => {
      const list = new LeadList(modelOf(10), {}, 50);
      await list.loadMore();
      let told = 0;
      list.onDidChange(() => told++);
      const newer = leadOf('7', { $last_seen: 99, $name: 'Maks' }, 'online');
      assert.equal(list.update(newer), true);
      assert.equal(list.leads[3], newer);
      assert.equal(list.update(leadOf('77')), false);
      assert.equal(told, 1);
    });

    it('with another sort value does not confuse the paging', async () => {
      const model = modelOf(120);
      const list = new LeadList(model, {}, 50);
      await list.loadMore();
      // The card has read what the list will say in some minutes (section 1: the list lags).
      list.update(leadOf('71', { $last_seen: 5000 }));
      await list.loadMore();
      assert.equal(model.requests.length, 2);
      assert.deepEqual([list.drift, list.leads.length], [0, 99]);
    });
  });

  it('disposed in the middle of a request aborts it, tells nothing more and ends the waiting', async () => {
    const source = new HeldAnswers(modelOf(100));
    const list = new LeadList(source, {}, 50);
    const loading = list.loadMore();
    let told = 0;
    list.onDidChange(() => told++);
    list.dispose();
    await loading;
    assert.equal(source.held[0]?.signal.aborted, true);
    source.held[0]?.answer();
    await new Promise(setImmediate);
    assert.deepEqual([told, list.leads.length], [0, 0]);
    await list.loadMore();
    await list.refresh();
    await list.loadAll(never());
    assert.equal(source.held.length, 1);
  });
});
