import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LeadList } from '../../../src/leads/leadList';
import { LeadsMovedError } from '../../../src/leads/pageReader';
import { HeldAnswers, idsOf, LeadsModel, modelOf, never } from './leadsModel';

/** One change of the service's leads. `at` picks a lead by its share of the list's length. */
type Change =
  | { readonly kind: 'addOnTop' | 'addAtEnd'; readonly times: number }
  | { readonly kind: 'add'; readonly value: number | undefined }
  | { readonly kind: 'remove' | 'jumpToTop' | 'jumpToEnd'; readonly at: number; readonly times: number }
  | { readonly kind: 'change'; readonly at: number; readonly value: number | undefined };

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const times = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4, max: 25 }) },
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('addOnTop' as const, 'addAtEnd' as const), times }),
  fc.record({ kind: fc.constant('add' as const), value }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'jumpToTop' as const, 'jumpToEnd' as const), at: share, times }),
  fc.record({ kind: fc.constant('change' as const), at: share, value }),
);

/** Leads that were never removed and whose sort value was never another one. */
class Stayers {
  readonly ids: Set<string>;

  constructor(private readonly model: LeadsModel) {
    this.ids = new Set(model.values.keys());
  }

  make(what: Change): void {
    const { model } = this;
    if (what.kind === 'add') {
      model.add(what.value);
      return;
    }
    if (what.kind === 'change') {
      this.move(model.ids()[Math.floor(what.at * model.values.size)], what.value);
      return;
    }
    for (let time = 0; time < what.times; time++) {
      const known = [...model.values.values()].filter((each) => each !== undefined);
      const above = model.sortOrder === 'desc' ? Math.max(0, ...known) + 1 : Math.min(0, ...known) - 1;
      const below = model.sortOrder === 'desc' ? Math.min(0, ...known) - 1 : Math.max(0, ...known) + 1;
      const id = 'at' in what ? model.ids()[Math.floor(what.at * model.values.size)] : undefined;
      if (what.kind === 'addOnTop') {
        model.add(above);
      } else if (what.kind === 'addAtEnd') {
        model.add(below);
      } else if (what.kind === 'jumpToTop') {
        this.move(id, above);
      } else if (what.kind === 'jumpToEnd') {
        this.move(id, below);
      } else if (id !== undefined) {
        model.values.delete(id);
        this.ids.delete(id);
      }
    }
  }

  private move(id: string | undefined, to: number | undefined): void {
    if (id !== undefined && this.model.values.get(id) !== to) {
      this.model.values.set(id, to);
      this.ids.delete(id);
    }
  }
}

const scenario = fc.record({
  sortOrder: fc.constantFrom('asc' as const, 'desc' as const),
  values: fc.array(value, { maxLength: 60 }),
  // Rounds of changes: one before each request, while there are any.
  changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 25 }),
  pageSize: fc.integer({ min: 1, max: 6 }),
  maxPage: fc.integer({ min: 6, max: 12 }),
  cap: fc.oneof(
    { weight: 2, arbitrary: fc.constant(10_000) },
    { weight: 1, arbitrary: fc.integer({ min: 10, max: 50 }) },
  ),
});

/** Requests that 500 leads need in pages of 50 that meet in one row. */
const pagesOf500 = 11;

/** One change at a page, from 0. */
const moves: Record<string, (page: number) => Change> = {
  'a lead is added at the top': () => ({ kind: 'addOnTop', times: 1 }),
  'a page and a half of leads are added at the top': () => ({ kind: 'addOnTop', times: 75 }),
  'a lead is added at the end': () => ({ kind: 'addAtEnd', times: 1 }),
  'a lead that was read is removed': () => ({ kind: 'remove', at: 0.01, times: 1 }),
  'leads around the place that is being read are removed': (page) => ({ kind: 'remove', at: page / 12, times: 30 }),
  'the last lead is removed': () => ({ kind: 'remove', at: 0.9999, times: 1 }),
  'a lead that was read jumps to the top': () => ({ kind: 'jumpToTop', at: 0.05, times: 1 }),
  'leads around the place that is being read jump to the top': (page) => ({
    kind: 'jumpToTop',
    at: page / 12,
    times: 10,
  }),
  'the last lead jumps to the top': () => ({ kind: 'jumpToTop', at: 0.9999, times: 1 }),
  'leads that were read go to the end': () => ({ kind: 'jumpToEnd', at: 0.01, times: 3 }),
};

/** Which of the answers that are waited for is made next, by its place among them. */
const orders: Record<string, (waiting: number) => number> = {
  'in the order of the requests': () => 0,
  'the newest request first': (waiting) => waiting - 1,
  'from the middle': (waiting) => Math.floor(waiting / 2),
};

/** Answers what a list asks, in the order that `pick` says, until its reading has ended. */
async function answered(list: LeadList, source: HeldAnswers, pick: (waiting: number) => number): Promise<void> {
  const waiting: (typeof source.held)[number][] = [];
  while (list.state === 'reading') {
    waiting.push(...source.held.splice(0));
    waiting.splice(pick(waiting.length), 1)[0]?.answer();
    await new Promise(setImmediate);
  }
}

describe('paging while the list changes', () => {
  it('reads every lead that stayed in its place once, and no lead twice', async () => {
    let ended = 0;
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ sortOrder, values, changes, pageSize, maxPage, cap }) => {
        const model = new LeadsModel(sortOrder, cap, maxPage);
        values.forEach((each) => model.add(each));
        const stayers = new Stayers(model);
        model.beforeAnswer = (request) => changes[request]?.forEach((each) => stayers.make(each));
        const list = new LeadList(model, {}, pageSize, { cap, page: maxPage });
        const isReadable = (): boolean => list.end === 'more' && list.state !== 'failed';
        while (isReadable()) {
          const before = list.leads.length;
          await list.loadMore();
          const ids = list.leads.map((lead) => lead.id);
          assert.equal(new Set(ids).size, ids.length, 'an id twice');
          assert.ok(!isReadable() || list.leads.length > before, 'no progress');
        }
        if (list.state === 'failed') {
          assert.ok(list.error instanceof LeadsMovedError, String(list.error));
          moved++;
          return;
        }
        ended++;
        const reachable = model
          .ids()
          .slice(0, cap)
          .filter((id) => stayers.ids.has(id));
        const missed = reachable.filter((id) => !list.get(id));
        assert.deepEqual(missed, []);
        assert.equal(list.end, model.values.size > cap ? 'cap' : 'complete');
      }),
      { numRuns: 3000 },
    );
    // The error is for lists that move faster than they can be read: it must not be the way out of ordinary changes.
    assert.ok(moved * 500 < ended, `${moved} of ${moved + ended} lists could not be read to the end`);
  });

  it('knows that a list is complete at the cap, also when the count has only just fallen to it', async () => {
    const model = new LeadsModel('asc', 13, 9);
    for (let value = 1; value <= 8; value++) model.add(value);
    model.beforeAnswer = (request) => {
      if (request === 1) for (let value = -6; value < 0; value++) model.add(value);
      if (request === 2) model.values.delete('9');
    };
    const list = new LeadList(model, {}, 3, { cap: 13, page: 9 });
    while (list.end === 'more') await list.loadMore();
    assert.deepEqual([list.end, list.total, list.leads.length], ['complete', 13, 8]);
  });

  it('misses no lead that stayed, and gives none twice, when pages are asked for ahead and made in another order', async () => {
    let ended = 0;
    let moved = 0;
    // How many turns longer than the others each answer takes: up to five of them are under way at the same time.
    const late = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 });
    const concurrency = fc.integer({ min: 2, max: 6 });
    await fc.assert(
      fc.asyncProperty(scenario, late, concurrency, async (given, turns, allowed) => {
        const { sortOrder, values, changes, maxPage, cap } = given;
        const model = new LeadsModel(sortOrder, cap, maxPage);
        model.concurrency = allowed;
        values.forEach((each) => model.add(each));
        const stayers = new Stayers(model);
        model.beforeAnswer = async (request) => {
          for (let turn = turns[request] ?? 0; turn > 0; turn--) await Promise.resolve();
          changes[request]?.forEach((each) => stayers.make(each));
          const reach = new Set(model.ids().slice(0, cap));
          for (const id of within) if (!reach.has(id)) within.delete(id);
        };
        // At the cap the last page may be older than the first: what came into reach meanwhile is not in it.
        const within = new Set(model.ids().slice(0, cap));
        const list = new LeadList(model, {}, maxPage, { cap, page: maxPage });
        await list.loadAll(never());
        // While it refreshes the list moves on, if there are any changes left.
        if (list.state === 'ready') await list.refresh();
        const ids = list.leads.map((lead) => lead.id);
        assert.equal(new Set(ids).size, ids.length, 'an id twice');
        if (list.state === 'failed') {
          assert.ok(list.error instanceof LeadsMovedError, String(list.error));
          moved++;
          return;
        }
        ended++;
        const reachable = model
          .ids()
          // A refresh of what was a complete list stops where very much has been added.
          .slice(0, list.end === 'more' ? 0 : cap)
          .filter((id) => stayers.ids.has(id) && (list.end !== 'cap' || within.has(id)));
        assert.deepEqual(
          reachable.filter((id) => !list.get(id)),
          [],
        );
      }),
      { numRuns: 3000 },
    );
    assert.ok(moved * 500 < ended, `${moved} of ${moved + ended} lists could not be read to the end`);
  });

  describe('four pages at a time, whatever changes at whichever page, and in whichever order the answers are made', () => {
    for (const [kind, move] of Object.entries(moves)) {
      for (const [order, pick] of Object.entries(orders)) {
        it(`${kind}, ${order}`, async () => {
          for (const at of [...Array.from({ length: pagesOf500 }, (_, page) => page), 'every page'] as const) {
            const model = modelOf(500);
            const stayers = new Stayers(model);
            const source = new HeldAnswers(model);
            const list = new LeadList(source, {}, 50);
            let made = 0;
            model.beforeAnswer = () => {
              const page = made++;
              if (at === 'every page' ? page > 0 && page < pagesOf500 : page === at) stayers.make(move(page));
            };
            void list.loadAll(never());
            await answered(list, source, pick);
            const ids = idsOf(list);
            assert.deepEqual([list.state, list.end, new Set(ids).size], ['ready', 'complete', ids.length], `at ${at}`);
            const missed = model.ids().filter((id) => !list.get(id));
            assert.deepEqual(
              missed.filter((id) => stayers.ids.has(id)),
              [],
              `at ${at}: lost`,
            );
            // What has come above the loaded leads is not among them: then the list says that there is more.
            if (at !== pagesOf500 - 1 && missed.length > 0) assert.notEqual(list.drift, 0, `at ${at}: not said`);
            void list.refresh();
            await answered(list, source, pick);
            const { length } = list.leads;
            // A refresh of what was a complete list stops where more than a page has been added.
            assert.ok(
              list.end === 'complete' ? length === model.values.size : length >= ids.length,
              `${length} at ${at}`,
            );
            assert.deepEqual(idsOf(list), model.ids().slice(0, length), `at ${at}: after a refresh`);
          }
        });
      }
    }
  });
});
