import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../src/dashly/clock';
import { condition, filtersOf, type Filters } from '../../../src/dashly/conditions';
import { countWords } from '../../../src/filter/matchCount';
import { countDebounce, MatchCount } from '../../../src/filter/matchCount';

/** A clock whose time is moved by the test. */
class FakeClock implements Clock {
  private time = 0;
  private readonly sleeps = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = { at: this.time + milliseconds, wake: resolve };
      this.sleeps.add(entry);
      signal?.addEventListener('abort', () => {
        this.sleeps.delete(entry);
        reject(signal.reason as Error);
      });
    });
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settle();
    for (;;) {
      const due = [...this.sleeps].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.sleeps.delete(due);
      this.time = due.at;
      due.wake();
      await settle();
    }
    this.time = end;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

const moreThan = (sessions: number): Filters => filtersOf('and', [condition.number('gt', '$sessions', sessions)]);
const threshold = (filters: Filters | undefined): number => Number(filters?.filters[0]?.value.value ?? -1);

describe('The count of a filter being built', () => {
  let clock: FakeClock;
  let asked: { filters: Filters | undefined; signal: AbortSignal }[];
  let delay: () => number;
  let fault: (() => Error) | undefined;
  let count: MatchCount;
  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    delay = () => 100;
    fault = undefined;
    // The count of a filter is its threshold: which filter a number belongs to can be told from the number. Answers come
    // although the request was aborted: the worst a transport can do.
    count = new MatchCount(async (filters, signal) => {
      asked.push({ filters, signal });
      await clock.sleep(delay());
      if (fault) throw fault();
      return threshold(filters);
    }, clock);
  });
  afterEach(() => count.dispose());

  it('is asked for at once at first, then when typing has paused', async () => {
    count.ask(moreThan(1));
    await clock.advance(0);
    assert.equal(asked.length, 1);
    for (const sessions of [2, 3, 4]) {
      count.ask(moreThan(sessions));
      assert.deepEqual(count.state, { kind: 'counting' });
      await clock.advance(countDebounce - 1);
    }
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.signal.aborted, true);
    await clock.advance(101);
    assert.deepEqual(
      asked.map(({ filters }) => threshold(filters)),
      [1, 4],
    );
    assert.deepEqual(count.state, { kind: 'known', count: 4 });
  });

  it('is asked for once for the same filter, and again after it failed', async () => {
    fault = () => new Error('down');
    count.ask(moreThan(1));
    await clock.advance(100);
    assert.equal(count.state.kind, 'failed');
    fault = undefined;
    count.ask(moreThan(1));
    await clock.advance(countDebounce + 100);
    assert.deepEqual(count.state, { kind: 'known', count: 1 });
    count.ask(moreThan(1));
    await clock.advance(1000);
    assert.equal(asked.length, 2);
  });

  it('is forgotten when another app is asked', async () => {
    count.ask(moreThan(7));
    await clock.advance(100);
    count.restart(moreThan(7));
    assert.equal(count.state.kind, 'counting');
    await clock.advance(100);
    assert.equal(asked.length, 2);
    assert.equal(count.state.kind, 'known');
  });

  it('says nothing more once it is disposed', async () => {
    count.ask(moreThan(7));
    let fired = 0;
    count.onDidChange(() => fired++);
    count.dispose();
    await clock.advance(1000);
    assert.equal(fired, 0);
    assert.equal(
      asked.every(({ signal }) => signal.aborted),
      true,
    );
  });

  it('is never that of another filter, however late answers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ sessions: fc.nat(6), pause: fc.nat(600), delay: fc.nat(2000), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (keystrokes) => {
          clock = new FakeClock();
          let now = -1;
          const typed = new MatchCount(async (filters) => {
            const { delay: takes, fails } = keystrokes[asked.length % keystrokes.length]!;
            asked.push({ filters, signal: new AbortController().signal });
            await clock.sleep(takes);
            if (fails) throw new Error('down');
            return threshold(filters);
          }, clock);
          typed.onDidChange(() => {
            if (typed.state.kind === 'known') assert.equal(typed.state.count, now);
          });
          for (const { sessions, pause } of keystrokes) {
            now = sessions;
            typed.ask(moreThan(sessions));
            assert.ok(typed.state.kind !== 'known' || typed.state.count === now);
            await clock.advance(pause);
            assert.ok(typed.state.kind !== 'known' || typed.state.count === now);
          }
          await clock.advance(5000);
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
