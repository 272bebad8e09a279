import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conditionTypes } from '../../../src/sample/matcher';
import { TestApp } from '../../service/testApp';
import type { SampleValue } from '../../../src/sample/sampleLead';
import { list, noon, smallApi } from './sampleRequest';

type Predicate = (
  value: SampleValue | undefined,
  operand: { value: number; unit: string; value1: number; value2: number },
) => boolean;

const isNumeric = (value: SampleValue | undefined): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';
const lower = (value: unknown) => String(value).toLowerCase();
const unitLength: Record<string, number> = { minutes: 60e3, hours: 3600e3, days: 86400e3, weeks: 604800e3 };
/** How many milliseconds before noon. */
const age = (value: SampleValue | undefined) => noon - Date.parse(`${String(value)}Z`);
const ageBound = (operand: { value: number; unit: string }) => operand.value * unitLength[operand.unit]!;

/** Section 4 and 6 of API.md, said as plainly as can be. */
const plain: Record<string, Predicate> = {
  known: (v) => v !== undefined,
  unknown: (v) => v === undefined,
  gt: (v, o) => isNumeric(v) && v > o.value,
  gt_or_unknown: (v, o) => v === undefined || (isNumeric(v) && v > o.value),
  lt: (v, o) => isNumeric(v) && v < o.value,
  lt_or_unknown: (v, o) => v === undefined || (isNumeric(v) && v < o.value),
  range: (v, o) => isNumeric(v) && v >= o.value1 && v <= o.value2,
  eq: (v, o) => isNumeric(v) && Number(v) === o.value,
  neq: (v, o) => !(isNumeric(v) && Number(v) === o.value),
  str_eq: (v, o) => typeof v === 'string' && lower(v) === lower(o.value),
  str_neq: (v, o) => !(typeof v === 'string' && lower(v) === lower(o.value)),
  str_contains: (v, o) => typeof v === 'string' && lower(v).includes(lower(o.value)),
  str_notcontains: (v, o) => !(typeof v === 'string' && lower(v).includes(lower(o.value))),
  bool_true: (v) => v === true,
  bool_false: (v) => v === false || v === undefined,
  daysless: (v, o) => v !== undefined && age(v) < ageBound(o),
  daysless_or_unknown: (v, o) => v === undefined || age(v) < ageBound(o),
  daysmore: (v, o) => v !== undefined && age(v) > ageBound(o),
  daysmore_or_unknown: (v, o) => v === undefined || age(v) > ageBound(o),
  lcontains: (v, o) => Array.isArray(v) && v.includes(o.value),
};

const numberTypes = ['gt', 'gt_or_unknown', 'lt', 'lt_or_unknown', 'range', 'eq', 'neq'];
const textTypes = ['str_eq', 'str_neq', 'str_contains', 'str_notcontains'];
const dateTypes = ['daysless', 'daysless_or_unknown', 'daysmore', 'daysmore_or_unknown'];

const names: Record<string, string[]> = {
  number: ['$sessions', '$orders_count', '$revenue', 'orders', 'balance', 'mixed'],
  text: ['$name', '$email', '$city', 'plan', 'mixed'],
  date: ['$last_seen', '$last_contacted', 'trial_ends'],
  list: ['$viewed_products', 'interests'],
  boolean: ['newsletter', 'plan'],
};

const operandOf = (type: string): fc.Arbitrary<{ property: string; value: Record<string, unknown> }> => {
  const pick = (kind: string, value: fc.Arbitrary<Record<string, unknown>>) =>
    fc.record({ property: fc.constantFrom(...names[kind]!), value });
  if (type === 'range') {
    return pick(
      'number',
      fc.record({ value1: fc.integer({ min: -5, max: 20 }), value2: fc.integer({ min: 0, max: 900 }) }),
    );
  }
  if (numberTypes.includes(type)) {
    return pick('number', fc.record({ value: fc.integer({ min: -5, max: 60 }) }));
  }
  if (textTypes.includes(type)) {
    return pick(
      'text',
      fc.record({ value: fc.constantFrom('PRO', 'pro', 'an', 'É', 'москва', '王', '@EXAMPLE.com', '') }),
    );
  }
  if (dateTypes.includes(type)) {
    const units = fc.constantFrom('minutes', 'hours', 'days', 'weeks');
    return pick('date', fc.record({ value: fc.integer({ min: 0, max: 90 }), unit: units }));
  }
  return type === 'lcontains'
    ? pick('list', fc.record({ value: fc.constantFrom('coffee', 'tea', 'Coffee', 'Gift card') }))
    : pick(type.startsWith('bool') ? 'boolean' : 'text', fc.constant({}));
};

describe('filters of the sample app', () => {
  const app = new TestApp({ leads: 1500, now: () => noon });
  const everyone = app.query({ sortProp: '$sessions', sortOrder: 'asc' }).map((id) => app.record(id)!);

  it('has the twenty types of section 4', () => {
    assert.deepEqual([...conditionTypes].sort(), Object.keys(plain).sort());
    assert.equal(conditionTypes.length, 20);
  });

  for (const type of Object.keys(plain)) {
    it(`${type} finds the leads that a plain predicate finds`, () => {
      fc.assert(
        fc.property(operandOf(type), ({ property, value }) => {
          const expected = everyone
            .filter((lead) => plain[type]!(lead.props[property], value as never))
            .map(({ id }) => id);
          const found = app.query({
            filters: [{ type, property_name: property, value }],
            sortProp: '$sessions',
            sortOrder: 'asc',
          });
          assert.equal(found.join(), expected.join());
        }),
        { numRuns: 40 },
      );
    });
  }

  it('joins conditions with and, and with or', () => {
    const condition = fc
      .constantFrom(...Object.keys(plain))
      .chain((type) => operandOf(type).map((rest) => ({ type, ...rest })));
    fc.assert(
      fc.property(
        fc.constantFrom('and', 'or'),
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        (join, conditions) => {
          const holds = (lead: (typeof everyone)[number]) => (c: (typeof conditions)[number]) =>
            plain[c.type]!(lead.props[c.property], c.value as never);
          const expected = everyone.filter((lead) =>
            join === 'and' ? conditions.every(holds(lead)) : conditions.some(holds(lead)),
          );
          const filters = {
            type: join,
            filters: conditions.map(({ type, property, value }) => ({ type, property_name: property, value })),
          };
          const found = app.query({ filters: JSON.stringify(filters), sortProp: '$sessions', sortOrder: 'asc' });
          assert.equal(found.join(), expected.map(({ id }) => id).join());
        },
      ),
      { numRuns: 100 },
    );
  });

  it('compares long integers to the last digit, written as numbers or as strings', () => {
    const [id] = app.idsOf('long integers');
    const matching = (value: string) =>
      app.query({ filters: `[{"type":"eq","property_name":"order_id","value":{"value":${value}}}]` });
    assert.deepEqual(matching('1448121617782670209'), [id]);
    assert.deepEqual(matching('"1448121617782670209"'), [id]);
    assert.deepEqual(matching('1448121617782670208'), []);
  });

  it('has strict bounds of dates at the second', () => {
    const alone = new TestApp({ leads: 0, now: () => noon });
    alone.add({ $last_seen: '2026-03-01T11:00:00' });
    const count = (type: string) =>
      alone.query({ filters: [{ type, property_name: '$last_seen', value: { value: '1', unit: 'hours' } }] }).length;
    assert.equal(count('daysless'), 0);
    assert.equal(count('daysmore'), 0);
  });

  it('takes a missing unit for days, and `cls` and a bare list as stored segments have them', async () => {
    const api = smallApi(400);
    const stored = [{ cls: 'prop', type: 'daysless', property_name: '$last_seen', value: { value: '30' } }];
    const whole = {
      type: 'and',
      filters: [{ type: 'daysless', property_name: '$last_seen', value: { value: 30, unit: 'days' } }],
    };
    const [one, other] = [
      await list(api, { filters: JSON.stringify(stored) }),
      await list(api, { filters: JSON.stringify(whole) }),
    ];
    assert.deepEqual(one, other);
    assert.ok(one.total > 0 && one.total < 400);
  });

  it('takes what is compared with as JSON text, and an empty text for nothing', async () => {
    const total = async (value: unknown, type = 'gt') =>
      (await list(smallApi(400), { filters: JSON.stringify([{ type, property_name: '$sessions', value }]) })).total;
    assert.equal(await total('{"value":5}'), await total({ value: 5 }));
    assert.equal(await total('', 'known'), await total({}, 'known'));
    assert.ok((await total({ value: 5 })) > 0);
  });

  it('takes an empty list for all leads', async () => {
    for (const filters of ['', '[]', '{"type":"and","filters":[]}', '{"type":"or","filters":[]}']) {
      assert.equal((await list(smallApi(), { filters })).total, 120, filters);
    }
  });

  it('looks at own properties only', () => {
    const known = (name: string) => app.query({ filters: [{ type: 'known', property_name: name, value: {} }] });
    assert.deepEqual(known('toString'), app.idsOf('odd values'));
    assert.deepEqual(known('__proto__'), app.idsOf('odd values'));
    assert.deepEqual(known('constructor'), []);
  });
});
