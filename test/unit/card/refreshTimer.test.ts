import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DashlyError } from '../../../src/dashly/errors';
import { LeadRequests } from '../../../src/card/leadRequests';
import { RefreshTimer } from '../../../src/card/repeatedRequest';
import { CardSource } from './cardSource';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('The refresh of a card', () => {
  let source: CardSource;
  let requests: LeadRequests;
  let timer: RefreshTimer;
  let visible: boolean;
  let interval: number;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    source = new CardSource();
    requests = new LeadRequests('1', () => source);
    visible = true;
    interval = 30;
    timer = new RefreshTimer(() => interval, true);
    requests.onDidChange(() => timer.follow(requests.details, visible));
  });
  afterEach(() => {
    timer.dispose();
    requests.dispose();
    mock.timers.reset();
  });

  /** Lets the latest request be answered. */
  async function answer(): Promise<void> {
    source.details.at(-1)?.answer(1);
    await settled();
  }

  async function fail(error = new Error('No.')): Promise<void> {
    source.details.at(-1)?.fail(error);
    await settled();
  }

  async function open(): Promise<void> {
    void requests.details.read();
    await answer();
  }

  function show(shown: boolean): void {
    visible = shown;
    timer.follow(requests.details, visible);
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

  it('waits twice as long after each failure, at most 16 intervals, and returns to the interval after a success', async () => {
    await open();
    mock.timers.tick(30_000);
    for (const [round, intervals] of [2, 4, 8, 16, 16].entries()) {
      await fail();
      assert.equal(requests.details.state.failures, round + 1);
      mock.timers.tick(intervals * 30_000 - 1);
      assert.equal(source.details.length, round + 2);
      mock.timers.tick(1);
      assert.equal(source.details.length, round + 3);
      assert.equal(requests.details.state.state, 'failed', 'nobody has asked for this attempt');
    }
    await answer();
    mock.timers.tick(30_000);
    assert.equal(source.details.length, 8);
  });

  it('comes also where the first attempt failed, rests while the card is hidden, and is made up for', async () => {
    void requests.details.read();
    await fail();
    show(false);
    mock.timers.tick(1_000_000);
    assert.equal(source.details.length, 1);
    show(true);
    mock.timers.tick(0);
    assert.equal(source.details.length, 2);
  });

  it('waits as long as the service asks for', async () => {
    void requests.details.read();
    await fail(new DashlyError('tooManyRequests', { retryAfter: 200_000 }));
    mock.timers.tick(199_999);
    assert.equal(source.details.length, 1);
    mock.timers.tick(1);
    assert.equal(source.details.length, 2);
  });

  it('of what is read once only comes while that has failed', async () => {
    timer.dispose();
    timer = new RefreshTimer(() => interval, false);
    requests.onDidChange(() => timer.follow(requests.conversations, visible));
    source.conversationsError = new Error('Not allowed.');
    await requests.conversations.read();
    source.conversationsError = undefined;
    mock.timers.tick(60_000);
    await settled();
    assert.equal(source.conversationsAsked, 2);
    mock.timers.tick(1_000_000);
    assert.equal(source.conversationsAsked, 2);
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
