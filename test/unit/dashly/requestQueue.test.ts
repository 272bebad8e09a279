import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { RequestQueue, type RequestPriority } from '../../../src/dashly/requestQueue';
import { advance, settled, stopTime } from './mockedTime';

/** A request whose end the test decides. */
class Job {
  /** `ended` until the one who asked has been told: `done` or `failed`. */
  state: 'waiting' | 'running' | 'ended' | 'done' | 'failed' | 'left' = 'waiting';
  succeed: () => void = () => assert.fail('It has not started.');
  fail: () => void = () => assert.fail('It has not started.');
  private readonly controller = new AbortController();

  constructor(
    readonly queue: RequestQueue,
    readonly priority: RequestPriority,
    started: (job: Job) => void = () => undefined,
  ) {
    const request = (): Promise<string> => {
      this.state = 'running';
      started(this);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => () => {
          this.state = 'ended';
          settle();
        };
        this.succeed = end(() => resolve('answer'));
        this.fail = end(() => reject(new Error('no answer')));
      });
    };
    queue.run(request, this.controller.signal, priority).then(
      () => (this.state = 'done'),
      (error: unknown) => (this.state = String(error).includes('no answer') ? 'failed' : 'left'),
    );
  }

  abort(): void {
    this.controller.abort(new Error('not wanted any more'));
  }
}

describe('the queue of requests', () => {
  let queue: RequestQueue;
  const add = async (count: number, priority: RequestPriority = 'interactive'): Promise<Job[]> => {
    const jobs = Array.from({ length: count }, () => new Job(queue, priority));
    await settled();
    return jobs;
  };
  const states = (jobs: readonly Job[]): string => jobs.map(({ state }) => state).join(' ');

  beforeEach(() => {
    stopTime();
    queue = new RequestQueue(2);
  });
  afterEach(() => mock.timers.reset());

  it('pauses a minute at most when the clock was set back', async () => {
    stopTime(7_200_000);
    queue.slowDown(1000);
    stopTime(3_600_000);
    assert.equal(queue.pausedUntil, 3_660_000);
    const [job] = await add(1);
    await advance(59_999);
    assert.equal(job!.state, 'waiting');
    await advance(1);
    assert.equal(job!.state, 'running');
  });

  it('runs as many at once as are allowed, the next when one has ended', async () => {
    const jobs = await add(4);
    assert.equal(states(jobs), 'running running waiting waiting');
    jobs[1]!.succeed();
    await settled();
    assert.equal(states(jobs), 'running done running waiting');
  });

  it('gives the place of a request that fails, or throws before it starts, to the next', async () => {
    const jobs = await add(3);
    jobs[0]!.fail();
    await settled();
    assert.equal(states(jobs), 'failed running running');
    const signal = new AbortController().signal;
    const thrown = queue.run(() => {
      throw new Error('at once');
    }, signal);
    const [last] = await add(1);
    jobs[1]!.succeed();
    await assert.rejects(thrown, /at once/);
    await settled();
    assert.equal(last!.state, 'running');
  });

  it('lets those that a person waits for pass, otherwise the first come first', async () => {
    const [first, second] = await add(2);
    const [walk, laterWalk] = await add(2, 'background');
    const [asked, laterAsked] = await add(2);
    first!.succeed();
    second!.succeed();
    await settled();
    assert.equal(states([asked!, laterAsked!, walk!, laterWalk!]), 'running running waiting waiting');
    asked!.succeed();
    await settled();
    assert.equal(states([walk!, laterWalk!]), 'running waiting');
  });

  it('lets a waiting request that is aborted leave at once, and never starts it', async () => {
    const [first, second, third] = await add(3);
    third!.abort();
    await settled();
    assert.equal(third!.state, 'left');
    first!.succeed();
    second!.succeed();
    await settled();
    assert.equal(third!.state, 'left');
    const aborted = AbortSignal.abort(new Error('before'));
    await assert.rejects(
      queue.run(() => assert.fail('It was started.'), aborted),
      /before/,
    );
  });

  it('aborts what runs and refuses what waits or comes, once it is disposed', async () => {
    const { signal } = new AbortController();
    const signals: AbortSignal[] = [];
    const runs = Array.from({ length: 3 }, () =>
      queue.run((running) => {
        signals.push(running);
        return new Promise((_, reject) => {
          running.addEventListener('abort', () => reject(running.reason as Error));
        });
      }, signal),
    );
    await settled();
    queue.dispose();
    for (const run of [...runs, queue.run(() => assert.fail('It was started.'), signal)]) {
      await assert.rejects(run, { name: 'DashlyError', kind: 'cancelled' });
    }
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
  });

  it('gives a request a signal that is aborted with its own, whenever that is', async () => {
    for (const late of [false, true]) {
      const asked = new AbortController();
      const given = new Promise<AbortSignal>((resolve) => {
        void queue.run(async (running) => {
          resolve(running);
          await settled();
        }, asked.signal);
      });
      if (!late) asked.abort();
      const running = await given;
      asked.abort();
      assert.equal(running.aborted, true);
      await settled();
    }
  });

  it('falls to one at a time and pauses after a 429, and recovers one by one', async () => {
    queue.limit = 4;
    const jobs = await add(20);
    queue.slowDown(3000);
    jobs.slice(0, 4).forEach((job) => job.succeed());
    await settled();
    assert.equal(jobs.filter(({ state }) => state === 'running').length, 0);
    await advance(2999);
    assert.equal(jobs[4]!.state, 'waiting');
    await advance(1);
    assert.equal(states(jobs.slice(4, 6)), 'running waiting');
    const running: number[] = [];
    for (const job of jobs.slice(4)) {
      running.push(jobs.filter(({ state }) => state === 'running').length);
      job.succeed();
      await settled();
    }
    // Five successes for each place more; those that were sent before the 429 say nothing. The last three are the rest.
    assert.deepEqual(running, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 2, 1]);
    assert.equal(queue.currentLimit, 4);
  });

  it('keeps the longer of two pauses, but none longer than a minute', async () => {
    queue.slowDown(50_000);
    queue.slowDown(10);
    const [job] = await add(1);
    await advance(49_999);
    assert.equal(job!.state, 'waiting');
    queue.slowDown(3_600_000);
    await advance(1);
    assert.equal(job!.state, 'waiting');
    await advance(59_999);
    assert.equal(job!.state, 'running');
  });

  it('takes another limit at once, and leaves alone what runs', async () => {
    const jobs = await add(5);
    queue.limit = 4;
    await settled();
    assert.equal(states(jobs), 'running running running running waiting');
    queue.limit = 1;
    jobs[0]!.succeed();
    await settled();
    assert.equal(states(jobs), 'done running running running waiting');
    jobs.slice(1, 4).forEach((job) => job.succeed());
    await settled();
    assert.equal(jobs[4]!.state, 'running');
  });

  it('does not take a raised limit for a recovery', () => {
    queue.slowDown(0);
    queue.limit = 8;
    assert.deepEqual([queue.limit, queue.currentLimit], [8, 1]);
    assert.throws(() => (queue.limit = 0), RangeError);
  });

  it('whatever happens: starts no more than allowed, none in a pause, all that it can, in the right order', async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constantFrom('add' as const),
          priority: fc.constantFrom<RequestPriority>('interactive', 'background'),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constantFrom('succeed' as const, 'fail' as const, 'abort' as const),
          which: fc.nat(),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constantFrom('slowDown' as const, 'advance' as const), time: fc.nat(5000) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constantFrom('limit' as const), limit: fc.integer({ min: 1, max: 6 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        stopTime();
        queue = new RequestQueue(3);
        const jobs: Job[] = [];
        let pausedUntil = 0;
        const inState = (state: Job['state']): Job[] => jobs.filter((job) => job.state === state);
        const started = (job: Job): void => {
          assert.ok(Date.now() >= pausedUntil, 'started in a pause');
          assert.ok(inState('running').length <= queue.currentLimit, 'more than allowed');
          const before = jobs.slice(0, jobs.indexOf(job)).filter(({ state }) => state === 'waiting');
          assert.ok(!before.some(({ priority }) => priority === job.priority), 'not the first of its priority');
          if (job.priority === 'background') {
            assert.ok(!inState('waiting').some(({ priority }) => priority === 'interactive'), 'a person had to wait');
          }
        };
        const wrong: unknown[] = [];
        const act = async (one: (typeof steps)[number]): Promise<void> => {
          if (one.do === 'add') {
            jobs.push(
              new Job(queue, one.priority, (job) => {
                try {
                  started(job);
                } catch (error) {
                  wrong.push(error);
                }
              }),
            );
          } else if ('which' in one) {
            const among = inState(one.do === 'abort' ? 'waiting' : 'running');
            if (among.length > 0) among[one.which % among.length]![one.do]();
          } else if (one.do === 'limit') {
            queue.limit = one.limit;
          } else if (one.do === 'slowDown') {
            queue.slowDown(one.time);
            pausedUntil = Math.max(pausedUntil, Date.now() + one.time);
          } else {
            await advance(one.time);
          }
          await settled();
        };
        for (const one of steps) {
          await act(one);
          assert.deepEqual(wrong, []);
          assert.ok(queue.currentLimit >= 1 && queue.currentLimit <= queue.limit);
          if (Date.now() >= pausedUntil && inState('waiting').length > 0) {
            assert.ok(inState('running').length >= queue.currentLimit, 'a place is free and somebody waits');
          }
        }
        await advance(5000);
        while (inState('running').length > 0) {
          inState('running').forEach((job) => job.succeed());
          await settled();
        }
        assert.deepEqual(wrong, []);
        assert.deepEqual(inState('waiting'), [], 'somebody waits for ever');
      }),
      { numRuns: 200 },
    );
  });
});
