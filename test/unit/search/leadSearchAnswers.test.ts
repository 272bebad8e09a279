import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import type { Lead } from '../../../src/dashly/lead';
import { LeadSearch } from '../../../src/search/leadSearch';
import { pass, settle, stopTime } from '../mockTime';
import { lead, Searched, Service } from './searchWorld';

function ids(search: LeadSearch): string[] {
  return search.hits.map((hit) => hit.lead.id);
}

function nameOf({ props: { $name } }: Lead): string {
  return typeof $name === 'string' ? $name : '';
}

describe('LeadSearch, whatever is typed and whenever answers come', () => {
  beforeEach(() => stopTime());
  afterEach(() => mock.timers.reset());

  it('never shows anything stale, whatever the order of answers (seeded random)', async () => {
    const names = ['ab', 'abc', 'bca', 'cab', '12', '123'];
    const app = (name: string): Lead[] =>
      names.flatMap((text, index) =>
        Array.from({ length: 30 }, (_, copy) => lead(`${index + 1}${copy}`, { $name: `${text} ${copy}`, app: name })),
      );
    const times = (min: number, max: number): fc.Arbitrary<number> =>
      fc.integer({ min, max }).map((steps) => 25 * steps);
    const step = fc.oneof(
      fc.record({
        do: fc.constant('type' as const),
        text: fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'c', 'ca', '12', '23', '110'),
      }),
      fc.record({ do: fc.constant('wait' as const), time: times(1, 24) }),
      fc.record({ do: fc.constantFrom('more' as const, 'retry' as const, 'switch' as const, 'load' as const) }),
      fc.record({ do: fc.constant('fault' as const), on: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.infiniteStream(times(0, 36)), async (steps, delays) => {
        const services = new Map(['one', 'two'].map((name) => [name, new Service(app(name))]));
        for (const one of services.values()) one.delay = () => delays.next().value as number;
        const searched = new Searched(services.get('one')!, 'one');
        const search = new LeadSearch(searched);
        const check = (): void => {
          const needle = search.text.toLowerCase();
          assert.equal(new Set(ids(search)).size, search.hits.length, 'each lead once');
          for (const { lead: hit } of search.hits) {
            assert.equal(hit.props.app, searched.connection?.key, 'a lead of the present account');
            assert.ok(hit.id === needle || nameOf(hit).includes(needle), 'a lead that has the present text');
          }
          const live = [...services.values()].flatMap((one) => one.asked).filter(({ signal }) => !signal.aborted);
          for (const { what } of live)
            assert.ok(what.includes(`"${search.text}"`) || /^(id|User ID) (.*)$/.exec(what)?.[2] === search.text, what);
        };
        search.onDidChange(check);
        for (const one of steps) {
          if (one.do === 'type') search.setText(one.text);
          if (one.do === 'wait') await pass(one.time, 25);
          if (one.do === 'more') search.loadMore();
          if (one.do === 'retry') search.retry();
          if (one.do === 'fault')
            for (const each of services.values()) each.fault = one.on ? () => new Error('down') : undefined;
          if (one.do === 'load') searched.load(services.get(searched.connection!.key)!.leads.slice(0, 40));
          if (one.do === 'switch') {
            const next = searched.connection?.key === 'one' ? 'two' : 'one';
            searched.connect(services.get(next), next);
          }
          check();
        }
        for (const each of services.values()) each.fault = undefined;
        await pass(2000, 25);
        search.retry();
        await pass(2000, 25);
        while (search.more) {
          search.loadMore();
          await pass(2000, 25);
        }
        const expected =
          search.text === ''
            ? []
            : services
                .get(searched.connection!.key)!
                .leads.filter((one) => one.id === search.text || nameOf(one).includes(search.text));
        assert.deepEqual(
          new Set(ids(search)),
          new Set(expected.map((one) => one.id)),
          'in the end everything that matches is there',
        );
        search.dispose();
        await settle();
      }),
      { seed: 20_150_401, numRuns: 300 },
    );
  });
});
