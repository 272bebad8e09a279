import assert from 'node:assert/strict';
import { LeadReading } from '../../../src/card/leadReading';
import { CardSource } from './cardSource';

describe('What a card reads of its lead', () => {
  let source: CardSource;
  let reading: LeadReading;
  let changes: number;
  beforeEach(() => {
    source = new CardSource();
    changes = 0;
    reading = new LeadReading(
      '1',
      () => source,
      () => 1234,
    );
    reading.onDidChange(() => changes++);
  });

  const historyState = (): string | undefined => reading.history?.state;
  const occurrences = (): string[] | undefined => reading.history?.value?.occurrences.map(({ id }) => id);
  const event = (id: string) => ({ id, typeId: '18', name: 'Paid', created: 5, props: {}, record: {} });

  it('is there with the time it came, and each part by itself', async () => {
    source.conversationsError = new Error('Not allowed.');
    const all = reading.readAll();
    assert.equal(reading.isReading, true);
    source.details[0]!.answer(4);
    await all;
    assert.equal(reading.isReading, false);
    assert.deepEqual(
      [reading.details.state, reading.details.at, reading.details.value?.props.$sessions],
      ['read', 1234, 4],
    );
    assert.deepEqual([reading.conversations.state, reading.conversations.error], ['failed', source.conversationsError]);
  });

  it('outlives a later failure, and a retry says that it is under way', async () => {
    const first = reading.readDetails();
    source.details[0]!.answer(4);
    await first;
    const second = reading.readDetails();
    assert.equal(reading.details.state, 'read', 'a refresh is silent');
    source.details[1]!.fail(new Error('No.'));
    await second;
    assert.deepEqual(
      [reading.details.state, reading.details.at, reading.details.value?.props.$sessions],
      ['failed', 1234, 4],
    );
    void reading.readDetails();
    assert.equal(reading.details.state, 'reading');
    assert.equal(reading.details.value?.props.$sessions, 4);
  });

  it('asks once when it is asked for twice', () => {
    void reading.readDetails();
    void reading.readDetails();
    assert.equal(source.details.length, 1);
  });

  it('drops an answer that comes after another lead was shown, and stops the request', async () => {
    const late = reading.readDetails();
    const before = changes;
    reading.dispose();
    assert.equal(source.details[0]!.signal.aborted, true);
    source.details[0]!.answer(4);
    await late;
    assert.deepEqual([reading.details.state, reading.details.value], ['reading', undefined]);
    assert.equal(changes, before);
  });

  it('drops a failure that comes after another lead was shown', async () => {
    const late = reading.readDetails();
    reading.dispose();
    source.details[0]!.fail(new Error('No.'));
    await late;
    assert.equal(reading.details.state, 'reading');
  });

  it('is a failure like any other when no app is connected any more', async () => {
    const gone = new LeadReading('1', () => {
      throw new Error('No app is connected.');
    });
    await gone.readAll();
    assert.equal(gone.details.state, 'failed');
  });

  it('pages through the events, each once, to their end', async () => {
    source.pages.set(undefined, { events: [event('9'), event('8')], next: [8] } as never);
    await reading.readHistory();
    const { next } = reading.history!.value!;
    source.pages.set(next, new Error('No.'));
    await reading.readHistory();
    assert.equal(historyState(), 'failed');
    assert.deepEqual(occurrences(), ['9', '8'], 'what was read stays');
    source.pages.set(next, { events: [event('8'), event('7')], next: null } as never);
    await reading.readHistory();
    assert.deepEqual(occurrences(), ['9', '8', '7']);
    source.pages.clear();
    await reading.readHistory();
    assert.equal(historyState(), 'read', 'there is nothing older to ask for');
  });
});
