import assert from 'node:assert/strict';
import { mock } from 'node:test';
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
  let interval: number;
  let arrivals: number;
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const shown = () => card({ conversations: read({ ...one, isWithoutMobile: false }), conversation: talk }).transcript!;
  const one = { conversations: [{ id: '1', type: 'popup_chat' }], more: false, skipped: [] };
  const open = async (): Promise<void> => {
    talk = new ConversationReading('1', {
      source: () => source,
      interval: () => interval,
      changed: () => undefined,
      arrived: () => arrivals++,
    });
    await settled();
  };
  beforeEach(() => {
    source = new CardSource();
    interval = arrivals = 0;
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  });
  afterEach(() => {
    talk.dispose();
    mock.timers.reset();
  });

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

  describe('that is in sight', () => {
    let asked: number;
    /** Of the service, the newest first. */
    let said: number[];
    const pass = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        mock.timers.tick(1000);
        for (let turn = 0; turn < 5; turn++) await settled();
      }
    };
    const ids = (): number[] => shown().parts.map(({ id }) => Number(id));
    beforeEach(async () => {
      asked = 0;
      said = [3, 2, 1];
      interval = 10;
      source.getConversationParts = (_id, { before }) => {
        asked++;
        const from = Array.isArray(before) ? said.indexOf(Number(before[0])) : 0;
        const items = said.slice(from, from + 50);
        return Promise.resolve(page(items, from + 50 < said.length ? [said[from + 50]] : null));
      };
      await open();
    });

    it('has what comes in at its end, marked as new, each once, however much it is', async () => {
      await pass(9);
      assert.deepEqual([asked, arrivals], [1, 0]);
      said = Array.from({ length: 130 }, (_, index) => 130 - index);
      await pass(1);
      assert.deepEqual(ids(), [...said].reverse());
      assert.deepEqual([asked, arrivals], [4, 1]);
      assert.deepEqual(
        shown().parts.flatMap(({ id, arrived }) => (arrived ? [] : [id])),
        ['1', '2', '3'],
      );
      await pass(20);
      assert.deepEqual([ids().length, arrivals], [130, 1]);
    });

    it('rests while it is out of sight, and has then what it missed', async () => {
      interval = 0;
      talk.restart();
      said = [4, ...said];
      await pass(60);
      assert.deepEqual([asked, ids()], [1, [1, 2, 3]]);
      interval = 10;
      talk.restart();
      await pass(1);
      assert.deepEqual(ids(), [1, 2, 3, 4]);
    });

    it('asks as often as at the start once somebody has read again what failed', async () => {
      const answer = source.getConversationParts.bind(source);
      source.getConversationParts = () => Promise.reject(new DashlyError('serverError'));
      await pass(10 + 20 + 40 + 80);
      source.getConversationParts = answer;
      await talk.readOlder();
      said = [4, ...said];
      await pass(10);
      assert.deepEqual(ids(), [1, 2, 3, 4]);
    });

    it('asks less often the more often it fails, keeps what there is, and goes on', async () => {
      const answer = source.getConversationParts.bind(source);
      source.getConversationParts = () => {
        asked++;
        return Promise.reject(new DashlyError('tooManyRequests'));
      };
      await pass(100);
      // After 10, 20, 40 s.
      assert.deepEqual([asked, shown().state, ids()], [4, 'failed', [1, 2, 3]]);
      source.getConversationParts = answer;
      said = [4, ...said];
      await pass(60);
      assert.deepEqual([shown().state, ids()], ['read', [1, 2, 3, 4]]);
    });

    it('asks no more when the token has lost the right to it', async () => {
      source.getConversationParts = () => {
        asked++;
        return Promise.reject(new DashlyError('forbidden'));
      };
      await pass(60);
      assert.equal(asked, 2);
    });
  });

  it('says nothing any more once it is closed', async () => {
    let changes = 0;
    source.parts.set(undefined, page([9], null));
    talk = new ConversationReading('1', {
      source: () => source,
      interval: () => 1,
      changed: () => changes++,
      arrived: () => assert.fail('Nothing has arrived.'),
    });
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
