import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LeadList } from '../../../src/leads/leadList';
import { HeldAnswers, idsOf, leadOf, LeadsModel, modelOf, never } from './leadsModel';

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
    assert.deepEqual(model.requests, [
      { ...query, offset: 0, limit: 10 },
      { ...query, offset: 9, limit: 26 },
    ]);
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
      assert.deepEqual(
        idsOf(list),
        Array.from({ length: list.leads.length }, (_, index) => String(300 - index)),
      );
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
    assert.deepEqual(
      model.ids().filter((id) => !list.get(id)),
      [],
    );
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
    await fc.assert(
      fc.asyncProperty(
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
          assert.deepEqual(
            idsOf(list),
            model.ids().filter((id) => !bad.has(id)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows a lead once when an answer repeats rows', async () => {
    const model = modelOf(200);
    model.spoil = (page) => {
      // In the place of other rows: the answer is as long as it was asked to be, and its last rows are left out.
      const leads = page.leads
        .flatMap((lead, index) => (index % 10 === 3 ? [lead, lead] : [lead]))
        .slice(0, page.leads.length);
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
    source.held[0].answer();
    await new Promise(setImmediate);
    assert.deepEqual([told, list.leads.length], [0, 0]);
    await list.loadMore();
    await list.refresh();
    await list.loadAll(never());
    assert.equal(source.held.length, 1);
  });
});
