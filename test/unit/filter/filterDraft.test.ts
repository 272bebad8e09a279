import assert from 'node:assert/strict';
import fc from 'fast-check';
import { condition, conditionTypeFacts, filtersOf, type TypedCondition } from '../../../src/dashly/conditions';
import { filtersToJson } from '../../../src/dashly/filterJson';
import { Masking } from '../../../src/leads/masking';
import { conditionWords } from '../../../src/leads/queryWords';
import { FilterDraft } from '../../../src/filter/filterDraft';
import { readFilterText } from '../../../src/filter/filterText';
import { operandText, parseOperandText, readAs } from '../../../src/dashly/operands';
import { anyCondition, anyFilters } from './arbitraryFilters';

const more = condition.number('gt', '$sessions', 5);
const known = condition.none('known', '$email');
const masking = new Masking('key');

describe('A filter built by hand', () => {
  it('survives JSON, words, editing every condition, and JSON again', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const read = readFilterText(filtersToJson(filters, 2));
        assert.ok('filters' in read, 'problem' in read ? read.problem : '');
        let draft = FilterDraft.of({ filters: read.filters });
        draft.conditions.forEach((one, place) => {
          assert.ok(conditionWords(one, masking).length > 0);
          const { operand } = conditionTypeFacts(one.type);
          const parsed = parseOperandText(operand, operandText(operand, one.value));
          assert.ok('value' in parsed, 'problem' in parsed ? parsed.problem : '');
          draft = draft.with(place, { ...one, value: parsed.value } as unknown as TypedCondition);
        });
        assert.equal(filtersToJson(draft.filters ?? filtersOf(filters.type, [])), filtersToJson(filters));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the conditions that were added, changed and removed, in their order', () => {
    fc.assert(
      fc.property(fc.array(anyCondition, { minLength: 1 }), anyCondition, fc.nat(), (conditions, other, at) => {
        let draft = FilterDraft.of({});
        for (const one of conditions) draft = draft.with(draft.conditions.length, one);
        const place = at % conditions.length;
        assert.deepEqual(draft.conditions, conditions);
        assert.deepEqual(draft.with(place, other).conditions, conditions.with(place, other));
        assert.deepEqual(draft.without(place).conditions, conditions.toSpliced(place, 1));
        assert.deepEqual(draft.conditions, conditions, 'the draft itself has not changed');
        assert.deepEqual(draft.negated(place).negated(place).conditions, conditions);
        assert.ok(draft.negated(place).negated(place).equals(draft));
      }),
    );
  });

  it('negates what has an exact negation, and nothing else', () => {
    const draft = FilterDraft.of({ filters: filtersOf('and', [known, more]) });
    assert.equal(draft.negated(0).conditions[0]?.type, 'unknown');
    assert.equal(draft.negated(1), draft);
    assert.equal(draft.negated(7), draft);
  });

  it('changes which leads are shown, not their order', () => {
    const query = { sortProp: '$name', sortOrder: 'asc' as const, presence: ['online'] };
    const draft = FilterDraft.of(query).with(0, more).withType('or');
    assert.deepEqual(draft.appliedTo(query), { ...query, filters: filtersOf('or', [more]) });
    assert.deepEqual(draft.cleared().appliedTo(query), {
      sortProp: '$name',
      sortOrder: 'asc',
      filters: undefined,
      presence: undefined,
    });
    assert.ok(draft.cleared().isEmpty && !draft.isEmpty);
    assert.equal(draft.withPresence([]).presence, undefined);
  });

  it('is the same whatever combines no conditions, and another with another presence', () => {
    assert.ok(FilterDraft.of({ filters: filtersOf('or', []) }).equals(FilterDraft.of({})));
    assert.ok(!FilterDraft.of({ presence: ['idle'] }).equals(FilterDraft.of({})));
    assert.ok(
      FilterDraft.of({ presence: ['idle', 'online'] }).equals(FilterDraft.of({ presence: ['online', 'idle'] })),
    );
  });

  it('shows no contact while contacts are masked', () => {
    const masked = new Masking('key', true);
    for (const [one, secret] of [
      [condition.text('str_eq', '$name', 'Maks Ivanov'), 'Maks'],
      [condition.text('str_contains', '$phone', '4930'), '4930'],
      [condition.text('str_eq', 'manager', 'anna@example.com'), 'anna'],
    ] as const) {
      assert.ok(conditionWords(one, masking).includes(secret));
      assert.ok(!conditionWords(one, masked).includes(secret), conditionWords(one, masked));
    }
    assert.equal(conditionWords(more, masked), 'Sessions is more than 5');
  });
});

describe('A value typed for a condition', () => {
  for (const [kind, text, value] of [
    ['number', ' 1,234.50 ', '{"value":1234.50}'],
    ['number', '-.5', '{"value":-0.5}'],
    ['number', '+007', '{"value":7}'],
    ['number', '12345678901234567890', '{"value":12345678901234567890}'],
    ['number', '1,500', '{"value":1500}'],
    ['number', "1'500'000", '{"value":1500000}'],
    ['number', '1_000', '{"value":1000}'],
    ['number', '1e3', '{"value":1e3}'],
    ['number', '1.000', '{"value":1.000}'],
    ['range', '1,500 to 2,000', '{"value1":1500,"value2":2000}'],
    ['range', '.5..1.5', '{"value1":0.5,"value2":1.5}'],
    ['range', '2 to 5', '{"value1":2,"value2":5}'],
    ['range', 'from -3 and 2', '{"value1":-3,"value2":2}'],
    ['range', '2..5', '{"value1":2,"value2":5}'],
    ['range', '2 5', '{"value1":2,"value2":5}'],
    ['age', '30', '{"value":30,"unit":"days"}'],
    ['age', '2 h', '{"value":2,"unit":"hours"}'],
    ['age', '1 Week ago', '{"value":1,"unit":"weeks"}'],
    ['age', '5min', '{"value":5,"unit":"minutes"}'],
    ['date', ' 2030-01-31T12:00 ', '{"date":"2030-01-31T12:00"}'],
    ['text', ' a ', '{"value":" a "}'],
  ] as const) {
    it(`is read: “${text}” (${kind})`, () => {
      const parsed = parseOperandText(kind, text);
      assert.ok('value' in parsed);
      const json = filtersToJson({
        type: 'and',
        filters: [{ type: 'known', property_name: 'a', value: parsed.value }],
      });
      assert.ok(json.endsWith(`"value":${value}}]}`), json);
    });
  }

  for (const [kind, text, said] of [
    ['number', 'five', /a number/],
    ['number', '1,5', /^“1,5” is not understood: type 1\.5\.$/],
    ['number', '-1,50', /type -1\.50\.$/],
    ['number', '1.000,5', /type 1000\.5\.$/],
    ['number', '1 500', /type 1500\.$/],
    ['number', '1\u00a0500,25', /type 1500\.25\.$/],
    ['number', '1,50,000', /type 150000\.$/],
    ['number', "1'50", /type 150\.$/],
    ['number', '1__000', /digits 0 to 9/],
    ['number', '٣', /digits 0 to 9/],
    ['number', '１２', /digits 0 to 9/],
    ['number', '0x10', /digits 0 to 9/],
    ['number', '5.', /digits 0 to 9/],
    ['number', '.', /digits 0 to 9/],
    ['number', '-', /digits 0 to 9/],
    ['number', 'e3', /digits 0 to 9/],
    ['number', '5%', /digits 0 to 9/],
    ['number', '−5', /digits 0 to 9/],
    ['number', '1e999', /too large/],
    ['range', '1,5 to 2', /type 1\.5\.$/],
    ['range', '1 to 2,5', /type 2\.5\.$/],
    ['age', '1,5 hours', /type 1\.5\.$/],
    ['number', '', /a number/],
    ['number', '1e', /a number/],
    ['range', '5', /two numbers/],
    ['range', '5 to 2', /must not be less/],
    ['age', 'days', /a number and a unit/],
    ['age', '5 years', /no unit “years”/],
    ['age', '-5 days', /negative/],
    ['date', '2030-02-31', /exists/],
    ['text', '', /Type a text/],
  ] as const) {
    it(`is refused in words: “${text}” (${kind})`, () => {
      const parsed = parseOperandText(kind, text);
      assert.ok('problem' in parsed);
      assert.match(parsed.problem, said);
    });
  }

  for (const kind of ['number', 'range', 'age', 'date'] as const)
    for (const part of [' ', '1', '1 ', '1,', '.', "'", 'to ', '1 to ', '-', 'a'])
      it(`is read or refused at once, however long it is: “1${part}…%” (${kind})`, () => {
        const long = part.repeat(100_000);
        for (const text of [`1${long}%`, `1 to 1${long}%`, `${long}%`]) assert.ok(parseOperandText(kind, text));
      });

  for (const [kind, text, said] of [
    ['number', '1,500', '1500'],
    ['number', '+5', '5'],
    ['number', '.5', '0.5'],
    ['number', '1e3', '1000'],
    ['number', '1.000', '1'],
    ['number', '1_000', '1000'],
    ['number', '1500', undefined],
    ['number', '-2.5', undefined],
    ['number', '9007199254740993', undefined],
    ['number', '1,5', undefined],
    ['range', '1 500', '1 to 500'],
    ['range', '2 to 5', undefined],
    ['age', '30', '30 days'],
    ['age', '2 h', '2 hours'],
    ['date', '2030-01-31', undefined],
    ['text', ' 1,5 ', undefined],
  ] as const) {
    it(`says how it is read: “${text}” (${kind}) ${said === undefined ? 'as it stands' : `as ${said}`}`, () => {
      assert.equal(readAs(kind, text), said);
    });
  }
});
