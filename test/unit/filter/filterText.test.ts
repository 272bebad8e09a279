import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  ageUnits,
  conditionTypeFacts,
  conditionTypeNames,
  conditionTypes,
  type OperandKind,
} from '../../../src/dashly/conditions';
import { filtersOf } from '../../../src/dashly/conditions';
import { exactNumber } from '../../../src/dashly/json';
import { stringifyJson, type JsonValue } from '../../../src/dashly/json';
import type { PropertyValue } from '../../../src/dashly/lead';
import { problemsBeyondSchema, readFilterText } from '../../../src/filter/filterText';
import { jsonNodeAt, jsonNodes, placeOf } from '../../../src/filter/jsonPlaces';
import { valueFilters } from '../../../src/filter/filterDraft';
import { seenProperties } from '../../../src/leads/seenProperties';

const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<JsonValue>;

describe('The text of a filter', () => {
  for (const [text, said] of [
    ['{"type": "and",\n "filters": [}', /^The text is not JSON( from line 2, column 14 on)?\.$/],
    ['{"type": "and"', /^The JSON text ends too early\.$/],
    ['{"type": "and", "filters": [] // all\n}', /^The text is not JSON( from line 1, column 31 on)?\.$/],
    ['[{"type":"gte","property_name":"$sessions"}]', /^Condition 1 \(\$sessions\): there is no condition “gte”\.$/],
    ['{"type":"x","filters":[{}]}', /^“type” must be “and” or “or” \(and 1 more\)\.$/],
  ] as const) {
    it(`is refused in one sentence: ${JSON.stringify(text)}`, () => {
      const read = readFilterText(text);
      assert.ok('problem' in read);
      assert.match(read.problem, said);
    });
  }

  it('may begin with a byte order mark', () => {
    assert.deepEqual(readFilterText('\uFEFF[]'), { filters: filtersOf('and', []) });
  });

  it('has problems of its own only where the schema cannot see one', () => {
    const problems = (text: string): (string | number)[][] => problemsBeyondSchema(text).map(({ path }) => [...path]);
    assert.deepEqual(problems('[{"type":"range","property_name":"a","value":{"value1":5,"value2":"2"}}]'), [
      [0, 'value', 'value2'],
    ]);
    assert.deepEqual(problems('[{"type":"after","property_name":"a","value":{"date":"2030-02-31"}}]'), [
      [0, 'value', 'date'],
    ]);
    assert.deepEqual(problems('[{"type":"after","property_name":"a","value":{"date":"soon"}}]'), []);
    assert.deepEqual(problems('[{"type":"range","property_name":"a","value":{"value1":5,"value2":"many"}}]'), []);
    assert.deepEqual(problems('[{"type":"gte"'), []);
  });
});

describe('Places in JSON', () => {
  const valueAt = (value: JsonValue, path: readonly (string | number)[]): JsonValue =>
    path.reduce<JsonValue>((inner, step) => (inner as Record<string | number, JsonValue>)[step]!, value);

  it('are those of the values, for every value of any JSON', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const nodes = jsonNodes(text);
        for (const { start, end, path } of nodes) {
          assert.deepEqual(
            JSON.parse(text.slice(start, end)),
            JSON.parse(JSON.stringify(valueAt(JSON.parse(text) as JsonValue, path))),
          );
        }
        const count = (one: JsonValue): number =>
          1 +
          (typeof one === 'object' && one !== null
            ? Object.values(one).reduce<number>((sum, inner) => sum + count(inner as JsonValue), 0)
            : 0);
        assert.equal(nodes.length, count(JSON.parse(text) as JsonValue));
      }),
    );
  });

  it('are found in text that is still being typed, without an error', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.string(), (value, at, typed) => {
        const text = JSON.stringify(value, null, 2);
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + typed + text.slice(place + typed.length);
        for (const { start, end } of jsonNodes(broken)) assert.ok(0 <= start && start <= end && end <= broken.length);
      }),
    );
    const half = '{"filters": [{"property_name": "$na';
    assert.deepEqual(jsonNodeAt(half, half.length), {
      start: 31,
      end: 35,
      path: ['filters', 0, 'property_name'],
      name: { start: 14, end: 29 },
      text: '$na',
    });
  });

  it('of what is missing are those of what it is missing in', () => {
    const text = '{"filters": [{"type": "gt", "value": {}}]}';
    const { start, end } = placeOf(text, ['filters', 0, 'value', 'value']);
    assert.equal(text.slice(start, end), '{}');
    assert.deepEqual(placeOf('', ['filters']), { start: 0, end: 0 });
  });
});

describe('A filter by a value', () => {
  const cases: [string, PropertyValue | undefined, string][] = [
    ['$sessions', 5, '[{"type":"eq","property_name":"$sessions","value":{"value":5}}]'],
    [
      'visits',
      exactNumber('12345678901234567890'),
      '[{"type":"eq","property_name":"visits","value":{"value":12345678901234567890}}]',
    ],
    ['$name', 'Maks', '[{"type":"str_eq","property_name":"$name","value":{"value":"Maks"}}]'],
    ['$user_id', '2030-01-31', '[{"type":"str_eq","property_name":"$user_id","value":{"value":"2030-01-31"}}]'],
    ['paid', true, '[{"type":"bool_true","property_name":"paid","value":{}}]'],
    [
      'paid',
      false,
      '[{"type":"bool_false","property_name":"paid","value":{}},{"type":"known","property_name":"paid","value":{}}]',
    ],
    [
      '$cart_items',
      ['tea', 'cup'],
      '[{"type":"lcontains","property_name":"$cart_items","value":{"value":"tea"}},{"type":"lcontains","property_name":"$cart_items","value":{"value":"cup"}}]',
    ],
    [
      '$last_seen',
      '2030-01-31T23:59:59',
      '[{"type":"after","property_name":"$last_seen","value":{"date":"2030-01-31"}},{"type":"before","property_name":"$last_seen","value":{"date":"2030-02-01"}}]',
    ],
    ['$phone', null, '[{"type":"unknown","property_name":"$phone","value":{}}]'],
  ];
  for (const [property, value, expected] of cases) {
    it(`of ${property}: ${stringifyJson(value ?? null)}`, () => {
      const filters = valueFilters(property, value);
      assert.equal(filters?.type, 'and');
      assert.equal(stringifyJson(filters.filters as unknown as JsonValue), expected);
    });
  }

  it('is not made up where the service has no condition', () => {
    for (const value of [{ a: 1 }, [1, 2], []]) assert.equal(valueFilters('odd', value), undefined);
  });
});

describe('The JSON schema of filters', () => {
  interface Schema {
    enum?: string[];
    enumDescriptions?: string[];
    properties?: Record<string, Schema>;
    anyOf?: Schema[];
    allOf?: { if: Schema; then: Schema }[];
    else?: Schema;
    definitions?: Record<string, Schema>;
  }
  const schema = JSON.parse(readFileSync(join(__dirname, '../../../media/leads-filter.schema.json'), 'utf8')) as Schema;
  const parts = schema.definitions?.condition?.else;

  it('knows the conditions of the filter language, each with its operand', () => {
    assert.deepEqual(parts?.properties?.type?.enum, conditionTypeNames);
    assert.equal(parts.properties.type.enumDescriptions?.length, conditionTypeNames.length);
    const kinds = new Set<OperandKind>(conditionTypeNames.map((type) => conditionTypeFacts(type).operand));
    kinds.delete('none');
    assert.equal(parts.allOf?.length, kinds.size);
    for (const { if: of } of parts.allOf ?? []) {
      const types = of.properties?.type?.enum ?? [];
      const operand = conditionTypes[types[0] as keyof typeof conditionTypes].operand;
      assert.deepEqual(
        types,
        conditionTypeNames.filter((type) => conditionTypeFacts(type).operand === operand),
      );
    }
  });

  it('knows the units and the documented properties', () => {
    const units = parts?.allOf?.map(({ then }) => then.properties?.value?.properties?.unit?.enum).find(Boolean);
    assert.deepEqual(units, ageUnits);
    assert.deepEqual(
      parts?.properties?.property_name?.anyOf?.[0]?.enum,
      seenProperties([]).map(({ name }) => name),
    );
  });
});
