import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import type { Filters } from '../../../src/dashly/lead';
import { countDebounce, countWords, MatchCount } from '../../../src/filter/matchCount';
import { pass, stopTime } from '../mockTime';

const moreThan = (sessions: number): Filters => filtersOf('and', [condition.number('gt', '$sessions', sessions)]);
/** Multiples of the steps in which the time is moved. */
const times = (most: number): fc.Arbitrary<number> => fc.nat(most / 25).map((steps) => 25 * steps);
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const threshold = (filters: Filters | undefined): number => Number(filters?.filters[0]?.value.value ?? -1);

describe('The count of a filter being built', () => {
  let asked: { filters: Filters | undefined; signal: AbortSignal }[];
  let delay: () => number;
  let fault: (() => Error) | undefined;
  let count: MatchCount;
  beforeEach(() => {
    stopTime();
    asked = [];
    delay = () => 100;
    fault = undefined;
    // The count of a filter is its threshold: which filter a number belongs to can be told from the number. Answers come
    // although the request was aborted: the worst a transport can do.
    count = new MatchCount(async (filters, signal) => {
      asked.push({ filters, signal });
      await wait(delay());
      if (fault) throw fault();
      return threshold(filters);
    });
  });
  afterEach(() => {
    count.dispose();
    mock.timers.reset();
  });

  it('is asked for at once at first, then when typing has paused', async () => {
    count.ask(moreThan(1));
    await pass(0);
    assert.equal(asked.length, 1);
    for (const sessions of [2, 3, 4]) {
      count.ask(moreThan(sessions));
      assert.deepEqual(count.state, { kind: 'counting' });
      await pass(countDebounce - 1);
    }
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.signal.aborted, true);
    await pass(101);
    assert.deepEqual(
      asked.map(({ filters }) => threshold(filters)),
      [1, 4],
    );
    assert.deepEqual(count.state, { kind: 'known', count: 4 });
  });

  it('is asked for once for the same filter, and again after it failed', async () => {
    fault = () => new Error('down');
    count.ask(moreThan(1));
    await pass(100);
    assert.equal(count.state.kind, 'failed');
    fault = undefined;
    count.ask(moreThan(1));
    await pass(countDebounce + 100);
    assert.deepEqual(count.state, { kind: 'known', count: 1 });
    count.ask(moreThan(1));
    await pass(1000);
    assert.equal(asked.length, 2);
  });

  it('is forgotten when another app is asked', async () => {
    count.ask(moreThan(7));
    await pass(100);
    count.restart(moreThan(7));
    assert.equal(count.state.kind, 'counting');
    await pass(100);
    assert.equal(asked.length, 2);
    assert.equal(count.state.kind, 'known');
  });

  it('says nothing more once it is disposed', async () => {
    count.ask(moreThan(7));
    let fired = 0;
    count.onDidChange(() => fired++);
    count.dispose();
    await pass(1000);
    assert.equal(fired, 0);
    assert.equal(
      asked.every(({ signal }) => signal.aborted),
      true,
    );
  });

  it('is never that of another filter, however late answers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ sessions: fc.nat(6), pause: times(600), delay: times(2000), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (keystrokes) => {
          asked = [];
          let now = -1;
          const typed = new MatchCount(async (filters) => {
            const { delay: takes, fails } = keystrokes[asked.length % keystrokes.length]!;
            asked.push({ filters, signal: new AbortController().signal });
            await wait(takes);
            if (fails) throw new Error('down');
            return threshold(filters);
          });
          typed.onDidChange(() => {
            if (typed.state.kind === 'known') assert.equal(typed.state.count, now);
          });
          for (const { sessions, pause } of keystrokes) {
            now = sessions;
            typed.ask(moreThan(sessions));
            assert.ok(typed.state.kind !== 'known' || typed.state.count === now);
            await pass(pause, 25);
            assert.ok(typed.state.kind !== 'known' || typed.state.count === now);
          }
          await pass(5000, 25);
          assert.ok(typed.state.kind === 'failed' || (typed.state.kind === 'known' && typed.state.count === now));
          typed.dispose();
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is said in words', () => {
    const explain = (error: unknown): string => (error as Error).message;
    assert.equal(countWords({ kind: 'known', count: 1204 }, explain), '1,204 leads match');
    assert.equal(countWords({ kind: 'known', count: 1 }, explain), '1 lead matches');
    assert.equal(countWords({ kind: 'known', count: 0 }, explain), 'no leads match');
    assert.equal(countWords({ kind: 'counting' }, explain), 'counting…');
    assert.equal(
      countWords({ kind: 'failed', error: new Error('The service is down.') }, explain),
      'not counted: The service is down.',
    );
  });
});
