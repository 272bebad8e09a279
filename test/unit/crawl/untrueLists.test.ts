import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { crawlState } from '../../../src/crawl/crawlState';
import { IdSet } from '../../../src/crawl/idSet';
import type { JsonValue } from '../../../src/dashly/json';
import type { Lead, LeadsQuery } from '../../../src/dashly/lead';
import { LeadsCrawl } from '../../../src/crawl/crawl';
import type { CrawlResult } from '../../../src/crawl/crawl';
import { describeMissing } from '../../../src/crawl/missingLeads';
import { dateText, lead, ModelSource, useModelTime } from './modelSource';

const minute = 60_000;
const day = 24 * 60 * minute;

async function read(source: ModelSource, query: LeadsQuery = {}): Promise<{ ids: Set<string>; result: CrawlResult }> {
  const leads = new LeadsCrawl(source, query).leads(new AbortController().signal);
  const ids = new Set<string>();
  for (;;) {
    const next = await leads.next();
    if (next.done) {
      return { ids, result: next.value };
    }
    ids.add(next.value.id);
  }
}

function model(
  count: number,
  props: (index: number, now: number) => Record<string, string | number | boolean>,
): ModelSource {
  const now = Date.now();
  return new ModelSource(Array.from({ length: count }, (_, index) => lead(index + 1, { ...props(index, now) })));
}

describe('A crawl of a service that counts no further than 10,000', function () {
  this.timeout(60_000);
  useModelTime();

  const capped = (
    count: number,
    props: (index: number, now: number) => Record<string, string | number | boolean>,
  ): ModelSource => {
    const source = model(count, props);
    source.countsUpTo = 10_000;
    return source;
  };

  it('reads what it does not count', async () => {
    const seen = (index: number, now: number): Lead['props'] => ({ $last_seen: dateText(now - index * minute) });
    for (const [count, sortProp] of [
      [10_001, undefined],
      [31_000, '$last_seen'],
      [10_003, '$sessions'],
    ] as const) {
      const source = capped(count, (index, now) => ({ ...seen(index, now), $sessions: index % 7 }));
      const { ids, result } = await read(source, { sortProp });
      assert.equal(ids.size, count, `${count} by ${sortProp ?? 'default'}`);
      assert.deepEqual({ missing: result.missing, reasons: result.reasons }, { missing: 0, reasons: [] });
    }
  });

  it('cuts by numbers of which one has more leads than are counted', async () => {
    const source = capped(26_000, (index) => ({ $sessions: index < 3_000 ? 9 : 4, orders: index % 11 }));
    const { ids, result } = await read(source);
    assert.equal(ids.size, 26_000);
    assert.equal(result.missing, 0);
  });

  it('says that there may be more where nothing divides them, and then only', async () => {
    const source = capped(25_000, () => ({ $last_seen: '2025-06-01T10:00:00', $name: 'Same' }));
    const { ids, result } = await read(source);
    assert.ok(ids.size >= 10_000 && ids.size < 25_000);
    assert.deepEqual(
      result.reasons.map(({ count, why }) => ({ count, why })),
      [{ count: undefined, why: 'undividable' }],
    );
    assert.match(
      result.reasons.map(describeMissing).join(),
      /^Perhaps more leads of the whole view: the service counts/,
    );
    const few = capped(9_000, () => ({ $last_seen: '2025-06-01T10:00:00', $name: 'Same' }));
    assert.deepEqual((await read(few)).result.reasons, []);
  });
});

describe('A crawl of a view that is sorted by dates ahead of now', function () {
  this.timeout(60_000);
  useModelTime();

  const kinds: Readonly<Record<string, (index: number, now: number) => number>> = {
    'in the next 30 days': (index, now) => now + ((index * 7919) % 10_600) * 4 * minute,
    'half of them': (index, now) => now + (index - 10_600) * 4 * minute,
    'in a thousand years': (_, now) => now + 365_000 * day,
    'at one moment tomorrow but for one': (index, now) => now + (index === 0 ? -day : day),
  };
  for (const [kind, date] of Object.entries(kinds)) {
    it(`plans within a budget and reads all: ${kind}`, async () => {
      const count = kind === 'half of them' ? 21_200 : 10_600;
      for (const sortOrder of ['asc', 'desc'] as const) {
        const source = model(count, (index, now) => ({
          trial_ends: dateText(date(index, now)),
          $last_seen: dateText(now - index * minute),
        }));
        const crawl = new LeadsCrawl(source, { sortProp: 'trial_ends', sortOrder });
        const plan = await crawl.prepare(new AbortController().signal);
        assert.ok(source.queries.length < 100, `${source.queries.length} requests for ${plan.windows} windows`);
        const { ids, result } = await read(source, { sortProp: 'trial_ends', sortOrder });
        assert.equal(ids.size, count);
        assert.equal(result.missing, 0);
      }
    });
  }

  it('takes another property when the dates are in many heaps', async () => {
    const source = model(60_000, (index, now) => ({
      // Sixty moments of a thousand leads each, in a service that answers late: guesses go wrong.
      trial_ends: dateText(now - Math.floor(index / 10_000) * 11 * minute),
      $last_seen: dateText(now - index * minute),
    }));
    const crawl = new LeadsCrawl(source, { sortProp: 'trial_ends' });
    const plan = await crawl.prepare(new AbortController().signal);
    assert.ok(
      source.queries.length < 40 * plan.windows,
      `${source.queries.length} requests for ${plan.windows} windows`,
    );
    assert.equal((await read(source, { sortProp: 'trial_ends' })).ids.size, 60_000);
  });
});

describe('A crawl of a list whose equal leads change places', function () {
  this.timeout(60_000);
  useModelTime();

  it('reads them all in an order in which they are not equal', async () => {
    for (const count of [130, 900]) {
      const source = model(count, (index, now) => ({
        $sessions: index % 3,
        $last_seen: dateText(now - day - (index % 5) * minute),
        $email: `person${index}@example.com`,
      }));
      source.isUnsteady = true;
      const { ids, result } = await read(source, { sortProp: '$sessions' });
      assert.equal(ids.size, count);
      assert.deepEqual({ missing: result.missing, reasons: result.reasons }, { missing: 0, reasons: [] });
    }
  });

  it('says so when they are equal in everything and not all could be read', async () => {
    const source = model(1_000, () => ({ $last_seen: '2025-06-01T10:00:00' }));
    source.isUnsteady = true;
    const { ids, result } = await read(source);
    assert.equal(result.missing, 1_000 - ids.size);
    assert.deepEqual(
      result.reasons.map(({ why }) => why),
      ids.size < 1_000 ? ['unsteady'] : [],
    );
    assert.ok(source.queries.length < 10_000, `${source.queries.length} requests`);
  });
});

describe('A crawl of a service that does all of this at once', function () {
  this.timeout(120_000);
  useModelTime();

  for (const stop of [4_999, 10_500]) {
    it(`goes on where it was broken off after ${stop} leads, three days later, and loses and repeats none`, async () => {
      const count = 12_000;
      const source = model(count, (index, now) => ({
        trial_ends: dateText(now + (index - count / 2) * 4 * minute),
        $last_seen: dateText(now - day - (index % 900) * minute),
        $sessions: index % 5,
        $email: `person${index}@example.com`,
      }));
      source.countsUpTo = 10_000;
      source.isUnsteady = true;
      const crawl = new LeadsCrawl(source, { sortProp: 'trial_ends' });
      const first = crawl.leads(new AbortController().signal);
      const ids: string[] = [];
      while (ids.length < stop) ids.push(((await first.next()).value as Lead).id);
      const state = crawlState(JSON.parse(JSON.stringify(crawl.state)) as JsonValue);
      await first.return(undefined as never);

      mock.timers.tick(3 * day);
      for (let id = 100; id <= count; id += 1_000) {
        const { props } = source.leads.get(String(id))!;
        source.set(lead(id, { ...(props as Record<string, string>), $last_seen: dateText(Date.now()) }));
      }
      source.remove('50');
      const seen = new IdSet();
      ids.forEach((id) => seen.add(id));
      const rest = LeadsCrawl.resume(source, state, seen).leads(new AbortController().signal);
      for (let next = await rest.next(); !next.done; next = await rest.next()) ids.push(next.value.id);
      assert.equal(new Set(ids).size, ids.length);
      const given = new Set(ids);
      assert.deepEqual(
        [...source.leads.keys()].filter((id) => !given.has(id)),
        [],
      );
    });
  }
});
