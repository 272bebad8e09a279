import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LeadsPage } from '../../../src/dashly/lead';
import { LeadList } from '../../../src/leads/leadList';
import { idsOf, type LeadsModel, modelOf, never } from './leadsModel';

/** An answer in which the rows and the count contradict each other, or the count what it was before. */
type Lie = (page: LeadsPage) => LeadsPage;

const short =
  (rows: number): Lie =>
  (page) => ({ ...page, leads: page.leads.slice(0, rows), received: Math.min(rows, page.received) });
const total =
  (count: number): Lie =>
  (page) => ({ ...page, total: count });

/** Tells the lie in the given answers, counted from 0. */
function lying(model: LeadsModel, lie: Lie, isLie: (answer: number) => boolean): LeadsModel {
  let answer = 0;
  model.spoil = (page) => (isLie(answer++) ? lie(page) : page);
  return model;
}

describe('one answer that contradicts itself', () => {
  const lies: [string, Lie][] = [
    ['a page with fewer rows than asked for', short(40)],
    ['a page of one row', short(1)],
    ['an empty page', short(0)],
    ['a count that is too small', total(120)],
    ['a count that has fallen to what is read', total(148)],
    ['a count of nothing', total(0)],
    ['a count that is too large', total(5000)],
  ];
  for (const [title, lie] of lies) {
    it(`does not end the list: ${title}`, async () => {
      for (const answer of [0, 1, 2, 5]) {
        const model = lying(modelOf(400), lie, (each) => each === answer);
        const list = new LeadList(model, {}, 50);
        for (let page = 0; page < 3; page++) await list.loadMore();
        assert.deepEqual([list.state, list.end], ['ready', 'more'], `answer ${answer}`);
        assert.ok(list.leads.length > 90);
        await list.loadAll(never());
        assert.deepEqual([list.state, list.end, list.drift], ['ready', 'complete', 0], `answer ${answer}`);
        assert.deepEqual(idsOf(list), model.ids(), `answer ${answer}`);
      }
    });
  }

  it('loses nothing, whatever is said wrong and wherever, when the next answer is right', async () => {
    const anyLie = fc.oneof(
      fc.integer({ min: 0, max: 9 }).map(short),
      fc.integer({ min: 0, max: 300 }).map(total),
      fc.constant(total(0)),
    );
    // The first answer's own count is all there is to compare it with.
    const lieAt = fc.tuple(fc.integer({ min: 1, max: 12 }), anyLie);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.array(lieAt, { maxLength: 8 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (count, told, pageSize, atOnce) => {
          const model = modelOf(count);
          const lies = new Map<number, Lie>();
          let at = 0;
          for (const [distance, lie] of told) lies.set((at += distance + 1), lie);
          let answer = 0;
          model.spoil = (page) => (lies.get(answer++) ?? ((same: LeadsPage) => same))(page);
          const list = new LeadList(model, {}, pageSize, { cap: 10_000, page: 10 });
          if (atOnce) {
            // Pages that were asked for ahead are no second answer about the same place.
            for (const later of [...lies.keys()].slice(1)) lies.delete(later);
            await list.loadAll(never());
          } else {
            for (let times = 0; list.end === 'more' && times < 300; times++) await list.loadMore();
          }
          assert.deepEqual([list.error, list.end], [undefined, 'complete']);
          assert.deepEqual(idsOf(list), model.ids());
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a service that always contradicts itself', () => {
  it('is read to where it gives nothing new: its count is too large', async () => {
    const model = lying(modelOf(147), total(400), () => true);
    const list = new LeadList(model, {}, 50);
    for (let page = 0; list.end === 'more'; page++) {
      assert.ok(page < 5);
      await list.loadMore();
    }
    assert.deepEqual([list.state, list.end, idsOf(list)], ['ready', 'complete', model.ids()]);
    await list.refresh();
    assert.deepEqual([list.state, list.end, idsOf(list)], ['ready', 'complete', model.ids()]);
  });

  it('is read to its end: its count is too small, nothing, or stops at a number', async () => {
    for (const lie of [total(0), total(60), (page: LeadsPage) => ({ ...page, total: Math.min(page.total, 100) })]) {
      const model = lying(modelOf(400), lie, () => true);
      const list = new LeadList(model, {}, 50);
      await list.loadAll(never());
      assert.deepEqual([list.state, list.end, idsOf(list)], ['ready', 'complete', model.ids()]);
    }
  });

  it('is read to its end: it gives fewer rows than it is asked for', async () => {
    const model = lying(modelOf(400), short(20), () => true);
    const list = new LeadList(model, {}, 50);
    await list.loadAll(never());
    assert.deepEqual([list.state, list.end, idsOf(list)], ['ready', 'complete', model.ids()]);
  });

  it('is believed when it says twice that there is nothing', async () => {
    const model = lying(modelOf(400), short(0), () => true);
    const list = new LeadList(model, {}, 50);
    await list.loadMore();
    assert.deepEqual([list.state, list.end, list.total, model.requests.length], ['ready', 'complete', 400, 2]);
  });

  it('is at the cap when the rows go on behind a count that is too small', async () => {
    const model = lying(modelOf(130, 100), total(60), () => true);
    const list = new LeadList(model, {}, 50, { cap: 100, page: 50 });
    await list.loadAll(never());
    assert.deepEqual([list.end, list.leads.length], ['cap', 100]);
  });
});
