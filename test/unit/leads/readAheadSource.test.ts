import assert from 'node:assert/strict';
import { LeadList } from '../../../src/leads/leadList';
import { HeldAnswers, idsOf, modelOf, never } from './leadsModel';

const settled = (): Promise<void> => new Promise(setImmediate);

async function answerAll(reading: Promise<void>, { held }: HeldAnswers): Promise<void> {
  for (const { answer } of held) answer();
  await reading;
}

describe('reading ahead', () => {
  it('asks for the same pages as reading one by one, the next before the present one has come', async () => {
    const model = modelOf(320);
    const source = new HeldAnswers(model);
    const list = new LeadList(source, {}, 50);
    const loading = list.loadAll(never());
    const underWay: number[] = [];
    for (let answered = 0; answered < source.held.length; answered++) {
      underWay.push(source.held.length - answered);
      source.held[answered]?.answer();
      await settled();
    }
    await loading;
    assert.deepEqual(idsOf(list), model.ids());
    assert.deepEqual(
      model.requests.map(({ offset, limit }) => [offset, limit]),
      [
        [0, 50],
        [49, 50],
        [98, 50],
        [147, 50],
        [196, 50],
        [245, 50],
        [294, 50],
      ],
    );
    assert.deepEqual(underWay, [1, 4, 4, 4, 3, 2, 1]);
  });

  it('asks for as many pages at a time as the source allows at the moment', async () => {
    const model = modelOf(1000);
    const source = new HeldAnswers(model);
    const list = new LeadList(source, {}, 50);
    await answerAll(list.loadMore(), source);
    // How many leads there are is known: the pages ahead need not wait for the first.
    const loading = list.loadAll(never());
    const underWay: number[] = [];
    for (let answered = 1; answered < source.held.length; answered++) {
      underWay.push(source.held.length - answered);
      // After the fifth answer the service has had too many requests, after the tenth it recovers.
      if (answered === 5) source.concurrency = 1;
      if (answered === 10) source.concurrency = 3;
      source.held[answered]?.answer();
      await settled();
    }
    await loading;
    assert.deepEqual(idsOf(list), model.ids());
    assert.deepEqual(underWay.slice(0, 13), [4, 4, 4, 4, 4, 3, 2, 1, 1, 1, 3, 3, 3]);
    assert.equal(source.held.length, 21);
  });

  it('asks for one page at a time where the source does not say how many', async () => {
    const model = modelOf(320);
    let underWay = 0;
    const list = new LeadList(
      {
        listLeads: async (query, signal) => {
          assert.equal(++underWay, 1);
          await settled();
          underWay--;
          return model.listLeads(query, signal);
        },
      },
      {},
      50,
    );
    await list.loadAll(never());
    assert.deepEqual(idsOf(list), model.ids());
  });

  it('asks for nothing that a refresh does not want, nor for anything behind the cap', async () => {
    const model = modelOf(320, 120);
    const list = new LeadList(model, {}, 50, { cap: 120, page: 50 });
    await list.loadMore();
    await list.loadMore();
    model.requests.length = 0;
    await list.refresh();
    assert.deepEqual(
      model.requests.map(({ offset, limit }) => [offset, limit]),
      [
        [0, 50],
        [49, 50],
      ],
    );
    await list.loadAll(never());
    assert.deepEqual([list.end, idsOf(list)], ['cap', model.ids().slice(0, 120)]);
  });

  it('aborts what it asked for when the reading is stopped', async () => {
    const source = new HeldAnswers(modelOf(320));
    const list = new LeadList(source, {}, 50);
    const abort = new AbortController();
    const loading = list.loadAll(abort.signal);
    source.held[0]?.answer();
    await settled();
    assert.equal(source.held.length, 5);
    abort.abort();
    await loading;
    assert.deepEqual(
      source.held.slice(1).map(({ signal }) => signal.aborted),
      [true, true, true, true],
    );
  });

  it('gives up the page ahead when the present one fails, and says only why that one did', async () => {
    const source = new HeldAnswers(modelOf(320));
    const list = new LeadList(source, {}, 50);
    const loading = list.loadAll(never());
    source.held[0]?.answer();
    await settled();
    source.held[2]?.fail(new Error('the page ahead'));
    await settled();
    assert.equal(list.state, 'reading');
    source.held[1]?.fail(new Error('the present page'));
    await loading;
    assert.deepEqual([list.state, String(list.error), list.leads.length], ['failed', 'Error: the present page', 50]);
    assert.equal(source.held[2]?.signal.aborted, true);
  });

  it('fails by the page ahead only when that page is wanted', async () => {
    const source = new HeldAnswers(modelOf(320));
    const list = new LeadList(source, {}, 50);
    const loading = list.loadAll(never());
    source.held[0]?.answer();
    await settled();
    source.held[2]?.fail(new Error('the page ahead'));
    source.held[1]?.answer();
    await loading;
    assert.deepEqual([list.state, String(list.error), list.leads.length], ['failed', 'Error: the page ahead', 99]);
  });
});
