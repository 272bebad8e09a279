import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShownEvent } from '../../../src/card/shownCard';
import { bar, byLastUse, position, ticks, timeSpan } from '../../../src/card/page/timelineGeometry';

const day = 86_400_000;
const year2024 = Date.UTC(2024, 0, 1);
const event = (id: string, more: Partial<ShownEvent> = {}): ShownEvent => ({ id, name: `Event ${id}`, ...more });

describe('The timeline of events', () => {
  it('puts the latest used event first and those without a date last, by name', () => {
    const events = [
      event('b'),
      event('old', { first: 1, last: 5 }),
      event('new', { last: 9 }),
      event('a'),
      event('only first', { first: 7 }),
    ];
    assert.deepEqual(
      byLastUse(events).map(({ id }) => id),
      ['new', 'only first', 'old', 'a', 'b'],
    );
  });

  it('spans from the first to the last use', () => {
    assert.deepEqual(timeSpan([event('1', { first: 0, last: 10 * day }), event('2', { last: 30 * day })]), {
      from: 0,
      to: 30 * day,
    });
  });

  it('has no span without dates, and one with a length for a single moment', () => {
    assert.equal(timeSpan([event('1'), event('2', { count: 3 })]), undefined);
    const span = timeSpan([event('1', { first: year2024, last: year2024 })]);
    assert.ok(span && span.to > span.from && span.from < year2024 && year2024 < span.to);
  });

  it('draws bars to scale', () => {
    const span = { from: 0, to: 100 };
    assert.deepEqual(bar(event('1', { first: 25, last: 75, count: 1 }), span, 10), {
      start: 0.25,
      end: 0.75,
      weight: 0,
    });
    assert.deepEqual(bar(event('2', { last: 50, count: 10 }), span, 10), { start: 0.5, end: 0.5, weight: 1 });
    assert.equal(bar(event('3', { count: 4 }), span, 10), undefined);
  });

  it('bears a first use after the last one', () => {
    assert.deepEqual(bar(event('1', { first: 80, last: 20 }), { from: 0, to: 100 }, 1), {
      start: 0.2,
      end: 0.8,
      weight: 0,
    });
  });

  it('weighs by count, never beyond 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const most = Math.max(1, a, b);
        const weight = (count: number): number => bar(event('1', { last: 1, count }), { from: 0, to: 2 }, most)!.weight;
        assert.ok(weight(a) >= 0 && weight(a) <= 1);
        if (a <= b) assert.ok(weight(a) <= weight(b));
      }),
    );
  });

  it('labels the axis inside the span, in order, and not more than there is room for', () => {
    const length = fc.double({ min: 60_000, max: 80 * 365 * day, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        length,
        fc.integer({ min: 1, max: 12 }),
        (from, size, most) => {
          const span = { from, to: from + size };
          const made = ticks(span, most);
          assert.ok(made.length <= most + 1, `${made.length} labels where ${most} have room`);
          for (const [index, tick] of made.entries()) {
            assert.ok(tick.time >= span.from && tick.time <= span.to);
            assert.equal(tick.at, position(tick.time, span));
            assert.ok(index === 0 || tick.time > made[index - 1]!.time);
            assert.notEqual(tick.label, '');
          }
        },
      ),
    );
  });

  it('labels years, months, days and hours as people do', () => {
    const labels = (from: Date, to: Date): string[] =>
      ticks({ from: from.getTime(), to: to.getTime() }, 5).map(({ label }) => label);
    assert.deepEqual(labels(new Date(2010, 5, 1), new Date(2024, 5, 1)), ['2015', '2020']);
    assert.deepEqual(labels(new Date(2024, 0, 20), new Date(2024, 5, 20)), [
      'Feb 2024',
      'Mar 2024',
      'Apr 2024',
      'May 2024',
      'Jun 2024',
    ]);
    assert.deepEqual(labels(new Date(2024, 2, 3, 12), new Date(2024, 2, 7, 12)), ['Mar 4', 'Mar 5', 'Mar 6', 'Mar 7']);
    assert.deepEqual(labels(new Date(2024, 2, 3, 12, 10), new Date(2024, 2, 3, 14)), [
      '12:30 PM',
      '01:00 PM',
      '01:30 PM',
      '02:00 PM',
    ]);
  });
});
