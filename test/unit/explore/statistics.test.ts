import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJson } from '../../../src/dashly/jsonReader';
import type { JsonValue } from '../../../src/dashly/json';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import type { Props } from '../../../src/dashly/lead';
import { type PropertyStatistics, Statistics } from '../../../src/explore/statistics';
import { leadOf } from '../leads/leadsModel';

/** The statistics of one property whose values these are, of a lead each. */
function ofValues(values: readonly JsonValue[], name = 'a', most = 20): PropertyStatistics {
  const statistics = new Statistics();
  statistics.add(values.map((value, index) => leadOf(index + 1, { [name]: value })));
  const known = statistics.of(name, most);
  assert.ok(known);
  return known;
}

const text = (value: JsonValue): string => (typeof value === 'string' ? value : stringifyJson(value));

const kinds = ({ kinds }: PropertyStatistics) =>
  kinds.map(({ kind, count, smallest, largest, shortest, longest }) =>
    [kind, count, smallest && text(smallest.value), largest && text(largest.value), shortest, longest].filter(
      (fact) => fact !== undefined,
    ),
  );

describe('What there is in leads', () => {
  it('is told of each type by itself, the most frequent first', () => {
    const known = ofValues([
      5,
      'b',
      'B',
      'aé',
      '',
      7,
      -1.5,
      true,
      '2020-01-01',
      ['x', 'y'],
      [],
      { deep: [1] },
      [['in']],
    ]);
    assert.deepEqual(kinds(known), [
      ['string', 4, '', 'b', 0, 2],
      ['number', 3, '-1.5', '7'],
      ['list', 3, 0, 2],
      ['boolean', 1],
      ['date', 1, '2020-01-01', '2020-01-01'],
      ['other', 1],
    ]);
    assert.equal(known.count, 13);
  });

  it('has the extremes of numbers digit for digit, and of dates by the moment', () => {
    const big = ['9007199254740993', '9007199254740992', '-3', '1e400', '-1e400'].map((text) => parseJson(text));
    assert.deepEqual(kinds(ofValues(big)), [['number', 5, '-1e400', '1e400']]);
    assert.deepEqual(kinds(ofValues(big.slice(0, 2))), [['number', 2, '9007199254740992', '9007199254740993']]);
    const dates = ['2020-01-01T23:00:00', '2020-01-01T23:00:00.5', '2020-01-01'];
    assert.deepEqual(kinds(ofValues(dates)), [['date', 3, '2020-01-01', '2020-01-01T23:00:00.5']]);
    // To the service a text.
    const zoned = '2020-01-02T00:00:00+05:00';
    assert.deepEqual(kinds(ofValues([zoned])), [['string', 1, zoned, zoned, 25, 25]]);
  });

  it('takes a contact for text, also one that looks like a date', () => {
    assert.deepEqual(kinds(ofValues(['2020-01-01'], '$user_id')), [['string', 1, '2020-01-01', '2020-01-01', 10, 10]]);
  });

  it('takes the count of an event for a number, also one that is written as text', () => {
    assert.deepEqual(kinds(ofValues(['9', '10', 10, 'x'], '$event_7_count')), [
      ['number', 3, '9', '10'],
      ['string', 1, 'x', 'x', 1, 1],
    ]);
    const big = ['9007199254740993', '9007199254740992'];
    assert.deepEqual(kinds(ofValues(big, '$event_7_count')), [['number', 2, '9007199254740992', '9007199254740993']]);
    assert.deepEqual(kinds(ofValues(['9', '10'])), [['string', 2, '10', '9', 1, 2]]);
  });

  it('adds up numbers, whole ones digit for digit', () => {
    const sumOf = (...values: JsonValue[]): string | undefined => {
      const statistics = new Statistics();
      statistics.add(values.map((value, index) => leadOf(index + 1, { $event_7_count: value })));
      return statistics.sumOf('$event_7_count');
    };
    assert.equal(sumOf(5, '7', '7', ' 2 ', '1e2', 'x', '', true, null, ['3']), '121');
    assert.equal(sumOf('9007199254740993', parseJson('9007199254740993'), 1), '18014398509481987');
    assert.equal(sumOf(0.5, -2, 12.25), '10.75');
    assert.equal(sumOf('0'), '0');
    assert.deepEqual([sumOf('x', ''), sumOf(null), sumOf()], [undefined, undefined, undefined]);
  });

  it('has a value where there is an empty one, and none where there is null', () => {
    const statistics = new Statistics();
    statistics.add([leadOf(1, { a: '', b: null }), leadOf(2, { a: false })]);
    assert.deepEqual([statistics.countOf('a'), statistics.countOf('b'), statistics.names], [2, 0, ['a']]);
    assert.equal(statistics.of('toString', 5), undefined);
  });

  it('counts a lead once, however often it comes', () => {
    const statistics = new Statistics();
    statistics.add([leadOf(1, { a: 1 }), leadOf(1, { a: 2 })]);
    statistics.add([leadOf(1, { a: 3 })]);
    assert.deepEqual([statistics.leads, statistics.countOf('a')], [1, 1]);
  });

  it('never takes a text for a number, an object or an item that is written so', () => {
    const values = [5, '5', [5], ['5'], { a: 1 }, '{"a":1}', 'json {"a":1}', true, 'true', parseJson('1e400'), '1e400'];
    const { distinct, frequent } = ofValues(values);
    assert.equal(distinct, values.length);
    assert.ok(frequent.every(({ count }) => count === 1));
  });

  it('agrees with counting by hand', () => {
    const names = ['a', 'b', '__proto__', '$event_1_count'];
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('x', 'y', 'z', ''), fc.boolean());
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...names), value), { maxLength: 60 }), (all) => {
        const statistics = new Statistics();
        const leads = all.map((props, index) => leadOf(index + 1, props as Props));
        for (let from = 0; from < leads.length; from += 7) statistics.add(leads.slice(from, from + 7));
        for (const name of names) {
          const having = all.filter((props) => Object.hasOwn(props, name)).map((props) => props[name]);
          const known = statistics.of(name, 3);
          assert.equal(known?.count ?? 0, having.length);
          if (!known) continue;
          const counts = new Map<unknown, number>();
          for (const one of having) counts.set(one, (counts.get(one) ?? 0) + 1);
          assert.equal(known.distinct, counts.size);
          assert.deepEqual(
            known.frequent.map(({ count }) => count),
            [...counts.values()].sort((a, b) => b - a).slice(0, 3),
          );
          for (const { value, count } of known.frequent) assert.equal(counts.get(value), count);
          const numbers = having.filter((one) => typeof one === 'number');
          const ofNumbers = known.kinds.find(({ kind }) => kind === 'number');
          assert.equal(ofNumbers?.count ?? 0, numbers.length);
          if (!ofNumbers) continue;
          assert.equal(ofNumbers.smallest?.value, Math.min(...numbers));
          assert.equal(ofNumbers.largest?.value, Math.max(...numbers));
        }
      }),
    );
  });
});
