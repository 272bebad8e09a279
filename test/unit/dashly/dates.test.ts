import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDate } from '../../../src/dashly/dates';

describe('a date string', () => {
  it('without a zone is UTC', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1000) * 1000;
          const iso = new Date(seconds).toISOString().slice(0, 19);
          assert.deepEqual(parseDate(iso), { time: seconds, dateOnly: false });
          assert.deepEqual(parseDate(`${iso}Z`), { time: seconds, dateOnly: false });
          assert.deepEqual(parseDate(`${iso}+05:30`), { time: seconds - 19_800_000, dateOnly: false });
          assert.deepEqual(parseDate(`${iso}-0300`), { time: seconds + 10_800_000, dateOnly: false });
          assert.deepEqual(parseDate(iso.slice(0, 10)), { time: Math.floor(seconds / 864e5) * 864e5, dateOnly: true });
        },
      ),
    );
    assert.equal(parseDate('2014-06-17T08:56:03.512345+00:00')?.time, Date.UTC(2014, 5, 17, 8, 56, 3, 512));
  });

  it('is one only in a documented form', () => {
    for (const text of [
      '',
      '2014',
      '2014-06',
      '2014-02-30',
      '2014-13-01',
      '2014-06-17T24:00:00',
      '2014-06-17 08:56:03',
      '17.06.2014',
      '2014-06-17T08:56',
      '2014-06-17T08:56:03+24:00',
      ' 2014-06-17',
      '2014-06-17\n',
      '+002014-06-17',
      '1402995363',
      '٢٠١٤-٠٦-١٧',
    ]) {
      assert.equal(parseDate(text), undefined, JSON.stringify(text));
    }
  });

  it('of a person may have a space for the T and around it, and no seconds', () => {
    for (const [typed, time] of [
      ['2014-06-17 08:56:03', Date.UTC(2014, 5, 17, 8, 56, 3)],
      ['2014-06-17T08:56', Date.UTC(2014, 5, 17, 8, 56)],
      ['2014-06-17 08:56+02:00', Date.UTC(2014, 5, 17, 6, 56)],
      [' 2014-06-17 ', Date.UTC(2014, 5, 17)],
    ] as const) {
      assert.equal(parseDate(typed, { typed: true })?.time, time, typed);
      assert.equal(parseDate(typed), undefined, typed);
    }
    for (const text of ['2014-02-30', '2014-06-17 8:56', '2014-06-17 24:00', '17.06.2014', '2014-06-17 08']) {
      assert.equal(parseDate(text, { typed: true }), undefined, text);
    }
  });
});
