import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { LeadList } from '../../../src/leads/leadList';
import { HeldAnswers, idsOf, modelOf, never } from './leadsModel';

describe('reading a LeadList', () => {
  it('tells of its leads before it tells that it ends: VS Code draws late what it is told of second', async () => {
    const list = new LeadList(modelOf(120), {}, 50);
    const told: string[] = [];
    list.onDidChange(() => told.push(`${list.leads.length} leads`));
    list.onDidChangeState(() => told.push(list.state));
    await list.loadMore();
    assert.deepEqual(told, ['reading', '0 leads', '50 leads', 'ready']);
  });

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

    it('fires after each of the first pages, then after 4 s and ever more seldom, not just before the end, and at the end', async () => {
      mock.timers.enable({ apis: ['Date'], now: 0 });
      try {
        const list = new LeadList(modelOf(5000), {}, 50);
        const changes: { readonly at: number; readonly state: string; readonly loaded: number }[] = [];
        list.onDidChange(() => changes.push({ at: Date.now(), state: list.state, loaded: list.leads.length }));
        await list.loadAll(never(), () => mock.timers.tick(400));
        assert.deepEqual(
          changes.map(({ at, loaded }) => [at, loaded]),
          [
            [0, 0],
            [400, 50],
            [800, 99],
            [4800, 589],
            [12_800, 1569],
            // At 28,800 the end is less than 16 s away.
            [41_200, 5000],
          ],
        );
        assert.equal(changes.at(-1)?.state, 'ready');
      } finally {
        mock.timers.reset();
      }
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
      const changes: string[] = [];
      const states: string[] = [];
      list.onDidChange(() => changes.push(`${list.state} ${list.leads[0]?.id ?? ''}`));
      list.onDidChangeState(() => states.push(`${list.state} ${list.leads[0]?.id ?? ''}`));
      model.add(1000);
      await list.refresh();
      assert.deepEqual(changes, ['ready 231']);
      assert.deepEqual(states, ['reading 230', 'ready 231']);
      assert.deepEqual(idsOf(list), ['231', ...before.slice(0, -1)]);
    });

    it('fires no change when nothing changed, and keeps the objects of leads that are the same', async () => {
      const model = modelOf(230);
      const list = new LeadList(model, {}, 50);
      await list.loadAll(never());
      const before = [...list.leads];
      let changes = 0;
      let states = 0;
      list.onDidChange(() => changes++);
      list.onDidChangeState(() => states++);
      await list.refresh();
      assert.deepEqual([changes, states], [0, 2]);
      assert.ok(list.leads.every((lead, index) => lead === before[index]));
      model.values.set('100', 99.5);
      await list.refresh();
      assert.equal(changes, 1);
      assert.deepEqual(
        list.leads.filter((lead, index) => lead !== before[index]).map(({ id }) => id),
        ['100'],
      );
    });

    it('fires a change for everything else that is said of the list', async () => {
      const changed: [string, (model: ReturnType<typeof modelOf>) => void][] = [
        ['the count', (model) => void model.add(-5)],
        ['the order', (model) => void model.values.set('180', 500)],
        ['a failure', (model) => (model.beforeAnswer = () => assert.fail('no'))],
        ['records that cannot be read', (model) => (model.spoil = (page) => ({ ...page, skipped: ['No id.'] }))],
      ];
      for (const [what, change] of changed) {
        const model = modelOf(230);
        const list = new LeadList(model, {}, 50);
        await list.loadMore();
        change(model);
        let changes = 0;
        list.onDidChange(() => changes++);
        await list.refresh();
        assert.equal(changes, 1, what);
      }
    });

    it('fires at its start where there is nothing to go on showing: no leads, or an error', async () => {
      const model = modelOf(230);
      const list = new LeadList(model, {}, 50);
      const changes: string[] = [];
      list.onDidChange(() => changes.push(list.state));
      await list.refresh();
      model.beforeAnswer = () => assert.fail('no');
      await list.refresh();
      model.beforeAnswer = () => undefined;
      await list.refresh();
      assert.deepEqual(changes, ['reading', 'ready', 'failed', 'reading', 'ready']);
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
