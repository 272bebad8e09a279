import assert from 'node:assert/strict';
import { ConversationReading } from '../../../src/card/conversationReading';
import { DashlyError } from '../../../src/dashly/errors';
import { decodePartsPage } from '../../../src/dashly/conversation';
import type { JsonObject } from '../../../src/dashly/json';
import { LeadRequests } from '../../../src/card/leadRequests';
import { CardSource } from './cardSource';
import { card, read } from './testCard';

const page = (ids: readonly number[], next: unknown) =>
  decodePartsPage(
    ids.map((id): JsonObject => ({ id, type: 'reply_user', body: `Message ${id}`, created: id })),
    { next_before_position: next } as JsonObject,
  )!;

describe('An open conversation', () => {
  let source: CardSource;
  let talk: ConversationReading;
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const shown = () => card({ conversations: read({ ...one, isWithoutMobile: false }), conversation: talk }).transcript!;
  const one = { conversations: [{ id: '1', type: 'popup_chat' }], more: false, skipped: [] };
  const open = async (): Promise<void> => {
    talk = new ConversationReading(
      '1',
      () => source,
      () => undefined,
    );
    await settled();
  };
  beforeEach(() => (source = new CardSource()));

  it('has its newest messages, oldest first, and those before them page by page, each once', async () => {
    source.parts.set(undefined, page([9, 8, 7], [7]));
    source.parts.set('7', page([7, 6, 5], [5]));
    source.getConversationParts = async (_id, { before }) => {
      const found = source.parts.get(Array.isArray(before) ? String(before[0]) : before);
      if (!found || found instanceof Error) throw found ?? new Error('There is no such page.');
      return Promise.resolve(found);
    };
    await open();
    assert.deepEqual(
      [shown().parts.map(({ text }) => text), shown().more],
      [['Message 7', 'Message 8', 'Message 9'], true],
    );
    source.parts.set('5', page([4], null));
    await talk.readOlder();
    await talk.readOlder();
    await talk.readOlder();
    assert.deepEqual([shown().parts.map(({ id }) => id), shown().more], [['4', '5', '6', '7', '8', '9'], false]);
  });

  it('ends where a service repeats its cursor', async () => {
    source.getConversationParts = () => Promise.resolve(page([9, 8], [8]));
    await open();
    await talk.readOlder();
    assert.deepEqual([shown().parts.length, shown().more], [2, false]);
  });

  it('keeps what was read when older messages cannot be, and says why', async () => {
    source.parts.set(undefined, page([9], [9]));
    await open();
    await talk.readOlder();
    assert.deepEqual(
      [shown().state, shown().parts.length, shown().message, shown().again],
      ['failed', 1, 'There is no such page.', true],
    );
  });

  it('says once what a token has no right to, and asks no more', async () => {
    source.parts.set(undefined, new DashlyError('forbidden'));
    await open();
    assert.match(shown().message ?? '', /no longer|does not give the right to read conversations/);
    assert.equal(shown().again, false);
  });

  it('says nothing any more once it is closed', async () => {
    let changes = 0;
    source.parts.set(undefined, page([9], null));
    talk = new ConversationReading(
      '1',
      () => source,
      () => changes++,
    );
    talk.dispose();
    await settled();
    assert.equal(changes, 1);
  });
});

describe('The conversations of a lead', () => {
  it('are those of the site and of the mobile app, each once; the latter cost only themselves', async () => {
    const source = new CardSource();
    const requests = new LeadRequests('3568', () => source);
    await requests.conversations.read();
    const ids = () => requests.conversations.state.value?.conversations.map(({ id }) => id);
    assert.deepEqual([ids(), requests.conversations.state.value?.isWithoutMobile], [['1', '2'], false]);
    source.mobileError = new DashlyError('validation');
    await requests.conversations.read();
    assert.deepEqual([ids(), requests.conversations.state.value?.isWithoutMobile], [['1'], true]);
  });
});
