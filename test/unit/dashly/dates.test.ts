import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conditionDate, dayAt, isConditionDate, parseDate, parsePropertyDate, today } from '../../../src/dashly/dates';

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

  it('of a property has no zone: to the service another one is a text', () => {
    for (const text of ['2026-11-01', '2026-11-01T10:00:00', '2026-11-01T10:00:00.123456'])
      assert.deepEqual(parsePropertyDate(text), parseDate(text));
    for (const zone of ['Z', '+03:00', '-0300', '+00:00'])
      for (const time of ['T10:00:00', 'T10:00:00.000', 'T23:59:59.999999']) {
        assert.ok(parseDate(`2026-11-01${time}${zone}`));
        assert.equal(parsePropertyDate(`2026-11-01${time}${zone}`), undefined, time + zone);
      }
    for (const text of ['', '2026-02-30', 'text', '2026-11-01T10:00']) assert.equal(parsePropertyDate(text), undefined);
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

describe('today', () => {
  const anyMoment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  const zones = Intl.supportedValuesOf('timeZone');

  it('begins with the first moment of the day, in every zone there is', () => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...zones), (moment, zone) => {
        const [now, day] = [moment.getTime(), dayAt(moment.getTime(), zone)];
        const start = conditionDate(today, now, zone);
        assert.ok(start <= now && now - start <= 25 * 3_600_000 + 1_000, zone);
        assert.equal(dayAt(start, zone), day, zone);
        assert.notEqual(dayAt(start - 1, zone), day, zone);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins at one where clocks are put forward over midnight, and once where they are put back to before it', () => {
    for (const [zone, now, start] of [
      ['Asia/Tokyo', '2030-06-01T20:00:00Z', '2030-06-01T15:00:00Z'],
      ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00Z'],
      ['America/Sao_Paulo', '2018-02-18T12:00:00Z', '2018-02-18T03:00:00Z'],
      ['America/Havana', '2025-11-02T12:00:00Z', '2025-11-02T04:00:00Z'],
      ['America/Havana', '2025-11-02T05:30:00Z', '2025-11-02T04:00:00Z'],
      ['Asia/Kathmandu', '2030-06-01T20:00:00Z', '2030-06-01T18:15:00Z'],
      ['UTC', '2030-06-01T00:00:00Z', '2030-06-01T00:00:00Z'],
    ] as const) {
      assert.equal(
        new Date(conditionDate(today, Date.parse(now), zone)).toISOString(),
        `${start.slice(0, -1)}.000Z`,
        zone,
      );
    }
  });

  it('is that of this machine where no other zone is known', () => {
    const now = new Date(2030, 5, 1, 0, 30);
    assert.equal(conditionDate(today, now.getTime()), new Date(2030, 5, 1).getTime());
    assert.equal(dayAt(now.getTime()), '2030-06-01');
  });

  it('is a date for a condition, and what no date is none', () => {
    for (const date of [today, '2030-01-31', ' 2030-01-31 12:00']) assert.ok(isConditionDate(date), date);
    for (const date of ['yesterday', 'Today', '', '2030-02-31', 5, null, undefined, {}]) {
      assert.ok(!isConditionDate(date));
      assert.equal(conditionDate(date, 0), NaN);
    }
  });
});
