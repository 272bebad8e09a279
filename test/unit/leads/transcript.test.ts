import assert from 'node:assert/strict';
import { decodePartsPage } from '../../../src/dashly/conversation';
import { ExactNumber, type JsonObject } from '../../../src/dashly/json';
import { transcriptPart, type TranscriptPart } from '../../../src/leads/transcript';

function part(sent: JsonObject, conversationType?: string): TranscriptPart {
  const [decoded] = decodePartsPage([{ id: '1', ...sent }], {})?.items ?? [];
  assert.ok(decoded);
  return transcriptPart(decoded, { text: (text) => text, leadName: 'Ada', conversationType });
}

/** Who, how, and what, in one line. */
function line(sent: JsonObject, conversationType?: string): string {
  const { kind, who, how, text, marks, files } = part(sent, conversationType);
  const attached = files.map(({ name, type, size }) => `[${name}|${type}|${size}]`);
  return [kind, who, how, text, ...marks, ...attached].filter((each) => each !== '').join(' / ');
}

const olga = { id: '9', name: 'Olga', avatar: null, type: 'admin' };
const bot = { id: '9', name: 'Helper', type: 'bot' };
const sender = { id: '7', name: '', email_name: 'hello@shop', type: 'message_sender' };
const team = { name: 'Team', avatar: null, type: 'default_admin' };

describe('A part of a conversation', () => {
  for (const [sent, said] of [
    [{ type: 'reply_user', from: 3568, body: 'Hi' }, 'message / Ada / chat / Hi'],
    [
      { type: 'reply_user', from: '1448121617782670208', sent_via: 'email_user', body: 'Hi' },
      'message / Ada / e-mail / Hi',
    ],
    [{ type: 'reply_user', from: null, sent_via: 'app_android', body: 'Hi' }, 'message / Ada / Android app / Hi'],
    [{ type: 'reply_user', from: new ExactNumber('1448121617782670208'), body: 'Hi' }, 'message / Ada / chat / Hi'],
    [{ type: 'reply_admin', from: olga, sent_via: 'web_panel', body: '<p>a<br>b</p>' }, 'message / Olga / chat / a\nb'],
    [{ type: 'reply_admin', from: 7, body: 'x' }, 'message / Operator / chat / x'],
    [{ type: 'reply_django_user', from: olga, sent_via: 'email_admin', body: 'x' }, 'message / Olga / e-mail / x'],
    [{ type: 'reply_admin', from: bot, body: 'x' }, 'message / Helper / bot / x'],
    [
      { type: 'reply_admin', from: sender, sent_via: 'message_manual', body: 'x' },
      'message / hello@shop / sent by hand / x',
    ],
    [{ type: 'reply_admin', from: olga, sent_via: 'carrier_pigeon', body: 'x' }, 'message / Olga / carrier pigeon / x'],
    [{ type: 'auto_reply', from: team, sent_via: 'message_auto', body: 'x' }, 'message / Team / automatic / x'],
    [{ type: 'auto_reply', sent_via: 'email_admin', body: 'x' }, 'message / Automatic reply / automatic, e-mail / x'],
    [{ type: 'chat_bot_admin', from: bot, body: 'x' }, 'message / Helper / bot / x'],
    [{ type: 'chat_bot_user', from: 7, body: 'x' }, 'message / Ada / to the bot / x'],
    [{ type: 'article', from: olga, body: '<h1>How</h1>' }, 'message / Olga / article / How'],
    [{ type: 'note', from: olga, body: 'Careful' }, 'note / Olga / internal note / Careful'],
    [{ type: 'tag_added', from: olga, tag: { name: 'VIP' } }, 'step / Olga / added a tag: VIP'],
    [{ type: 'tag_deleted', tag: 'VIP' }, 'step / The service / removed a tag: VIP'],
    [{ type: 'assigned', from: team, assignee: olga }, 'step / Team / assigned the conversation to Olga'],
    [{ type: 'assigned', from: olga, assignee: null }, 'step / Olga / assigned the conversation to nobody'],
    [{ type: 'closed', from: olga }, 'step / Olga / closed the conversation'],
    [{ type: 'service', body: 'a\nb' }, 'step / The service / did something: a b'],
    // What nobody has heard of.
    [{ type: 'video_call', from: olga }, 'step / Olga / video call'],
    [{ type: 'video_call', from: olga, body: 'x' }, 'message / Olga / video call / x'],
    [{ type: 'video_call', from: 7, body: 'x' }, 'message / Ada / video call / x'],
    [{}, 'step / The service / unknown'],
    [{ type: 'constructor', body: 'x' }, 'message / The service / constructor / x'],
    [
      { type: 'reply_user', from: 7, read: false, edited: 5, removed: 6 },
      'message / Ada / chat / Unread / Edited / Removed',
    ],
    [
      { type: 'reply_admin', from: olga, read: false, edited: null, body: 'x' },
      'message / Olga / chat / x / Not read by the lead',
    ],
    [
      {
        type: 'reply_user',
        body: '',
        attachments: [{ filename: 'a.png', mime_type: 'image/png', size: 184_320 }, { type: 'file' }],
      },
      'message / Ada / chat / [a.png|image/png|180 KB] / [A file without a name|file|]',
    ],
    [{ type: 'reply_user', attachment: { filename: 'b', size: 5 } }, 'message / Ada / chat / [b||5 bytes]'],
  ] as const) {
    it(said.replaceAll('\n', ' '), () => assert.equal(line(sent as JsonObject), said));
  }

  it('came the way of its conversation where it does not say', () => {
    const way = (type: string) => part({ type: 'reply_user', body: 'x' }, type).how;
    assert.deepEqual(['email', 'incoming_email', 'sdk_push', 'block_popup_big', 'popup_chat', 'lead_bot'].map(way), [
      ...['e-mail', 'e-mail', 'push message', 'pop-up', 'chat', 'chat'],
    ]);
  });

  it('is plain text, whatever HTML it was', () => {
    const body =
      '<p>Hi</p><script>alert(1)</script><iframe src="https://evil.example">x</iframe><img src=x onerror=alert(1)><svg onload=alert(2)>' +
      '<form action="https://evil.example"><input name=a>[go](command:a)</form>&lt;b&gt;';
    assert.equal(part({ type: 'reply_user', body }).text, 'Hi\n[go](command:a)<b>');
  });

  it('has a moment only where that is one', () => {
    const time = (created: JsonObject['created']) => part({ type: 'note', created: created ?? null }).time;
    assert.deepEqual([1.5, '1684739969.358', null, 'soon', 1e300].map(time), [
      1500,
      1684739969358,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('A page of a conversation', () => {
  it('costs one item where one is bad, and reads both kinds of cursors', () => {
    const page = decodePartsPage([{ id: 7 }, null, 'x', {}], { next_before_position: [5] });
    assert.deepEqual([page?.items.map(({ id }) => id), page?.skipped.length, page?.next], [['7'], 3, [5]]);
    assert.equal(decodePartsPage([], { next_after: 144.5 })?.next, 144.5);
    assert.equal(decodePartsPage([], {})?.next, null);
    assert.equal(decodePartsPage({}, {}), undefined);
  });
});
