import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  ageUnits,
  conditionTypeFacts,
  conditionTypeNames,
  conditionTypes,
  filtersOf,
  type OperandKind,
} from '../../../src/dashly/conditions';
import { exactNumber, type JsonValue } from '../../../src/dashly/json';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import type { PropertyValue } from '../../../src/dashly/lead';
import { problemsBeyondSchema, propertyNameAt, readFilterText } from '../../../src/filter/filterText';
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
    const problems = (text: string): string[] =>
      problemsBeyondSchema(text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(problems('[{"type":"range","property_name":"a","value":{"value1":5,"value2":"2"}}]'), ['"2"']);
    assert.deepEqual(problems('[{"type":"after","property_name":"a","value":{"date":"2030-02-31"}}]'), [
      '"2030-02-31"',
    ]);
    assert.deepEqual(problems('[{"type":"after","property_name":"a","value":{"date":"soon"}}]'), []);
    assert.deepEqual(problems('[{"type":"range","property_name":"a","value":{"value1":5,"value2":"many"}}]'), []);
    assert.deepEqual(problems('[{"type":"gte"'), []);
  });

  it('has its problems underlined where they are, of a member that is there twice at the last', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), fc.constantFrom(0, 2), (others, indent) => {
        const wrong = { type: 'after', property_name: 'a', value: { date: '2030-02-31' } };
        const text = JSON.stringify({ filters: 1, type: 'and', more: others, last: [...others, wrong] }, null, indent)
          .replace('"last"', '"filters"')
          .replace('"filters":1', '"filters":[1]');
        const [problem] = problemsBeyondSchema(text);
        assert.equal(problem && text.slice(problem.start, problem.end), '"2030-02-31"');
      }),
    );
  });
});

describe('A text of the workspace that is no filter a person wrote', () => {
  const wrongDate = '{"type":"after","property_name":"a","value":{"date":"2030-02-31"}}';
  const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
  const unbounded: Record<string, string> = {
    'lists in lists': nested('[', ']', 60_000),
    'objects in objects': `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
    'both, never closed': '[{"filters":'.repeat(60_000),
    'lists behind a comment with a quote': `/* " */ ${nested('[', ']', 60_000)}`,
    'lists deep in a filter': `[{"type":"eq","property_name":"a","value":{"value":${nested('[', ']', 65)}}}]`,
    'a megabyte of spaces': `[${' '.repeat(1024 * 1024)}]`,
    'a megabyte of one name': `[{"type":"known","property_name":"${'a'.repeat(1024 * 1024)}"}]`,
  };
  for (const [what, text] of Object.entries(unbounded)) {
    it(`is refused in one sentence: ${what}`, () => {
      const started = performance.now();
      const read = readFilterText(text);
      assert.ok('problem' in read);
      assert.match(read.problem, /longer than 1 MB|more than 64 levels deep/);
      const problems = problemsBeyondSchema(text);
      assert.deepEqual(
        problems.map(({ message }) => message),
        [read.problem],
      );
      assert.equal(propertyNameAt(text, text.length - 1), undefined);
      assert.ok(performance.now() - started < 2_000, 'in time that does not grow with the square of the text');
    });
  }

  it('has at most 100 problems, found in one go', () => {
    const text = `[${Array.from({ length: 3_000 }, () => wrongDate).join(',\n')}]`;
    const started = performance.now();
    const problems = problemsBeyondSchema(text);
    assert.equal(problems.length, 100);
    for (const { start, end } of problems) assert.equal(text.slice(start, end), '"2030-02-31"');
    assert.ok(performance.now() - started < 2_000);
    const read = readFilterText(text);
    assert.ok('problem' in read);
    assert.match(read.problem, /and 2,999 more/);
  });

  it('may have brackets in its texts, and be nested as deep as is allowed', () => {
    const texts = `[{"type":"str_eq","property_name":"a","value":{"value":${JSON.stringify('[{"\\'.repeat(1000))}}}]`;
    assert.ok('filters' in readFilterText(texts));
    const deep = `[{"type":"known","property_name":"a","cls":${nested('[', ']', 62)}}]`;
    assert.ok('filters' in readFilterText(deep));
  });
});

describe('The name of a property in a text that is being typed', () => {
  const at = (text: string): ReturnType<typeof propertyNameAt> =>
    propertyNameAt(text.replace('|', ''), text.indexOf('|'));

  it('is found inside its quotes, and where it is still to be typed', () => {
    assert.deepEqual(at('[{"property_name":"a|b"}]'), { start: 18, end: 22, name: 'ab' });
    assert.deepEqual(at('[{"property_name":"|'), { start: 18, end: 19, name: '' });
    assert.deepEqual(at('{"filters": [{"property_name": "$na|'), { start: 31, end: 35, name: '$na' });
    assert.deepEqual(at('[{"property_name":|}]'), { start: 18, end: 18, name: undefined });
    assert.deepEqual(at('[{"property_name": |'), { start: 19, end: 19, name: undefined });
  });

  it('is nowhere else', () => {
    for (const text of [
      '[{"property_|name":"a"}]',
      '[{"type":"|"}]',
      '[{"property_name":"a" |}]',
      '["property_name|"]',
      '|',
    ])
      assert.equal(at(text), undefined, text);
  });

  it('is looked for without an error, whatever is typed', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.string(), (value, at, typed) => {
        const text = JSON.stringify({ property_name: value }, null, 2);
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + typed + text.slice(place + typed.length);
        const found = propertyNameAt(broken, place);
        assert.ok(!found || (0 <= found.start && found.start <= found.end && found.end <= broken.length));
      }),
    );
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
      '2020-01-31T23:59:59',
      '[{"type":"after","property_name":"$last_seen","value":{"date":"2020-01-31"}},{"type":"before","property_name":"$last_seen","value":{"date":"2020-02-01"}}]',
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
