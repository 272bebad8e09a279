import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { InputError, readInput } from '../../../src/assistant/input';
import { tools } from '../../../src/assistant/tools';
import { filtersToJson } from '../../../src/dashly/filterJson';
import { hostileTexts } from '../../service/hostileTexts';
import { schemaOf } from './testTools';

const [count, search, get, show] = [
  'dashly_leads_count',
  'dashly_leads_search',
  'dashly_leads_get',
  'dashly_leads_show',
] as const;
const condition = { type: 'gt', property_name: '$sessions', value: { value: '5' } };

/** Inputs that are wrong, and what a model must be told of it. */
const wrong: readonly (readonly [tool: string, input: unknown, told: RegExp])[] = [
  [count, undefined, /The input must be an object, not nothing\./],
  [count, 'all', /The input must be an object, not a text\./],
  [count, [], /The input must be an object, not a list\./],
  [count, { filter: {} }, /There is no “filter”: it takes “filters”\./],
  ['dashly_leads_describe_properties', { filters: {} }, /There is no “filters”: it takes no input\./],
  [
    count,
    { filters: JSON.stringify({ type: 'and', filters: [condition] }) },
    /“filters” must be an object, not a text/,
  ],
  [count, { filters: 5 }, /“filters”: Filters must be an object with “type” and “filters”/],
  [count, { filters: {} }, /“type” must be “and” or “or”/],
  [count, { filters: { type: 'not', filters: [condition] } }, /“type” must be “and” or “or”/],
  [count, { filters: { type: 'and', filters: condition } }, /“filters” must be a list of conditions/],
  [
    count,
    { filters: { type: 'and', filters: ['$email known'] } },
    /Condition 1: it must be an object.*A condition is an object such as \{/s,
  ],
  [
    count,
    { filters: { type: 'and', filters: [{ ...condition, type: 'gte' }] } },
    /Condition 1 \(\$sessions\): there is no condition “gte”\..*known, unknown, gt, gt_or_unknown/s,
  ],
  [
    count,
    { filters: { type: 'and', filters: [{ type: 'and', filters: [condition] }] } },
    /conditions cannot be nested/,
  ],
  [count, { filters: { type: 'and', filters: [{ type: 'known' }] } }, /“property_name” must be the name of a property/],
  [count, { filters: { type: 'and', filters: [{ ...condition, value: '5' }] } }, /“value” must be an object/],
  [
    count,
    { filters: { type: 'and', filters: [{ ...condition, value: { value: 'five' } }] } },
    /“value” must be a number/,
  ],
  [
    count,
    { filters: { type: 'and', filters: [{ type: 'str_eq', property_name: 'a', value: { value: 5 } }] } },
    /“value” must be a text/,
  ],
  [
    count,
    {
      filters: {
        type: 'and',
        filters: [{ type: 'daysless', property_name: '$last_seen', value: { value: 2, unit: 'months' } }],
      },
    },
    /“unit” must be one of minutes, hours, days, weeks/,
  ],
  [
    count,
    {
      filters: { type: 'and', filters: [{ type: 'after', property_name: '$last_seen', value: { date: 'yesterday' } }] },
    },
    /“date” must be a date such as 2030-01-31/,
  ],
  // As `JSON.parse` gives 1448121617782670209 and the like: what was written is not known any more.
  ...[
    { type: 'eq', property_name: 'telegram', value: { value: 1448121617782670209 } },
    { type: 'neq', property_name: 'telegram', value: { value: -9007199254740992 } },
    { type: 'gt', property_name: 'telegram', value: { value: 1e21 } },
    { type: 'daysless', property_name: 'telegram', value: { value: 9007199254740993, unit: 'minutes' } },
    { type: 'str_eq', property_name: 'telegram', value: { value: 1448121617782670209 } },
    { type: 'lcontains', property_name: 'telegram', value: { value: ['a', [1448121617782670209]] } },
  ].flatMap((one): (readonly [string, unknown, RegExp])[] => {
    const told =
      /Condition 2 \(telegram\): “value” must be written in quotes, because a number of so many digits loses some\./;
    return [
      [count, { filters: { type: 'and', filters: [condition, one] } }, told],
      [count, { filters: [condition, one] }, told],
    ];
  }),
  [
    count,
    {
      filters: [{ type: 'range', property_name: 'x', value: { value1: -9007199254740993, value2: 9007199254740995 } }],
    },
    /Condition 1 \(x\): “value1” must be written in quotes.*Condition 1 \(x\): “value2” must be written in quotes/s,
  ],
  [count, { filters: { type: 'or', filters: Array(51).fill(condition) } }, /more than 50 conditions/],
  [search, { limit: 0 }, /“limit” must be a whole number from 1 to 20, not 0\./],
  [search, { limit: 21 }, /“limit” must be a whole number from 1 to 20, not 21\./],
  [search, { limit: 1.5 }, /not 1\.5\./],
  [search, { limit: '5' }, /not “5”\./],
  [search, { limit: Number.NaN }, /not NaN\./],
  [search, { text: '' }, /“text” must not be empty/],
  [search, { text: ' \t' }, /“text” must not be empty/],
  [search, { text: 'a'.repeat(201) }, /“text” must have at most 200 characters, not 201/],
  [search, { text: ['a'] }, /“text” must be a text, not a list/],
  [search, { fields: '$name' }, /“fields” must be a list, not “\$name”/],
  [search, { fields: [] }, /“fields” must not be empty/],
  [search, { fields: Array(21).fill('a') }, /“fields” must have at most 20 items, not 21/],
  [search, { fields: ['$name', 5] }, /Item 2 of “fields” must be a text, not 5/],
  [search, { fields: [''] }, /Item 1 of “fields” must not be empty/],
  [get, {}, /“id” is missing/],
  [get, { id: null }, /“id” is missing/],
  [get, { id: 1448121617782670208 }, /“id” must be a text in quotes, because a number loses digits/],
  [get, { id: '12a' }, /“id” must be 1 to 20 digits, as the tools give it, not “12a”/],
  [get, { id: '1'.repeat(21) }, /1 to 20 digits/],
  [get, { id: '1\n2' }, /1 to 20 digits/],
  [get, { id: '../users' }, /1 to 20 digits/],
  [get, { id: '1', parts: ['all'] }, /Item 1 of “parts” must be “properties”, “events”, .* or “notes”, not “all”/],
  [show, { id: '1', contacts: true }, /There is no “contacts”: it takes “filters” and “id”/],
];

describe('The input of a tool', () => {
  for (const [tool, input, told] of wrong) {
    it(`${tool} ${inspect(input, { depth: 9, breakLength: Infinity }).slice(0, 120)} is refused, with what is wrong`, () => {
      assert.throws(
        () => readInput(tool, schemaOf(tool), input),
        (error: unknown) => {
          assert.ok(error instanceof InputError);
          assert.match(error.message, told);
          assert.match(
            error.message,
            new RegExp(`^${tool} was not run.*Correct the input and call the tool again\\.$`, 's'),
          );
          // The log gets nothing that a model has written.
          assert.match(error.detail, new RegExp(`^${tool}: the input is wrong in (one place|\\d+ places)\\.$`));
          return true;
        },
      );
    });
  }

  it('has all that is wrong with it told at once, but no more than can be read', () => {
    assert.throws(
      () => readInput(search, schemaOf(search), { limit: 50, text: 5, fields: 5, query: 1 }),
      /“query”.*“limit”.*“text”.*“fields”/s,
    );
    const many = { filters: { type: 'and', filters: Array(40).fill(5) } };
    assert.throws(
      () => readInput(count, schemaOf(count), many),
      (error: Error) => error.message.length < 2_000,
    );
  });

  it('that is right is read: numbers as text, what is null as left out, a list of conditions as all of them', () => {
    assert.deepEqual(readInput(count, schemaOf(count), { filters: null }), {});
    const { filters } = readInput(count, schemaOf(count), { filters: [condition] });
    assert.equal(
      filtersToJson(filters!),
      '{"type":"and","filters":[{"type":"gt","property_name":"$sessions","value":{"value":5}}]}',
    );
    const exact = (value: unknown): string =>
      filtersToJson(readInput(count, schemaOf(count), { filters: [{ ...condition, value: { value } }] }).filters!);
    for (const value of ['1448121617782670209', '-9007199254740993', 9007199254740991, -9007199254740991, 0.1]) {
      assert.ok(exact(value).includes(`{"value":${value}}`), exact(value));
    }
    const input = { text: 'maks', limit: 20, fields: ['$name', 'orders'] };
    assert.deepEqual(readInput(search, schemaOf(search), input), input);
    assert.deepEqual(readInput(get, schemaOf(get), { id: '1448121617782670208', parts: ['events'] }), {
      id: '1448121617782670208',
      parts: ['events'],
    });
  });

  it('may be any JSON, of any size: it is read or refused in words', () => {
    const member = fc.constantFrom('text', 'filters', 'limit', 'fields', 'id', 'parts', '__proto__', 'constructor');
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...hostileTexts.map(({ text }) => text)));
    const input = fc.oneof(fc.jsonValue(), fc.dictionary(member, value));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(tools)), input, (tool, given) => {
        try {
          const read = readInput(tool, schemaOf(tool), given);
          assert.deepEqual(
            Object.keys(read).filter((name) => !(name in schemaOf(tool).properties)),
            [],
          );
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.ok(error.message.length < 3_000);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
