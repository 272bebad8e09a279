import assert from 'node:assert/strict';
import { condition, filtersOf } from '../../../src/dashly/filters';
import { Masking } from '../../../src/leads/masking';
import { describeSelection } from '../../../src/leads/queryWords';

describe('A filter in words', () => {
  const filters = filtersOf('or', [
    condition.text('str_contains', '$name', 'Maks Ivanov'),
    condition.text('str_eq', 'manager', 'anna@example.com'),
    condition.number('gt', '$sessions', 5),
    condition.none('unknown', '$phone'),
  ]);

  it('says everything', () => {
    assert.equal(
      describeSelection({ filters }, new Masking('key')),
      'Name contains “Maks Ivanov” or manager is “anna@example.com” or Sessions is more than 5 or Phone is unknown',
    );
  });

  it('shows no contact while contacts are masked, and the rest', () => {
    const words = describeSelection({ filters }, new Masking('key', true)) ?? '';
    assert.doesNotMatch(words, /Maks|anna|Ivanov/);
    assert.match(words, /^Name contains “.+” or manager is “.+” or Sessions is more than 5 or Phone is unknown$/);
  });
});
