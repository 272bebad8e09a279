import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { mostInSight, notCounted, stayTime, ViewCounts } from '../../../src/views/viewCounts';
import { pass, stopTime } from '../mockTime';

describe('The counts beside the views', () => {
  const views = Array.from({ length: 300 }, (_, place) => ({ name: `view ${place}` }));
  let asked: { name: string; signal: AbortSignal }[];
  let takes: number;
  let fails: (name: string) => boolean;
  const count = async ({ name }: { name: string }, signal: AbortSignal): Promise<string> => {
    asked.push({ name, signal });
    await new Promise((resolve) => setTimeout(resolve, takes));
    if (fails(name)) throw new Error('down');
    return `count of ${name}`;
  };
  let counts: ViewCounts;
  beforeEach(() => {
    stopTime();
    asked = [];
    takes = 100;
    fails = () => false;
  });
  afterEach(() => {
    counts.dispose();
    mock.timers.reset();
  });

  it('are asked for only where the list begins, at most 20 of 300', async () => {
    counts = new ViewCounts(views, count);
    let fired = 0;
    counts.onDidChange(() => fired++);
    await pass(1000);
    assert.deepEqual(
      asked.map(({ name }) => name),
      views.slice(0, mostInSight).map(({ name }) => name),
    );
    assert.equal(fired, mostInSight);
    assert.equal(counts.of(views[3]!), 'count of view 3');
    assert.equal(counts.of(views[30]!), undefined);
  });

  it('are those around the view that is shown', () => {
    counts = new ViewCounts(views, count, views[299]);
    assert.deepEqual(
      asked.map(({ name }) => name),
      views.slice(-mostInSight).map(({ name }) => name),
    );
  });

  it('are asked for where the person stays, not for every row passed', async () => {
    counts = new ViewCounts(views, count);
    for (let place = 1; place <= 150; place++) {
      counts.moved(views[place]);
      await pass(stayTime / 10);
    }
    assert.equal(asked.length, mostInSight);
    await pass(stayTime);
    assert.equal(asked.length, 2 * mostInSight);
    counts.moved(views[0]);
    await pass(stayTime);
    assert.equal(asked.length, 2 * mostInSight, 'what is known is not asked for again');
  });

  it('are given up where the person has left before they came, and when the list is closed', async () => {
    takes = 10_000;
    counts = new ViewCounts(views, count);
    counts.moved(views[250]);
    await pass(stayTime);
    assert.deepEqual(
      asked.map(({ signal }) => signal.aborted),
      [...Array<boolean>(mostInSight).fill(true), ...Array<boolean>(mostInSight).fill(false)],
    );
    counts.moved(views[0]);
    await pass(stayTime);
    assert.equal(asked.length, 3 * mostInSight, 'what was given up is asked for again');
    counts.dispose();
    assert.ok(asked.every(({ signal }) => signal.aborted));
  });

  it('say where they cannot be had, and are not asked for again and again', async () => {
    fails = (name) => name === 'view 1';
    counts = new ViewCounts(views.slice(0, 3), count);
    await pass(200);
    assert.deepEqual(
      views.slice(0, 3).map((view) => counts.of(view)),
      ['count of view 0', notCounted, 'count of view 2'],
    );
    counts.moved(views[2]);
    await pass(1000);
    assert.equal(asked.length, 3);
  });
});
