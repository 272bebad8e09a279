import assert from 'node:assert/strict';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import { ExactNumber } from '../../../src/dashly/json';
import { Masking } from '../../../src/leads/masking';
import {
  conditionWords,
  describeOrder,
  describeSelection,
  holdsContact,
  holdsContacts,
  unknownConditionWords,
} from '../../../src/leads/queryWords';

/** Shows everything. */
const open = new Masking('key');

describe('A filter in words', () => {
  const filters = filtersOf('or', [
    condition.text('str_contains', '$name', 'Maks Ivanov'),
    condition.text('str_eq', 'manager', 'anna@example.com'),
    condition.number('gt', '$sessions', 5),
    condition.none('unknown', '$phone'),
  ]);

  it('says everything', () => {
    assert.equal(
      describeSelection({ filters }, open),
      'Name contains “Maks Ivanov” or manager is “anna@example.com” or Sessions is more than 5 or Phone is not set',
    );
  });

  it('shows no contact while contacts are masked, and the rest', () => {
    const words = describeSelection({ filters }, new Masking('key', true)) ?? '';
    assert.doesNotMatch(words, /Maks|anna|Ivanov/);
    assert.match(words, /^Name contains “.+” or manager is “.+” or Sessions is more than 5 or Phone is not set$/);
  });
});

describe('A condition, while contacts are masked,', () => {
  const masked = new Masking('key', true);
  const exact = (text: string): ExactNumber => new ExactNumber(text);

  for (const given of [
    condition.number('eq', 'mobile', 79161234567),
    condition.number('neq', 'mobile', exact('79161234567.0')),
    condition.number('gt', 'mobile', exact('7.9161234567e10')),
    condition.number('lt', 'mobile', -79161234567),
    condition.range('mobile', 79161234567, 79161234568),
    condition.text('str_eq', 'mobile', '8 916 123-45-67'),
    condition.none('known', 'maks@example.com'),
    condition.none('unknown', 'call +7 916 123-45-67'),
    condition.number('eq', '$user_id', 42),
  ]) {
    it(`says nothing of a contact: ${conditionWords(given, open)}`, () => {
      const filters = filtersOf('and', [condition.none('known', 'plan'), given]);
      for (const words of [conditionWords(given, masked), describeSelection({ filters }, masked) ?? ''])
        assert.doesNotMatch(words, /916|maks|42/);
      assert.equal(holdsContacts(filters, masked), true);
      assert.equal(holdsContact(given, masked), true);
      assert.equal(holdsContacts(filters, open), false);
    });
  }

  for (const given of [
    condition.number('gt', '$sessions', 5),
    condition.range('created', 1402995363, exact('1402995363.5')),
    condition.number('eq', 'order', exact('1448121617782670208')),
    condition.none('known', '$email'),
    condition.none('known', '$event_79161234567_count'),
    condition.date('after', '$last_seen', '2026-11-26'),
    condition.age('daysless', '$last_seen', 5, 'minutes'),
  ]) {
    it(`says what it says otherwise: ${conditionWords(given, open)}`, () => {
      assert.equal(holdsContact(given, masked), false);
      if (given.property_name !== '$event_79161234567_count')
        assert.equal(conditionWords(given, masked), conditionWords(given, open));
    });
  }

  it('that is understood by nobody says nothing of a contact either', () => {
    for (const value of [79161234567, exact('7.9161234567e10'), [79161234567]])
      assert.doesNotMatch(
        unknownConditionWords({ type: 'odd', property_name: 'mobile', value: { value } }, masked),
        /916/,
      );
  });
});

describe('A selection in words', () => {
  it('is nothing when it is all leads', () => {
    assert.equal(describeSelection({}, open), undefined);
    assert.equal(describeSelection({ filters: filtersOf('and', []), sortProp: '$name' }, open), undefined);
  });

  it('says that presences are looked for among the loaded leads only', () => {
    assert.equal(describeSelection({ presence: ['online', 'idle'] }, open), 'online or idle among the loaded leads');
    const filters = filtersOf('and', [condition.none('known', '$phone')]);
    assert.equal(
      describeSelection({ filters, presence: ['online'] }, open),
      'Phone is set; online among the loaded leads',
    );
  });

  it('is one line of bounded length, whatever is compared with', () => {
    const filters = filtersOf('and', [condition.text('str_eq', 'a\nb', `one\ntwo ${'long '.repeat(100)}`)]);
    const words = describeSelection({ filters }, open) ?? '';
    assert.doesNotMatch(words, /[\n\r]/);
    assert.ok(words.length <= 200, String(words.length));
  });
});

describe('An order in words', () => {
  it('shows no contact that a property is named after while contacts are masked', () => {
    const masked = describeOrder({ sortProp: 'note about anna@corp.example' }, new Masking('key', true));
    assert.match(masked, /^by note about /);
    assert.doesNotMatch(masked, /anna@corp/);
  });

  for (const [query, kind, words] of [
    [{}, undefined, 'by Last seen, newest first'],
    [{ sortOrder: 'asc' }, undefined, 'by Last seen, oldest first'],
    [{ sortProp: '$last_reply' }, undefined, 'by Last reply, newest first'],
    [{ sortProp: '$sessions' }, undefined, 'by Sessions, descending'],
    [{ sortProp: '$sessions', sortOrder: 'asc' }, 'number', 'by Sessions, ascending'],
    [{ sortProp: '$name', sortOrder: 'asc' }, undefined, 'by Name, A to Z'],
    [{ sortProp: '$event_18_last' }, undefined, 'by Event 18, last time, newest first'],
    [{ sortProp: '$event_18_count' }, undefined, 'by Event 18, count, descending'],
    // Anybody may call a property so.
    [{ sortProp: 'name_last' }, undefined, 'by name_last, descending'],
    [{ sortProp: 'plan', sortOrder: 'asc' }, 'string', 'by plan, A to Z'],
    [{ sortProp: '$name', sortOrder: 'desc' }, 'string', 'by Name, Z to A'],
    [{ sortProp: 'birthday' }, 'date', 'by birthday, newest first'],
    [{ sortProp: 'two\nlines', sortOrder: 'asc' }, undefined, 'by two lines, ascending'],
  ] as const) {
    it(`is “${words}”`, () => {
      assert.equal(describeOrder(query, open, kind), words);
    });
  }
});
