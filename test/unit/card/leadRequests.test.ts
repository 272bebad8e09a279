import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { LeadRequests } from '../../../src/card/leadRequests';
import { CardSource } from './cardSource';

describe('What a card reads of its lead', () => {
  let source: CardSource;
  let requests: LeadRequests;
  let changes: number;
  beforeEach(() => {
    source = new CardSource();
    changes = 0;
    mock.timers.enable({ apis: ['Date'], now: 1234 });
    requests = new LeadRequests('1', () => source);
    requests.onDidChange(() => changes++);
  });
  afterEach(() => mock.timers.reset());

  const historyState = (): string | undefined => requests.history?.state;
  const occurrences = (): string[] | undefined => requests.history?.value?.items.map(({ id }) => id);
  const event = (id: string) => ({ id, typeId: '18', name: 'Paid', created: 5, props: {}, record: {} });

  it('is there with the time it came, and each part by itself', async () => {
    source.conversationsError = new Error('Not allowed.');
    const all = requests.readAll();
    assert.equal(requests.details.isUnderWay, true);
    source.details[0]!.answer(4);
    await all;
    assert.equal(requests.details.isUnderWay, false);
    assert.deepEqual(
      [requests.details.state.state, requests.details.state.at, requests.details.state.value?.lead.props.$sessions],
      ['read', 1234, 4],
    );
    assert.deepEqual(
      [requests.conversations.state.state, requests.conversations.state.error],
      ['failed', source.conversationsError],
    );
  });

  it('outlives a later failure, and a retry says that it is under way', async () => {
    const first = requests.details.read();
    source.details[0]!.answer(4);
    await first;
    const second = requests.details.read();
    assert.equal(requests.details.state.state, 'read', 'a refresh is silent');
    source.details[1]!.fail(new Error('No.'));
    await second;
    assert.deepEqual(
      [requests.details.state.state, requests.details.state.at, requests.details.state.value?.lead.props.$sessions],
      ['failed', 1234, 4],
    );
    void requests.details.read();
    assert.equal(requests.details.state.state, 'reading');
    assert.equal(requests.details.state.value?.lead.props.$sessions, 4);
  });

  it('asks once when it is asked for twice', () => {
    void requests.details.read();
    void requests.details.read();
    assert.equal(source.details.length, 1);
  });

  it('drops an answer that comes after another lead was shown, and stops the request', async () => {
    const late = requests.details.read();
    const before = changes;
    requests.dispose();
    assert.equal(source.details[0]!.signal.aborted, true);
    source.details[0]!.answer(4);
    await late;
    assert.deepEqual([requests.details.state.state, requests.details.state.value], ['reading', undefined]);
    assert.equal(changes, before);
  });

  it('drops a failure that comes after another lead was shown', async () => {
    const late = requests.details.read();
    requests.dispose();
    source.details[0]!.fail(new Error('No.'));
    await late;
    assert.equal(requests.details.state.state, 'reading');
  });

  it('is a failure like any other when no app is connected any more', async () => {
    const gone = new LeadRequests('1', () => {
      throw new Error('No app is connected.');
    });
    await gone.readAll();
    assert.equal(gone.details.state.state, 'failed');
  });

  it('pages through the events, each once, to their end', async () => {
    source.pages.set(undefined, { items: [event('9'), event('8')], next: [8] } as never);
    await requests.readHistory();
    const { next } = requests.history!.value!;
    source.pages.set(next, new Error('No.'));
    await requests.readHistory();
    assert.equal(historyState(), 'failed');
    assert.deepEqual(occurrences(), ['9', '8'], 'what was read stays');
    source.pages.set(next, { items: [event('8'), event('7')], next: null } as never);
    await requests.readHistory();
    assert.deepEqual(occurrences(), ['9', '8', '7']);
    source.pages.clear();
    await requests.readHistory();
    assert.equal(historyState(), 'read', 'there is nothing older to ask for');
  });

  it('ends the events where a service repeats its cursor', async () => {
    source.getLeadEvents = () => Promise.resolve({ items: [event('9')], next: 8, skipped: [] } as never);
    await requests.readHistory();
    await requests.readHistory();
    assert.deepEqual([occurrences(), requests.history?.value?.next], [['9'], null]);
  });
});
