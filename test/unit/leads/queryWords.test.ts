import assert from 'node:assert/strict';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import { Masking } from '../../../src/leads/masking';
import { describeOrder, describeSelection } from '../../../src/leads/queryWords';

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
