import assert from 'node:assert/strict';
import { ExactNumber, type JsonObject } from '../../../src/dashly/json';
import type { AllConversations } from '../../../src/leads/allConversations';
import { DashlyError } from '../../../src/dashly/errors';
import { card, details, failed, read } from './testCard';

const sections = (more: JsonObject, conversations: readonly JsonObject[] = [], { masked = false, and = false } = {}) =>
  card(
    {
      details: read(details(more)),
      conversations: read<AllConversations>({ conversations, more: and, skipped: [], isWithoutMobile: false }),
    },
    masked,
  ).content;

const section = (id: string, ...given: Parameters<typeof sections>) => {
  const content = sections(...given);
  return [...content.sections, content.conversations].find((each) => each.id === id);
};

const line = (id: string, ...given: Parameters<typeof sections>) => {
  const [item] = section(id, ...given)?.items ?? [];
  assert.ok(item);
  return { title: item.title, time: item.time?.time, mark: item.mark, text: item.text, body: item.body };
};

describe('The sections of a card', () => {
  it('say in one line which of them are empty', () => {
    const nothing = { segments: [], tags: [], notes: [] };
    assert.deepEqual(sections(nothing), {
      ...sections(nothing),
      sections: [],
      none: 'No tags, segments or notes.',
    });
    assert.equal(sections({ notes: [] }, [{ id: '1' }]).none, 'No notes.');
    assert.equal(sections({}, [{ id: '1' }]).none, undefined);
  });

  it('show tags as words', () => {
    const tags = section('tags', { tags: ['vip', { name: 'late', removed: 5 }, { id: '2', colour: 'red' }] });
    assert.deepEqual(
      tags?.items.map(({ title, mark }) => [title, mark]),
      [
        ['vip', undefined],
        ['late', 'removed'],
        ['', undefined],
      ],
    );
    assert.ok(tags.chips);
  });

  for (const [filters, words] of [
    ['[{"cls":"prop","type":"gt","property_name":"$orders_count","value":{"value":"3"}}]', /^Orders is more than 3$/],
    [
      '{"type":"or","filters":[{"type":"known","property_name":"$email","value":{}},{"type":"known","property_name":"$phone","value":{}}]}',
      /^E-mail is .* or Phone is /,
    ],
    ['[]', /^All leads$/],
  ] as const) {
    it(`show the filter of a segment as a sentence: ${filters}`, () => {
      assert.match(line('segments', { segments: [{ name: 'Buyers', filters }] }).text ?? '', words);
    });
  }

  for (const filters of [
    '{',
    '{"type":"xor","filters":[]}',
    '[{"type":"new_kind","property_name":"a"}]',
    '"text"',
    '',
  ]) {
    it(`show a segment whose filter cannot be read by its name, and the filter among its fields: ${filters}`, () => {
      const [item] = section('segments', { segments: [{ name: 'Buyers', filters }] })?.items ?? [];
      assert.deepEqual([item?.title, item?.text], ['Buyers', undefined]);
      assert.ok(item?.facts.some(({ title }) => title === 'Filters'));
    });
  }

  it('keep each segment under a key by which its leads are shown', () => {
    const stored = [
      { id: '1', name: 'Buyers', filters: '[]' },
      { id: '2', name: 'Tagged', filters: '[{"type":"new_kind"}]' },
    ];
    const shown = card({ details: read(details({ segments: ['text', ...stored] })) });
    const items = shown.content.sections.find(({ id }) => id === 'segments')?.items ?? [];
    assert.deepEqual(
      items.map(({ segment }) => segment !== undefined && shown.segments.get(segment)),
      [false, ...stored],
    );
  });

  it('show no contact that a segment compares with, while contacts are masked', () => {
    const filters = '[{"type":"str_eq","property_name":"$email","value":{"value":"ada@example.com"}}]';
    const shown = section('segments', { segments: [{ name: 'Ada Lovelace', filters }] }, [], { masked: true });
    assert.doesNotMatch(JSON.stringify(shown), /ada@example|Lovelace/);
  });

  it('show a note with its author, its time and its text', () => {
    const note = { author: { name: 'Maks' }, created: 50, body: '<p>Call <b>now</b></p><p>or later</p>' };
    assert.deepEqual(line('notes', { notes: [note] }), {
      title: 'Maks',
      time: 50_000,
      mark: undefined,
      text: undefined,
      body: 'Call now\n\nor later',
    });
    assert.equal(line('notes', { notes: [{ body: 'x' }] }).title, 'Note');
  });

  it('show conversations in a line each, the latest first', () => {
    const conversations: JsonObject[] = [
      { id: '1', last_update: 50 },
      { id: '2', created: 20, part_last: { created: 70 } },
      { id: '3' },
      // Times are also written as text and with digits behind the point (API.md, section 3).
      { id: '4', last_update: '60.5' },
      { id: '5', last_update: new ExactNumber('40.0') },
    ];
    const shown = section('conversations', {}, conversations, { and: true });
    assert.equal(shown?.count, '5 or more');
    assert.deepEqual(
      shown.items.map(({ time }) => time?.time),
      [70_000, 60_500, 50_000, 40_000, undefined],
    );
  });

  it('say who wrote last, when, whether the conversation is open, and the last words', () => {
    const conversation = (part: JsonObject, more: JsonObject = {}) =>
      line('conversations', {}, [{ id: '1', closed: false, part_last: { created: 70, ...part }, ...more }]);
    assert.deepEqual(conversation({ type: 'reply_user', from: 'web', body: '<p>Hello,<br>is there an API?</p>' }), {
      title: 'Lead',
      time: 70_000,
      mark: 'Open',
      text: 'Hello, is there an API?',
      body: undefined,
    });
    const titles = (parts: readonly JsonObject[]) => parts.map((part) => conversation(part).title);
    assert.deepEqual(
      titles([
        { type: 'reply_admin', from: { id: '9', name: 'Olga', type: 'admin' } },
        { type: 'reply_admin', from: 7 },
        { type: 'reply_user', from: { name: 'not needed' } },
        { type: 'auto_reply' },
        { type: 'channel_changed' },
        {},
      ]),
      ['Olga', 'Operator', 'Lead', 'Automatic reply', 'channel changed', 'Conversation'],
    );
    assert.equal(conversation({ type: 'reply_admin' }, { assignee: { name: 'Maks' } }).title, 'Maks');
    assert.equal(conversation({}, { closed: true }).mark, 'Closed');
    const isClosed = (closed: boolean | null) =>
      section('conversations', {}, [{ id: '1', closed }])?.items[0]?.isClosed;
    assert.deepEqual([true, false, null].map(isClosed), [true, false, false]);
    assert.equal(conversation({}, { closed: null }).mark, undefined);
    assert.equal(conversation({ body: '', attachments: [{ filename: 'offer.pdf' }] }).text, 'offer.pdf');
  });

  it('say of conversations what of them could not be read, and mark what was not read by anybody', () => {
    const conversations: JsonObject[] = [{ id: '1', read: false }, { id: '2', read: true }, { id: '3' }];
    const [first, second, third] = section('conversations', {}, conversations)?.items ?? [];
    assert.deepEqual(
      [first, second, third].map((item) => [item?.conversation, item?.isUnread]),
      [
        ['1', true],
        ['2', false],
        ['3', false],
      ],
    );
    assert.equal(section('conversations', {})?.note, 'No conversations.');
    const note = (given: Parameters<typeof card>[0]) => card(given).content.conversations.note;
    const all = { conversations: [{ id: '1' }], more: false, skipped: [], isWithoutMobile: true };
    assert.equal(note({ conversations: read(all) }), 'Those of the mobile app could not be read.');
    const refused = card({ details: read(details()), conversations: failed(new DashlyError('forbidden')) }).content;
    assert.match(refused.conversations.note ?? '', /^The token does not give the right to read conversations\./);
    assert.equal(refused.failure, undefined, 'said once, in its place');
  });

  it('say of an e-mail address what keeps a person from writing there', () => {
    const remark = (status: unknown) =>
      sections({ email_status: { status, updated: '2020-01-01T00:00:00+00:00' } as JsonObject }).contacts.find(
        ({ title }) => title === 'E-mail',
      )?.remark;
    const since = { kind: 'date', time: Date.UTC(2020, 0, 1), dateOnly: false };
    assert.deepEqual(remark('bounced'), { words: 'bounced', isWarning: true, since });
    assert.deepEqual(remark('unsubscribed'), { words: 'unsubscribed', isWarning: true, since });
    assert.deepEqual(remark('confirmed'), { words: 'confirmed', isWarning: false, since });
    assert.deepEqual(remark('constructor'), { words: 'constructor', isWarning: false, since });
    assert.equal(remark(7), undefined);
  });
});
