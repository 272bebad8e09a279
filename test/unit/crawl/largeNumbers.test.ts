import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { LeadsCrawl } from '../../../src/crawl/crawl';
import { finiteNumber } from '../../../src/crawl/sortableProperty';
import { ExactNumber, exactNumber } from '../../../src/dashly/json';
import type { LeadsQuery } from '../../../src/dashly/lead';
import { dateText, lead, ModelSource, useModelTime } from './modelSource';

const minute = 60_000;
const count = 22_000;

type Props = Parameters<typeof lead>[1];

function model(props: (index: number) => Props): ModelSource {
  return new ModelSource(Array.from({ length: count }, (_, index) => lead(index + 1, props(index))));
}

/** Reads everything; fails when a lead is missing or something is said to be. */
async function readsAll(source: ModelSource, query: LeadsQuery): Promise<void> {
  const leads = new LeadsCrawl(source, query).leads(new AbortController().signal);
  const ids = new Set<string>();
  for (;;) {
    const next = await leads.next();
    if (next.done) {
      assert.deepEqual(
        { read: ids.size, missing: next.value.missing, reasons: next.value.reasons },
        { read: count, missing: 0, reasons: [] },
      );
      return;
    }
    ids.add(next.value.id);
  }
}

describe('A crawl that cuts by numbers', function () {
  this.timeout(60_000);
  useModelTime();

  const seen = (index: number): Props => ({ $last_seen: dateText(Date.now() - index * minute) });
  const same: Props = { $last_seen: '2025-06-01T10:00:00' };
  const kinds: Readonly<Record<string, (index: number) => Props[string]>> = {
    'up to far beyond 2^53': (index) => index * 1e15,
    'down to far below -2^53': (index) => index * -1e15,
    'on both sides of zero': (index) => (index - count / 2) * 1e17,
    'of which few are beyond 2^53': (index) => (index % 100 ? index : 1e16 + index * 2),
    'that are as large as numbers can be': (index) => 1.7e308 - index * 1e300,
    'with more digits than a JavaScript number has': (index) => exactNumber(`14481216177826${70_000 + index}`),
    'as prices are written': (index) => new ExactNumber(`${Math.floor(index / 10)}.${index % 10}0`),
    'of which most are the same large one': (index) => (index < 3_000 ? index : 1e20),
  };
  for (const [kind, number] of Object.entries(kinds)) {
    for (const [order, props, query] of [
      ['without an order', same, {}],
      ['sorted by them', undefined, { sortProp: 'wei' }],
      ['sorted by them upwards', undefined, { sortProp: 'wei', sortOrder: 'asc' }],
    ] as const) {
      it(`reads all: ${kind}, ${order}`, async () => {
        const source = model((index) => ({
          ...(props ?? seen(index)),
          $email: `${(index * 7919).toString(36)}@example.com`,
          wei: number(index),
        }));
        await readsAll(source, query);
        // Nothing is asked for that no lead has: who knows what a service makes of a number that it cannot hold.
        const values = new Set([...source.leads.values()].map((one) => finiteNumber(one.props.wei)));
        const asked = source.queries
          .flatMap(({ filters }) => filters?.filters ?? [])
          .filter(({ property_name }) => property_name === 'wei')
          .flatMap(({ value }) => Object.values(value));
        assert.ok(asked.length > 0);
        for (const one of asked) assert.ok(values.has(finiteNumber(one)), inspect(one));
      });
    }
  }

  it('takes another property where the parts do not hold all leads', async () => {
    const source = model((index) => ({ ...seen(index), wei: index * 1e15 }));
    source.largestNumber = Number.MAX_SAFE_INTEGER;
    await readsAll(source, { sortProp: 'wei' });
  });

  it('says how many are missing where no property holds all', async () => {
    const source = new ModelSource(
      Array.from({ length: 45_000 }, (_, index) => lead(index + 1, { ...same, wei: index })),
    );
    source.largestNumber = 29_999;
    const leads = new LeadsCrawl(source, {}).leads(new AbortController().signal);
    let next = await leads.next();
    while (!next.done) next = await leads.next();
    const { read, missing, reasons } = next.value;
    assert.equal(read, 30_000);
    assert.equal(missing, 15_000);
    assert.deepEqual(
      reasons.map(({ why, count: of }) => [why, of]),
      [['unplaced', 15_000]],
    );
  });
});
