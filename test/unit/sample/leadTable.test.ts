import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SampleApp } from '../../../src/sample/sampleApp';
import type { SampleLead } from '../../../src/sample/sampleLead';
import { noon } from './sampleRequest';

interface Step {
  kind: 'add' | 'change' | 'remove' | 'online' | 'merge';
  which: number;
  value: number | string | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'change', 'remove', 'online', 'merge'),
  which: fc.nat(1000),
  value: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'B', 'c'), fc.constant(null)),
});

/** Sorted and filtered anew at each call. */
function plainly(leads: Iterable<SampleLead>, order: 'asc' | 'desc'): string[] {
  const rank = (value: unknown) => (typeof value === 'number' ? 0 : 1);
  const key = (lead: SampleLead) => lead.props.x as number | string | undefined;
  const compare = (one: number | string, other: number | string) => {
    const [left, right] = [String(one).toLowerCase(), String(other).toLowerCase()];
    return rank(one) - rank(other) || (left < right ? -1 : left > right ? 1 : 0);
  };
  return [...leads]
    .filter((lead) => key(lead) !== 0)
    .sort((one, other) => {
      const [left, right] = [key(one), key(other)];
      const byId = Number(BigInt(one.id) - BigInt(other.id));
      if (left === undefined || right === undefined) {
        return left === right ? byId : left === undefined ? 1 : -1;
      }
      return (order === 'asc' ? 1 : -1) * compare(left, right) || byId;
    })
    .map(({ id }) => id);
}

describe('queries while leads change', () => {
  it('answer as if everything were sorted and filtered anew', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(30), (steps, leads) => {
        const app = new SampleApp({ leads, now: () => noon });
        const alive = new Set(app.query());
        const filters = [{ type: 'neq', property_name: 'x', value: { value: 0 } }];
        for (const { kind, which, value } of steps) {
          const ids = [...alive];
          const id = ids[which % ids.length];
          if (kind === 'add' || id === undefined) {
            alive.add(app.add({ x: value }));
          } else if (kind === 'change') {
            app.change(id, { x: value });
          } else if (kind === 'online') {
            app.comeOnline(id);
            assert.equal(app.query()[0], id);
          } else if (kind === 'remove') {
            app.remove(id);
            alive.delete(id);
          } else if (ids.length > 1) {
            app.merge(id, ids[(which + 1) % ids.length]!);
            alive.delete(id);
          }
          assert.equal(app.count, alive.size);
          for (const order of ['asc', 'desc'] as const) {
            const found = app.query({ filters, sortProp: 'x', sortOrder: order });
            assert.equal(
              found.join(),
              plainly(
                [...alive].map((one) => app.record(one)!),
                order,
              ).join(),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('follow the clock', () => {
    let now = noon;
    const app = new SampleApp({ leads: 0, now: () => now });
    const id = app.add();
    const filters = [{ type: 'daysless', property_name: '$last_seen', value: { value: 1, unit: 'minutes' } }];
    assert.deepEqual(app.query({ filters }), [id]);
    now += 59_000;
    assert.deepEqual(app.query({ filters }), [id]);
    now += 1_000;
    assert.deepEqual(app.query({ filters }), []);
  });

  it('are refused for leads that are not there', () => {
    const app = new SampleApp({ leads: 3, now: () => noon });
    const [id] = app.query() as [string];
    app.remove(id);
    for (const act of [
      () => app.remove(id),
      () => app.change(id, {}),
      () => app.comeOnline('7'),
      () => app.merge(id, id),
    ]) {
      assert.throws(act, RangeError);
    }
    assert.equal(app.record(id), undefined);
    assert.equal(app.json(id), undefined);
  });
});
