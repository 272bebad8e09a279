import assert from 'node:assert/strict';
import { mock } from 'node:test';
import {
  condition,
  conditionTypeNames,
  filtersOf,
  type TypedCondition,
  type TypedFilters,
} from '../../../src/dashly/conditions';
import { DashlyClient } from '../../../src/dashly/client';
import type { Lead } from '../../../src/dashly/lead';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { serveSampleApi, type SampleServer } from '../../service/server';

const now = Date.parse('2030-06-15T12:00:20Z');
const minute = 60_000;
const unitMinutes = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 };

/** A date-time of section 5, which is UTC though nothing says so; NaN for what is none. */
function moment(value: unknown): number {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
    ? Date.parse(value.length === 10 ? `${value}T00:00Z` : `${value}Z`)
    : NaN;
}

type Predicate = (value: unknown) => boolean;

const unset: Predicate = (value) => value === undefined || value === null;
const lower = (value: unknown): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);
const either =
  (one: Predicate, other: Predicate): Predicate =>
  (value) =>
    one(value) || other(value);
const not =
  (one: Predicate): Predicate =>
  (value) =>
    !one(value);
const above =
  (bound: number): Predicate =>
  (value) =>
    typeof value === 'number' && value > bound;
const below =
  (bound: number): Predicate =>
  (value) =>
    typeof value === 'number' && value < bound;
const later =
  (bound: number): Predicate =>
  (value) =>
    moment(value) > bound;
const earlier =
  (bound: number): Predicate =>
  (value) =>
    moment(value) < bound;
/** A date as a bound moved outwards to whole minutes before now, as the service can be asked. */
const outwards = (date: string, round: (minutes: number) => number): number =>
  now - round((now - Date.parse(`${date}Z`)) / minute) * minute;

const seen = '2030-06-10T08:30:00';
const longAgo = now - 3 * unitMinutes.days * minute;

/** Each type of condition with a property it fits, and what section 4 (and where it is silent, section 6) says it means. */
const cases: readonly (readonly [TypedCondition, Predicate])[] = [
  [condition.none('known', '$email'), not(unset)],
  [condition.none('unknown', '$phone'), unset],
  [condition.number('gt', '$sessions', 5), above(5)],
  [condition.number('gt_or_unknown', '$revenue', 100), either(above(100), unset)],
  [condition.number('lt', '$sessions', 3), below(3)],
  [condition.number('lt_or_unknown', '$orders_count', 2), either(below(2), unset)],
  [condition.range('$sessions', 2, 5), (value) => typeof value === 'number' && value >= 2 && value <= 5],
  [condition.number('eq', '$sessions', 4), (value) => value === 4],
  [condition.number('neq', '$orders_count', 1), (value) => value !== 1],
  [condition.text('str_contains', '$name', 'An'), (value) => lower(value)?.includes('an') === true],
  [condition.text('str_notcontains', '$email', 'EXAMPLE'), (value) => lower(value)?.includes('example') !== true],
  [condition.age('daysless', '$last_seen', 3, 'days'), later(longAgo)],
  [
    condition.age('daysless_or_unknown', '$last_contacted', 2, 'weeks'),
    either(later(now - 2 * unitMinutes.weeks * minute), unset),
  ],
  [condition.age('daysmore', '$last_seen', 72, 'hours'), earlier(longAgo)],
  [
    condition.age('daysmore_or_unknown', '$last_reply', 30, 'days'),
    either(earlier(now - 30 * unitMinutes.days * minute), unset),
  ],
  [condition.date('after', '$last_seen', seen), later(outwards(seen, Math.ceil))],
  [condition.date('after_or_unknown', '$last_contacted', seen), either(later(outwards(seen, Math.ceil)), unset)],
  [condition.date('before', '$last_seen', seen), earlier(outwards(seen, Math.floor))],
  [condition.date('before_or_unknown', '$last_reply', seen), either(earlier(outwards(seen, Math.floor)), unset)],
];

describe('Conditions asked of the service over HTTP', () => {
  let server: SampleServer;
  let client: DashlyClient;
  let leads: readonly Lead[];
  let all: (readonly [TypedCondition, Predicate])[];
  /** One for each request: Node warns of a signal that many requests listen to. */
  const signal = (): AbortSignal => new AbortController().signal;

  before(async () => {
    mock.timers.enable({ apis: ['Date'], now });
    const app = new TestApp({ leads: 900, seed: 11, now: () => now });
    server = await serveSampleApi(new TestApi(app));
    client = new DashlyClient({ address: server.address, app: '$self_app', token: server.token });
    leads = await read(undefined);
    // Booleans and lists are custom properties: which ones the app has is learnt from its leads.
    const withValue = (test: Predicate): [string, unknown] => {
      for (const { props } of leads) for (const entry of Object.entries(props)) if (test(entry[1])) return entry;
      throw new Error('no lead has such a value');
    };
    const [flag] = withValue((value) => typeof value === 'boolean');
    const [list, items] = withValue((value) => Array.isArray(value) && typeof value[0] === 'string');
    const [item = ''] = items as string[];
    const country = leads.map(({ props }) => props.$country).find((value) => typeof value === 'string') ?? '';
    all = [
      ...cases,
      [condition.text('str_eq', '$country', country.toUpperCase()), (value) => lower(value) === country.toLowerCase()],
      [condition.text('str_neq', '$country', country.toLowerCase()), (value) => lower(value) !== country.toLowerCase()],
      [condition.none('bool_true', flag), (value) => value === true],
      [condition.none('bool_false', flag), (value) => value === false || unset(value)],
      [condition.text('lcontains', list, item), (value) => Array.isArray(value) && value.includes(item)],
    ];
  });
  after(async () => {
    await server.close();
    mock.timers.reset();
  });

  /** Every lead of a filter, page by page, as the extension reads them. */
  async function read(filters: TypedFilters | undefined): Promise<Lead[]> {
    const found: Lead[] = [];
    for (;;) {
      const page = await client.listLeads({ filters, offset: found.length, limit: 50 }, signal());
      found.push(...page.leads);
      if (page.received < 50) return found;
    }
  }

  const holds = (
    [{ property_name: name }, predicate]: readonly [TypedCondition, Predicate],
    { props }: Lead,
  ): boolean => predicate(Object.hasOwn(props, name) ? props[name] : undefined);

  it('are of every type there is', () => {
    assert.deepEqual(new Set(all.map(([{ type }]) => type)), new Set(conditionTypeNames));
  });

  it('give each what a plain filter gives, neither all leads nor none', async () => {
    for (const one of all) {
      const expected = leads.filter((lead) => holds(one, lead)).map(({ id }) => id);
      assert.ok(
        expected.length > 0 && expected.length < leads.length,
        `${one[0].type} ${one[0].property_name} tells leads apart`,
      );
      assert.deepEqual(
        (await read(filtersOf('and', [one[0]]))).map(({ id }) => id),
        expected,
        one[0].type,
      );
    }
  });

  for (const type of ['and', 'or'] as const) {
    it(`give each with each other what a plain filter gives, combined by “${type}”`, async () => {
      for (const [place, one] of all.entries()) {
        await Promise.all(
          all.slice(place).map(async (other) => {
            const both = (lead: Lead): boolean =>
              type === 'and' ? holds(one, lead) && holds(other, lead) : holds(one, lead) || holds(other, lead);
            const expected = leads.filter(both);
            const filters = filtersOf(type, [one[0], other[0]]);
            // The order is the service's own: a shorter list is a part of the whole one in the same order.
            const { total, leads: first } = await client.listLeads({ filters, offset: 0, limit: 50 }, signal());
            const what = `${one[0].type} ${type} ${other[0].type}`;
            assert.equal(total, expected.length, what);
            assert.deepEqual(
              first.map(({ id }) => id),
              expected.slice(0, 50).map(({ id }) => id),
              what,
            );
          }),
        );
      }
    });
  }

  it('count without reading rows', async () => {
    for (const [one, predicate] of all.slice(0, 5)) {
      assert.equal(
        await client.countLeads(filtersOf('and', [one]), signal()),
        leads.filter((lead) => holds([one, predicate], lead)).length,
      );
    }
  });
});
