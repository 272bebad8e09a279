import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LeadList } from '../../../src/leads/leadList';
import { HeldAnswers, idsOf, modelOf, never } from './leadsModel';

describe('reading a LeadList', () => {
  describe('loadAll', () => {
    it('tells its progress after each page and reads pages of the largest size', async () => {
      const model = modelOf(120);
      const list = new LeadList(model, {}, 7);
      await list.loadMore();
      const told: number[][] = [];
      await list.loadAll(never(), (...progress) => told.push(progress));
      assert.deepEqual(told, [
        [56, 120],
        [105, 120],
        [120, 120],
      ]);
    });

    it('tells at most every 250 ms of a change, and always at the end', async () => {
      const model = modelOf(1000);
      const list = new LeadList(model, {}, 50);
      const changes: { readonly at: number; readonly state: string }[] = [];
      let now = 0;
      const realNow = Date.now;
      Date.now = () => now;
      try {
        list.onDidChange(() => changes.push({ at: now, state: list.state }));
        await list.loadAll(never(), () => void (now += 100));
      } finally {
        Date.now = realNow;
      }
      const between = changes.filter((change) => change.state === 'reading').slice(1);
      assert.deepEqual(
        between.map((change) => change.at),
        [300, 600, 900, 1200, 1500, 1800],
      );
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
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 12 })), async (failing) => {
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
        }),
      );
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
      source.held[0].answer();
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
});
