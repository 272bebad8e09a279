import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { LeadReading } from '../../../src/card/leadReading';
import { RefreshTimer } from '../../../src/card/leadReading';
import { CardSource } from './cardSource';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('The refresh of a card', () => {
  let source: CardSource;
  let reading: LeadReading;
  let timer: RefreshTimer;
  let visible: boolean;
  let interval: number;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    source = new CardSource();
    reading = new LeadReading('1', () => source);
    visible = true;
    interval = 30;
    timer = new RefreshTimer(
      () => void reading.readDetails(),
      () => interval,
    );
    reading.onDidChange(() => timer.follow(reading, visible));
  });
  afterEach(() => {
    timer.dispose();
    reading.dispose();
    mock.timers.reset();
  });

  /** Lets the latest request be answered. */
  async function answer(): Promise<void> {
    source.details.at(-1)?.answer(1);
    await settled();
  }

  async function open(): Promise<void> {
    void reading.readDetails();
    await answer();
  }

  function show(shown: boolean): void {
    visible = shown;
    timer.follow(reading, visible);
  }

  it('reads again so many seconds after each answer', async () => {
    await open();
    for (let round = 1; round <= 3; round++) {
      mock.timers.tick(29_999);
      assert.equal(source.details.length, round);
      mock.timers.tick(1);
      assert.equal(source.details.length, round + 1);
      mock.timers.tick(100_000);
      assert.equal(source.details.length, round + 1, 'one request at a time');
      await answer();
    }
  });

  it('pauses while the card is hidden, and makes up for it when it comes back', async () => {
    await open();
    show(false);
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 1);
    show(true);
    mock.timers.tick(0);
    assert.equal(source.details.length, 2);
  });

  it('does not hurry when the card comes back before its time', async () => {
    await open();
    mock.timers.tick(10_000);
    show(false);
    show(true);
    mock.timers.tick(19_999);
    assert.equal(source.details.length, 1);
    mock.timers.tick(1);
    assert.equal(source.details.length, 2);
  });

  it('is not started by an answer that comes while the card is hidden', async () => {
    await open();
    mock.timers.tick(30_000);
    show(false);
    await answer();
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 2);
  });

  it('stops after a failure, and goes on after somebody has tried again', async () => {
    await open();
    mock.timers.tick(30_000);
    source.details.at(-1)?.fail(new Error('No.'));
    await settled();
    assert.equal(reading.details.state, 'failed');
    mock.timers.tick(1_000_000);
    show(false);
    show(true);
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 2);
    await open();
    mock.timers.tick(30_000);
    assert.equal(source.details.length, 4);
  });

  it('never comes when the interval is 0, and follows a change of it at once', async () => {
    interval = 0;
    await open();
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 1);
    interval = 30;
    timer.restart();
    mock.timers.tick(0);
    assert.equal(source.details.length, 2);
    await answer();
    interval = 0;
    timer.restart();
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 2);
  });

  it('does not come after the card was closed', async () => {
    await open();
    timer.dispose();
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 1);
  });
});
