import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filtersToJson } from '../../../src/dashly/filterJson';
import { parseJson } from '../../../src/dashly/jsonReader';
import { decodeSegment, readSegmentFilters } from '../../../src/dashly/segment';
import { Masking } from '../../../src/leads/masking';
import { unknownConditionWords } from '../../../src/leads/queryWords';
import { toFilter } from '../../../src/sample/matcher';

const read = (filters: string | undefined) => readSegmentFilters({ id: '1', name: '', filters });

describe('The stored filters of a segment', () => {
  for (const [stored, asked] of [
    [
      '[{"cls":"prop","type":"gt","property_name":"a","value":{"value":"12345678901234567890"}}]',
      '{"type":"and","filters":[{"type":"gt","property_name":"a","value":{"value":12345678901234567890}}]}',
    ],
    [
      '{"type":"or","filters":[{"type":"daysless","property_name":"$last_seen","value":{"value":"30"}}]}',
      '{"type":"or","filters":[{"type":"daysless","property_name":"$last_seen","value":{"value":30,"unit":"days"}}]}',
    ],
    [
      '[{"type":"range","property_name":"a","value":"{\\"value1\\":\\"1\\",\\"value2\\":2}"}]',
      '{"type":"and","filters":[{"type":"range","property_name":"a","value":{"value1":1,"value2":2}}]}',
    ],
    ...['""', '{}', 'null', '"{}"'].map((value) => [
      `[{"type":"known","property_name":"$email","value":${value}},{"type":"bool_true","property_name":"a"}]`,
      '{"type":"and","filters":[{"type":"known","property_name":"$email","value":{}},{"type":"bool_true","property_name":"a","value":{}}]}',
    ]),
    [
      '[{"type":"and","filters":[{"type":"known","property_name":"a"}]},{"type":"or","filters":[{"type":"known","property_name":"b"}]}]',
      '{"type":"and","filters":[{"type":"known","property_name":"a","value":{}},{"type":"known","property_name":"b","value":{}}]}',
    ],
    ['[]', '{"type":"and","filters":[]}'],
  ] as const)
    it(`are asked of the list: ${stored}`, () => {
      const filters = read(stored);
      assert.ok(filters);
      assert.deepEqual([filtersToJson(filters.filters), filters.unknown], [asked, []]);
      toFilter(filtersToJson(filters.filters));
    });

  for (const [item, words] of [
    ['{"cls":"tag","type":"tag_contains","property_name":"tags","value":{"value":"VIP"}}', 'tags: tag contains “VIP”'],
    ['{"cls":"page","value":{"url":"/pricing","times":3}}', 'page: “/pricing” 3'],
    ['{"type":"gt","property_name":"$sessions","value":{"value":"many"}}', 'Sessions: gt “many”'],
    ['{"type":"known","property_name":"$email","value":{},"negate":true}', 'E-mail: known ({"negate":true})'],
    ['{"type":"after","property_name":"$last_seen","value":{"date":"2030-01-01"}}', 'Last seen: after “2030-01-01”'],
    ['{"type":"daysless","property_name":"a","value":{"value":1,"unit":"years"}}', 'a: daysless 1 “years”'],
    ['{"type":"known","property_name":""}', 'known'],
    ['{"type":"known"}', 'known'],
    ['{"type":"eq","property_name":"a","value":"{"}', 'a: eq “{”'],
    [
      '{"type":"or","filters":[{"type":"known","property_name":"$email"},{"type":"known","property_name":"$phone"}]}',
      'any of (E-mail: known; Phone: known)',
    ],
    ['{"type":"or","filters":[]}', 'any of ()'],
    ['{"type":"xor","filters":[{"type":"known","property_name":"a"}]}', 'all of (a: known)'],
    ['7', '7'],
    ['null', 'null'],
  ] as const)
    it(`are not asked, but named: ${item}`, () => {
      const filters = read(`[{"type":"known","property_name":"$name"},${item}]`);
      assert.ok(filters);
      assert.equal(filters.filters.filters.length, 1);
      assert.deepEqual(filters.unknown, [parseJson(item)]);
      assert.equal(unknownConditionWords(filters.unknown[0]!, new Masking('key')), words);
    });

  it('are named in one short line without contacts while these are masked, however deep they are', () => {
    const masked = new Masking('key', true);
    const words = (item: string): string => unknownConditionWords(parseJson(item), masked);
    const shown = [
      words('{"type":"is","property_name":"$name","value":{"value":"Ada Lovelace"}}'),
      words('{"type":"is","property_name":"to ada@example.com","value":["ada@example.com"],"more":"ada@example.com"}'),
      words('{"type":"or","filters":[{"type":"is","property_name":"a","value":"ada@example.com"}]}'),
      words('"ada@example.com"'),
      words('{"type":"is","property_name":"$name","value":{},"others":["Ada Lovelace"]}'),
      words('{"type":"is","property":"$name","value":"Ada Lovelace"}'),
      words(
        '{"type":"or","filters":[{"type":"and","filters":[{"type":"is","property_name":"$name","value":"Ada Lovelace"}]}]}',
      ),
      words('[{"type":"is","property_name":"$name","value":"Ada Lovelace"}]'),
    ].join('\n');
    assert.doesNotMatch(shown, /Lovelace|ada@/);
    const deep = words(`${'{"type":"or","filters":['.repeat(5000)}1${']}'.repeat(5000)}`);
    assert.ok(deep.length <= 120 && !deep.includes('\n'));
  });

  for (const stored of [undefined, '', '{', '5', '"text"', '{}', '{"type":"xor","filters":[]}', '{"type":"and"}'])
    it(`cannot be read: ${stored}`, () => assert.equal(read(stored), undefined));

  it('never make the reader throw, and lose no condition', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (items) => {
        const filters = read(JSON.stringify(items));
        assert.ok(filters);
        assert.ok(filters.filters.filters.length + filters.unknown.length >= items.length);
        for (const one of filters.unknown) unknownConditionWords(one, new Masking('key', true));
      }),
    );
  });

  it('come with a segment as text or as JSON', () => {
    const segment = (json: string) => decodeSegment(parseJson(json));
    assert.deepEqual(segment('{"id":12345678901234567890,"name":"a","filters":"[]"}'), {
      id: '12345678901234567890',
      name: 'a',
      filters: '[]',
    });
    assert.deepEqual(segment('{"filters":[1e400]}'), { id: '', name: '', filters: '[1e400]' });
    assert.deepEqual(segment('{"id":"1","filters":null}'), { id: '1', name: '', filters: undefined });
    assert.equal(segment('7'), undefined);
  });
});
