import assert from 'node:assert/strict';
import { pageEnd, pageStep, placeAt, placeBehind, serviceLimits } from '../../../src/leads/offsetPages';

describe('Pages by offset', () => {
  it('meet in one row, down to the last one that may be asked for', () => {
    const rows = new Set<number>();
    let place = placeAt(0, serviceLimits);
    for (;;) {
      assert.ok(place.limit >= 1 && place.limit <= serviceLimits.page);
      for (let row = 0; row < place.limit; row++) rows.add(place.offset + row);
      if (place.offset + place.limit >= serviceLimits.cap) break;
      const next = placeBehind(place, serviceLimits);
      assert.equal(next.offset, place.offset + place.limit - 1);
      assert.equal(next.offset - place.offset, pageStep(serviceLimits));
      place = next;
    }
    assert.equal(place.offset + place.limit, serviceLimits.cap);
    assert.equal(rows.size, serviceLimits.cap);
  });

  it('are no larger than wanted, and of one row at least', () => {
    assert.deepEqual(placeAt(10, serviceLimits, 7), { offset: 10, limit: 7 });
    assert.deepEqual(placeAt(10, { cap: 12, page: 50 }), { offset: 10, limit: 2 });
    assert.deepEqual(placeAt(12, { cap: 12, page: 50 }), { offset: 12, limit: 1 });
    assert.equal(pageStep({ cap: 12, page: 1 }), 1);
  });

  for (const [received, total, end] of [
    [50, 151, 'more'],
    [50, 150, 'last'],
    [50, 149, 'doubted'],
    [49, 149, 'last'],
    [49, 148, 'last'],
    [49, 150, 'doubted'],
    [0, 100, 'last'],
    [0, 101, 'doubted'],
  ] as const)
    it(`say by ${received} of 50 rows behind 100, of ${total} in all: ${end}`, () =>
      assert.equal(pageEnd({ received, total }, { offset: 100, limit: 50 }), end));
});
