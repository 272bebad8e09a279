import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDate } from '../../../src/dashly/dates';
import { listParams, resolveDates } from '../../../src/dashly/listRequest';
import {
  ageUnits,
  condition,
  conditionTypeNames,
  conditionTypes,
  filtersOf,
  negate,
  type TypedCondition,
} from '../../../src/dashly/conditions';
import { describeCondition, describeFilters, filtersToJson, parseFilters } from '../../../src/dashly/filterJson';
import type { JsonObject } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { passes, toFilter } from '../../../src/sample/matcher';

const property = fc.oneof(fc.constantFrom('$name', '$event_18_count', 'orders'), fc.string({ minLength: 1 }));
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const conditions: fc.Arbitrary<TypedCondition> = fc
  .tuple(
    fc.constantFrom(...conditionTypeNames),
    property,
    number,
    number,
    fc.string(),
    fc.constantFrom(...ageUnits),
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2099-01-01') }),
  )
  .map(([type, name, a, b, text, unit, date]) => {
    const value = {
      none: {},
      number: { value: a },
      range: { value1: Math.min(a, b), value2: Math.max(a, b) },
      text: { value: text },
      age: { value: Math.abs(a), unit },
      date: { date: date.toISOString() },
    }[conditionTypes[type].operand];
    return { type, property_name: name, value } as unknown as TypedCondition;
  });
const someFilters = fc
  .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(conditions))
  .map(([type, list]) => filtersOf(type, list));

describe('filters', () => {
  it('survive JSON, words, editing and JSON again, and the service reads them', () => {
    fc.assert(
      fc.property(someFilters, conditions, fc.nat(), (filters, added, place) => {
        const read = parseFilters(parseJson(filtersToJson(filters)));
        assert.deepEqual(read, { filters, problems: [] });
        assert.ok(describeFilters(filters).length > 0);
        const edited = filtersOf(
          filters.type,
          filters.filters.toSpliced(place % (filters.filters.length + 1), 1, added),
        );
        assert.deepEqual(parseFilters(parseJson(filtersToJson(edited, 2))).filters, edited);
        assert.equal(
          // All of the dates are over: one that is not may leave nothing to ask for.
          toFilter(stringifyJson(resolveDates(edited, { now: Date.UTC(2100), within: 30_000 }) ?? null)).matchers
            .length,
          edited.filters.length,
        );
      }),
    );
  });

  it('have a sentence for each condition', () => {
    const title = (name: string): string => (name === '$sessions' ? 'Sessions' : name);
    const words = (one: TypedCondition): string => describeCondition(one, title);
    assert.equal(words(condition.number('gt', '$sessions', 5)), 'Sessions is more than 5');
    assert.equal(words(condition.range('$sessions', 2, 5)), 'Sessions is between 2 and 5');
    assert.equal(words(condition.age('daysless', '$last_seen', 1, 'weeks')), '$last_seen is less than 1 week ago');
    assert.equal(words(condition.text('str_contains', '$name', "$& '{}'")), "$name contains “$& '{}'”");
    assert.equal(describeFilters(undefined), 'All leads');
  });

  it('are negated twice into themselves', () => {
    fc.assert(
      fc.property(conditions, (one) => {
        const other = negate(one);
        if (other) assert.deepEqual(negate(other), one);
      }),
    );
    assert.equal(negate(condition.number('gt', '$sessions', 5)), undefined);
  });

  it('are read from stored segments: a bare list, cls, numbers as text, no unit', () => {
    const { filters, problems } = parseFilters(
      parseJson(
        '[{"cls":"prop","type":"gt","property_name":"a","value":{"value":"12345678901234567890"}},' +
          '{"type":"daysless","property_name":"$last_seen","value":{"value":"30"}},{"type":"known","property_name":"$name"}]',
      ),
    );
    assert.deepEqual(problems, []);
    assert.equal(
      filtersToJson(filters!),
      '{"type":"and","filters":[{"type":"gt","property_name":"a","value":{"value":12345678901234567890}},' +
        '{"type":"daysless","property_name":"$last_seen","value":{"value":30,"unit":"days"}},' +
        '{"type":"known","property_name":"$name","value":{}}]}',
    );
  });

  const wrong: [string, (string | number)[], RegExp][] = [
    ['5', [], /must be an object/],
    ['{"type":"not","filters":[]}', ['type'], /“and” or “or”/],
    ['{"type":"and"}', ['filters'], /list of conditions/],
    ['[{"type":"and","filters":[]}]', [0, 'filters'], /cannot be nested/],
    [
      '{"type":"or","filters":[{"type":"gte","property_name":"$sessions"}]}',
      ['filters', 0, 'type'],
      /^Condition 1 \(\$sessions\): .*“gte”/,
    ],
    ['[{"type":"known","property_name":""}]', [0, 'property_name'], /name of a property/],
    ['[{"type":"gt","property_name":"a","value":{"value":"five"}}]', [0, 'value', 'value'], /must be a number/],
    ['[{"type":"gt","property_name":"a","value":{}}]', [0, 'value'], /must be a number/],
    ['[{"type":"range","property_name":"a","value":{"value1":3,"value2":2}}]', [0, 'value', 'value2'], /less than/],
    ['[{"type":"str_eq","property_name":"a","value":{"value":5}}]', [0, 'value', 'value'], /must be a text/],
    [
      '[{"type":"daysmore","property_name":"a","value":{"value":5,"unit":"years"}}]',
      [0, 'value', 'unit'],
      /minutes, hours/,
    ],
    ['[{"type":"daysmore","property_name":"a","value":{"value":-5}}]', [0, 'value', 'value'], /negative/],
    ['[{"type":"after","property_name":"a","value":{"date":"2030-02-31"}}]', [0, 'value', 'date'], /must be a date/],
  ];
  for (const [json, path, message] of wrong) {
    it(`are refused where they are wrong: ${json}`, () => {
      const { filters, problems } = parseFilters(parseJson(json));
      assert.equal(filters, undefined);
      assert.equal(problems.length, 1);
      assert.deepEqual(problems[0]!.path, path);
      assert.match(problems[0]!.message, message);
    });
  }

  it('turn dates into minutes ago that leave nothing out', () => {
    const now = Date.parse('2030-01-02T00:00:30Z');
    const resolved = resolveDates(
      filtersOf('and', [
        condition.date('after', '$last_seen', '2030-01-01'),
        condition.date('before_or_unknown', '$last_seen', '2030-01-01T23:59:00'),
      ]),
      { now, within: 30_000 },
    );
    assert.deepEqual(
      (resolved?.filters as JsonObject[]).map(({ type, value }) => [type, value]),
      [
        ['daysless', { value: 1441, unit: 'minutes' }],
        ['daysmore_or_unknown', { value: 1, unit: 'minutes' }],
      ],
    );
  });

  /** The bound that a service has whose clock reads so, in ms since 1970. */
  const boundAt = (
    type: 'after' | 'before',
    date: string,
    sent: number,
    service: number,
    { within = 30_000, timeZone }: { readonly within?: number; readonly timeZone?: string } = {},
  ): number => {
    const filters = filtersOf('and', [condition.date(type, '$last_seen', date)]);
    const resolved = resolveDates(filters, { now: sent, within, timeZone });
    const { value } = (resolved?.filters as JsonObject[])[0]!.value as JsonObject;
    return service - Number(value) * 60_000;
  };

  it('turn dates into bounds that leave nothing out, although the request takes a while and clocks differ', () => {
    const date = '2030-01-01T10:10:30';
    const moment = Date.parse(`${date}Z`);
    for (let sent = moment + 600_000; sent < moment + 660_000; sent += 500) {
      for (const late of [-20_000, -1_000, 0, 1_000, 20_000]) {
        const after = boundAt('after', date, sent, sent + late);
        assert.ok(after <= moment && moment - after < 120_000, `after, ${sent - moment} and ${late}`);
        const before = boundAt('before', date, sent, sent + late);
        assert.ok(before >= moment && before - moment < 120_000, `before, ${sent - moment} and ${late}`);
      }
    }
  });

  it('turn dates into bounds that leave nothing out, however long a request may take', () => {
    const date = '2030-01-01T10:10:30';
    const moment = Date.parse(`${date}Z`);
    for (const within of [1_000, 30_000, 600_000]) {
      for (let sent = moment + 1_200_000; sent < moment + 1_260_000; sent += 500) {
        for (const late of [0, within]) {
          const after = boundAt('after', date, sent, sent + late, { within });
          assert.ok(after <= moment && moment - after <= within + 60_000, `after, ${within}`);
          const before = boundAt('before', date, sent, sent + late, { within });
          assert.ok(before >= moment && before - moment <= 2 * within + 60_000, `before, ${within}`);
        }
      }
    }
  });

  it('turn dates that are still to come into what holds all that is asked for', () => {
    const now = Date.parse('2026-11-26T20:00:00Z');
    const dates = ['2026-11-26T20:00:20', '2026-11-27', '2028-05-05', '2030-01-01', '2031-01-01', '9999-12-31'];
    const values = ['2020-01-01', '2026-11-26T19:59:59', ...dates, undefined];
    const time = (date: string): number => parseDate(date)!.time;
    for (const [type, asked] of [
      ['after', (value, date) => value !== undefined && value > date],
      ['after_or_unknown', (value, date) => value === undefined || value > date],
      ['before', (value, date) => value !== undefined && value < date],
      ['before_or_unknown', (value, date) => value === undefined || value < date],
    ] as const satisfies readonly (readonly [string, (value: number | undefined, date: number) => boolean])[]) {
      for (const date of dates)
        for (const late of [0, 20_000]) {
          const filters = filtersOf('and', [condition.date(type, 'trial', date)]);
          const resolved = resolveDates(filters, { now, within: 30_000 });
          const filter = toFilter(resolved);
          for (const value of values) {
            const wanted = asked(value === undefined ? undefined : time(value), time(date));
            const found = passes(filter, value === undefined ? {} : { trial: value }, now + late);
            assert.ok(found || !wanted, `${type} ${date} on ${value}`);
          }
        }
    }
    const sent = (type: 'and' | 'or', ...conditions: TypedCondition[]) =>
      listParams({ filters: filtersOf(type, conditions) }, { now, within: 30_000 }).filters;
    const any = condition.date('before_or_unknown', 'trial', '2030-01-01');
    const known = condition.none('known', '$email');
    assert.equal(sent('and', any), undefined);
    assert.equal(sent('or', any, known), undefined);
    assert.equal(sent('and', any, known), sent('and', known));
    assert.equal(
      sent('and', condition.date('before', 'trial', '2030-01-01')),
      sent('and', condition.none('known', 'trial')),
    );
  });

  it('understand today by the day of the request, not of the filter', () => {
    for (const now of [new Date(2030, 5, 1, 0, 5), new Date(2030, 5, 1, 23, 59), new Date(2030, 5, 2, 0, 1)]) {
      const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
      const bound = boundAt('after', 'today', now.getTime(), now.getTime());
      assert.ok(bound <= midnight && midnight - bound < 120_000);
    }
    // Where the person is, it is another day than where this runs.
    const [evening, within] = [Date.parse('2030-06-01T20:00:00Z'), 0];
    for (const [timeZone, midnight] of [
      ['Asia/Tokyo', '2030-06-01T15:00:00Z'],
      ['America/Los_Angeles', '2030-06-01T07:00:00Z'],
    ] as const) {
      assert.equal(boundAt('after', 'today', evening, evening, { within, timeZone }), Date.parse(midnight), timeZone);
    }
    const filters = filtersOf('and', [condition.date('after', '$last_seen', 'today')]);
    assert.deepEqual(parseFilters(parseJson(filtersToJson(filters))).filters, filters);
    assert.equal(describeCondition(filters.filters[0]!), '$last_seen is after the start of today');
  });
});
