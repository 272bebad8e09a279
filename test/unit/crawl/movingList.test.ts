import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { DashlyError } from '../../../src/dashly/errors';
import type { JsonValue } from '../../../src/dashly/json';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import { today } from '../../../src/dashly/dates';
import type { Filters, Lead } from '../../../src/dashly/lead';
import { resolveDates } from '../../../src/dashly/listRequest';
import type { LeadSource } from '../../../src/leads/pageReader';
import { LeadsCrawl, type CrawlOptions } from '../../../src/crawl/crawl';
import type { CrawlResult } from '../../../src/crawl/crawl';
import { crawlState } from '../../../src/crawl/crawlState';
import { IdSet } from '../../../src/crawl/idSet';
import { dateText, lead, ModelSource, useModelTime, whileTimeGoes } from './modelSource';

function model(count: number, apart = 60_000): ModelSource {
  return new ModelSource(
    Array.from({ length: count }, (_, index): Lead =>
      lead(index + 1, { $last_seen: dateText(Date.now() - 86_400_000 - index * apart) }),
    ),
  );
}

async function read(
  crawl: LeadsCrawl,
  signal = new AbortController().signal,
): Promise<{ ids: string[]; result: CrawlResult }> {
  const leads = crawl.leads(signal);
  const ids: string[] = [];
  for (;;) {
    const next = await leads.next();
    if (next.done) {
      return { ids, result: next.value };
    }
    ids.push(next.value.id);
  }
}

const crawlOf = (source: ModelSource, options: CrawlOptions = {}): LeadsCrawl => new LeadsCrawl(source, {}, options);

describe('A crawl over a list that moves', function () {
  this.timeout(60_000);
  useModelTime();

  it('misses no lead that stays, and repeats none, whatever comes, goes and jumps to the top', async () => {
    const move = fc.record({
      at: fc.integer({ min: 1, max: 70 }),
      what: fc.constantFrom('remove', 'online', 'add', 'addOld'),
      lead: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: 1500 }), fc.array(move, { maxLength: 60 }), async (count, moves) => {
        const source = model(count);
        let request = 0;
        let added = 1_000_000;
        const backdated = new Set<string>();
        source.before = () => {
          request += 1;
          mock.timers.tick(500);
          for (const { what, lead: number } of moves.filter(({ at }) => at === request)) {
            const id = String(1 + (number % count));
            if (what === 'remove') {
              source.remove(id);
            } else if (what === 'online' && source.leads.has(id)) {
              source.set(lead(Number(id), { $last_seen: dateText(Date.now()) }));
            } else if (what === 'add' || what === 'addOld') {
              added += 1;
              if (what === 'addOld') {
                backdated.add(String(added));
              }
              source.set(
                lead(added, {
                  $last_seen: dateText(Date.now() - (what === 'add' ? 0 : 86_400_000 + (number % count) * 60_000)),
                }),
              );
            }
          }
        };
        const { ids, result } = await read(crawlOf(source));
        assert.equal(new Set(ids).size, ids.length);
        const given = new Set(ids);
        // Also those that jumped to the top: they are in the list from the beginning to the end.
        const lost = [...source.leads.keys()].filter((id) => Number(id) <= count && !given.has(id));
        assert.deepEqual(lost, []);
        assert.equal(result.read, ids.length);
        // Only who stays is promised. Of those who come meanwhile no count tells when as many leave, or when they are put
        // into a window of the past.
        const left = ids.filter((id) => !source.leads.has(id)).length;
        const unread = [...source.leads.keys()].filter((id) => !given.has(id) && !backdated.has(id)).length;
        assert.ok(
          unread <= result.missing + left,
          `${unread} not read, ${result.missing} said to be missing, ${left} left`,
        );
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('finds who went up in another order without being active, although one who was read left', async () => {
    const source = new ModelSource(
      Array.from({ length: 2000 }, (_, index): Lead => lead(index + 1, { orders: 2000 - index })),
    );
    let asked = 0;
    source.before = () => {
      asked += 1;
      if (asked !== 16) return;
      source.set(lead(1950, { orders: 10_000 }));
      source.remove('3');
    };
    const { ids, result } = await read(new LeadsCrawl(source, { sortProp: 'orders' }));
    assert.ok(ids.includes('1950'));
    assert.equal(result.missing, 0);
  });

  it('reads the last lead when those above it went just before the last page', async () => {
    const source = model(884);
    source.before = ({ offset }) => {
      if (offset === 882) {
        source.remove('1');
        source.remove('2');
      }
    };
    const { ids } = await read(crawlOf(source));
    assert.ok(ids.includes('883') && ids.includes('884'));
  });

  it('waits for the end of a ten-minute outage', async () => {
    const source = model(12_000);
    let requests = 0;
    let outageEnds = 0;
    const outages: unknown[] = [];
    const crawl = crawlOf(source);
    source.before = () => {
      requests += 1;
      if (requests === 100) {
        outageEnds = Date.now() + 600_000;
      }
      if (Date.now() < outageEnds) {
        throw new DashlyError('connectionRefused');
      }
      outages.push(crawl.progress.outage);
    };
    const { ids, result } = await whileTimeGoes(read(crawl));
    assert.equal(ids.length, 12_000);
    assert.equal(result.missing, 0);
    assert.ok(
      outages.some((outage) => outage instanceof DashlyError),
      'the progress tells of the outage',
    );
    assert.equal(crawl.progress.outage, undefined);
  });

  it('gives up after its patience, and at once when waiting does not help', async () => {
    const down = model(100);
    down.before = () => {
      throw new DashlyError('unavailable');
    };
    const began = Date.now();
    await assert.rejects(
      whileTimeGoes(read(crawlOf(down, { patience: 120_000 }))),
      (error) => error instanceof DashlyError && error.kind === 'unavailable',
    );
    assert.ok(Date.now() - began <= 120_000);
    const refused = model(100);
    refused.before = () => {
      throw new DashlyError('notAuthenticated');
    };
    const before = Date.now();
    await assert.rejects(
      read(crawlOf(refused)),
      (error) => error instanceof DashlyError && error.kind === 'notAuthenticated',
    );
    assert.equal(Date.now(), before);
  });

  it('asks again when an answer came so late that the window had moved', async () => {
    const source = model(12_000);
    let late = 20;
    source.before = ({ filters }) => {
      if (filters?.filters.some(({ type }) => type === 'daysless') && late > 0) {
        late -= 1;
        mock.timers.tick(5 * 60_000);
      }
    };
    const { ids, result } = await read(crawlOf(source));
    assert.equal(ids.length, 12_000);
    assert.equal(result.missing, 0);
  });

  it('goes on from its state, through JSON, without repeating or losing a lead', async () => {
    const source = model(25_000);
    const crawl = crawlOf(source);
    const leads = crawl.leads(new AbortController().signal);
    const ids: string[] = [];
    for (let count = 0; count < 17_000; count += 1) {
      ids.push(((await leads.next()).value as Lead).id);
    }
    const state = crawlState(JSON.parse(JSON.stringify(crawl.state)) as JsonValue);
    await leads.return(undefined as never);
    mock.timers.tick(3 * 86_400_000);
    const seen = new IdSet();
    ids.forEach((id) => seen.add(id));
    const rest = await read(LeadsCrawl.resume(source, state, seen));
    assert.equal(new Set([...ids, ...rest.ids]).size, 25_000);
    assert.equal(ids.length + rest.ids.length, 25_000);
    assert.deepEqual({ read: rest.result.read, missing: rest.result.missing }, { read: 25_000, missing: 0 });
  });

  it('asks for the same leads over midnight and on other days, when it was asked for those of today', async () => {
    const minute = 60_000;
    // It is nine in the evening in Tokyo.
    const [timeZone, midnight] = ['Asia/Tokyo', Date.parse('2026-01-30T15:00:00Z')];
    const started = Date.now();
    const model = new ModelSource(
      Array.from({ length: 400 }, (_, index) =>
        lead(index + 1, { $last_seen: dateText(started - 2 * minute - index * 5 * minute) }),
      ),
    );
    const ofToday = [...model.leads.values()]
      .filter(({ props }) => Date.parse(`${props.$last_seen as string}Z`) > midnight)
      .map(({ id }) => id);
    // As a client asks the service.
    const source: LeadSource = {
      listLeads: (query, signal) => {
        const filters = query.filters && resolveDates(query.filters, { now: Date.now(), within: 0, timeZone });
        return model.listLeads({ ...query, filters: filters as unknown as Filters }, signal);
      },
    };
    const query = { filters: filtersOf('and', [condition.date('after', '$last_seen', today)]) };
    const crawl = new LeadsCrawl(source, query, { timeZone });
    const leads = crawl.leads(new AbortController().signal);
    const seen = new IdSet();
    const ids: string[] = [];
    const take = async (): Promise<void> => {
      const { id } = (await leads.next()).value as Lead;
      seen.add(id);
      ids.push(id);
    };
    for (let count = 0; count < 60; count++) await take();
    mock.timers.tick(4 * 3_600_000);
    for (let count = 0; count < 60; count++) await take();
    const state = crawlState(JSON.parse(JSON.stringify(crawl.state)) as JsonValue);
    await leads.return(undefined as never);
    mock.timers.tick(3 * 86_400_000);
    const { ids: rest, result } = await read(LeadsCrawl.resume(source, state, seen, { timeZone }));
    const byNumber = (a: string, b: string): number => Number(a) - Number(b);
    assert.deepEqual([...ids, ...rest].sort(byNumber), ofToday);
    assert.deepEqual([result.countedAtStart, result.countedAtEnd], [ofToday.length, ofToday.length]);
  });

  it('ends at once when it is aborted', async () => {
    const source = model(30_000);
    const aborting = new AbortController();
    source.before = ({ offset }) => {
      if (offset > 500) aborting.abort();
    };
    await assert.rejects(read(crawlOf(source), aborting.signal), { name: 'AbortError' });
  });
});

describe('IdSet', () => {
  it('is a set', () => {
    const ids = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
      fc.bigInt({ min: 10n ** 22n, max: 10n ** 26n }).map(String),
      fc.nat(300).map(String),
      fc.constantFrom('007', '', 'abc', '0'),
    );
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 800 }), (given) => {
        const [set, reference] = [new IdSet(), new Set<string>()];
        for (const id of given) {
          assert.equal(set.add(id), !reference.has(id));
          reference.add(id);
        }
        assert.equal(set.size, reference.size);
        assert.ok(given.every((id) => set.has(id)));
        assert.ok(!set.has('1234567890123456789012'));
      }),
    );
  });
});
