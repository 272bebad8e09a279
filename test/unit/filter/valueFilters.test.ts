import assert from 'node:assert/strict';
import { resolveDates } from '../../../src/dashly/listRequest';
import { FilterDraft, valueFilters } from '../../../src/filter/filterDraft';
import { passes, toFilter } from '../../../src/sample/matcher';

const now = Date.parse('2026-11-26T20:00:00Z');

/** The filters for a value, which the lead that has it must pass itself. */
function filtersFor(value: string): readonly string[] | undefined {
  const filters = valueFilters('trial', value, now);
  if (!filters) return undefined;
  assert.ok(!FilterDraft.of({ filters }).isEmpty);
  assert.ok(passes(toFilter(resolveDates(filters, { now, within: 30_000 })), { trial: value }, now), value);
  return filters.filters.map(({ type, value: operand }) => `${type} ${Object.values(operand).join()}`);
}

describe('The filters for the leads with the same value', () => {
  for (const value of ['2026-11-01', '2026-11-01T00:00:00', '2026-11-01T23:59:59.999', '2026-11-01T10:00:00.123456'])
    it(`are about the day of a date: ${value}`, () =>
      assert.deepEqual(filtersFor(value), ['after 2026-11-01', 'before 2026-11-02']));

  for (const value of ['2026-11-26', '2026-11-26T10:00:00', '2026-11-26T23:30:00'])
    it(`are about a day that has begun: ${value}`, () =>
      assert.deepEqual(filtersFor(value), ['after 2026-11-26', 'before 2026-11-27']));

  for (const value of ['2026-11-27', '2026-11-27T00:00:00', '2027-03-01', '2027-03-01T10:00:00', '9999-12-31'])
    it(`are none for a day that is still to come: ${value}`, () => assert.equal(filtersFor(value), undefined));

  for (const value of ['0001-01-01', '0000-01-01', '1969-12-31T12:00:00'])
    it(`are about a day of long ago: ${value}`, () => assert.equal(filtersFor(value)?.length, 2));

  for (const value of [
    '2026-11-01T10:00:00Z',
    '2026-11-01T10:00:00.000Z',
    '2026-11-01T10:00:00+03:00',
    '2027-11-01T10:00:00-0300',
  ])
    it(`are about the text where a date has a zone: ${value}`, () =>
      assert.deepEqual(filtersFor(value), [`str_eq ${value}`]));
});
