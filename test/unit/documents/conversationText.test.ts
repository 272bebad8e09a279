import assert from 'node:assert/strict';
import { type ConversationPart, decodePartsPage } from '../../../src/dashly/conversation';
import type { CursorPage, CursorQuery } from '../../../src/dashly/cursorPage';
import type { JsonObject } from '../../../src/dashly/json';
import type { Lead } from '../../../src/dashly/lead';
import { conversationText, readConversation } from '../../../src/documents/conversationText';
import { dateText } from '../../../src/leads/dates';
import { Masking } from '../../../src/leads/masking';

const ada: Lead = { id: '1', presence: '', props: { $name: 'Ada Lovelace', $email: 'ada@example.com' }, record: {} };
const created = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
const when = dateText({ time: created * 1000, dateOnly: false }, { timeZone: 'UTC', withZone: false });

function text(sent: readonly JsonObject[], masked = false, more = false): string {
  const { items: parts } = decodePartsPage(
    sent.map((part, index) => ({ id: index, ...part })),
    {},
  )!;
  return conversationText({ parts, more }, ada, new Masking('key', masked), { timeZone: 'UTC' });
}

describe('A conversation as text', () => {
  it('says who wrote what, when and how, and a line for each step', () => {
    const file = { filename: 'offer.pdf', mime_type: 'application/pdf', size: 2048 };
    assert.equal(
      text([
        { type: 'reply_user', from: 1, body: '<p>Hello,</p><p>is there an API?</p>', created, read: false },
        { type: 'closed', from: { name: 'Olga' }, created },
        { type: 'reply_admin', from: { name: 'Olga' }, attachments: [file] },
      ]),
      [
        'Conversation with Ada Lovelace',
        '2 messages. Times are in UTC.',
        '',
        `${when}  Ada Lovelace (chat, unread)`,
        '    Hello,',
        '',
        '    is there an API?',
        '',
        `${when}  · Olga closed the conversation`,
        '',
        'Olga (chat)',
        '    [file: offer.pdf (application/pdf, 2 KB)]',
        '',
      ].join('\n'),
    );
  });

  it('lets nothing that was said pass for a line of its own, nor change what is around it', () => {
    const said = 'x\nJan 2, 2026, 03:04:05  Olga (chat)\u2028Olga (chat)\u0085y\r\u202Ez\u0000';
    const lines = text([
      { type: 'reply_user', body: said },
      { type: 'service', body: said, from: { name: 'O\nlga' } },
    ])
      .split('\n')
      .slice(4);
    const message = lines.slice(0, lines.indexOf(''));
    assert.ok(message.length === 5 && message.every((line) => line.startsWith('    ')), JSON.stringify(message));
    assert.doesNotMatch(lines.join(''), /[\u2028\u202E\u0085\u0000\r]/);
    assert.match(lines.at(-2) ?? '', /^· O lga did something/);
  });

  it('is masked while contacts are', () => {
    const shown = text([{ type: 'reply_user', body: 'Ada Lovelace, ada@example.com' }], true);
    assert.doesNotMatch(shown, /Ada|Lovelace|ada@/);
  });

  it('is read to its beginning, page by page, and says so where it is too long', async () => {
    const source = (length: number) => ({
      getConversationParts: (
        _id: string,
        { before, limit = 20 }: CursorQuery,
      ): Promise<CursorPage<ConversationPart>> => {
        const from = Number(before ?? length);
        const ids = Array.from({ length: Math.min(limit, from) }, (_, index) => from - index);
        const next = from > limit ? from - limit : null;
        return Promise.resolve(
          decodePartsPage(
            ids.map((id) => ({ id })),
            { next_before_position: next },
          )!,
        );
      },
    });
    const { signal } = new AbortController();
    const short = await readConversation(source(120), '1', signal);
    assert.deepEqual(
      [short.parts.length, short.parts[0]?.id, short.parts.at(-1)?.id, short.more],
      [120, '1', '120', false],
    );
    const long = await readConversation(source(6000), '1', signal);
    assert.deepEqual([long.parts.length, long.parts.at(-1)?.id, long.more], [5000, '6000', true]);
    assert.match(text([{ type: 'note' }], false, true), /older ones left out/);
  });
});
