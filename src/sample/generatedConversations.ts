import { type Conversation, conversationId, type SaidPart, type WholeConversation, wholePart } from './conversation';
import { lastSeen, randomFor, Stream } from './leadHistory';
import { hour, leadPlaceOf, minute, type SampleLead } from './sampleLead';

const olga = { id: '9002', name: 'Ольга', avatar: null, type: 'admin' } as const;
const maks = { id: '9001', name: 'Maks', avatar: null, type: 'admin' } as const;
const bot = { id: '9100', name: 'Helper', avatar: null, type: 'bot' } as const;
const nobody = { name: 'Support team', avatar: null, type: 'default_admin' } as const;
const newsletter = { id: '77', name: 'Coffee Shop', email_name: 'hello@example.com', type: 'message_sender' } as const;

const attachment = (id: string, filename: string, mime_type: string, size: number) => ({
  ...{ id, filename, mime_type, size, created: 0, url: `https://files.example.com/${filename}` },
  type: mime_type.startsWith('image/') ? 'image' : 'file',
});

/** What people say and do in a conversation, over and over again; without `from` it is the lead who does it. */
const script: readonly SaidPart[] = [
  { body: 'Is there an API?' },
  {
    type: 'auto_reply',
    from: nobody,
    body: 'Thank you for writing! We answer within an hour.',
    sent_via: 'message_auto',
  },
  { type: 'assigned', from: nobody, assignee: { id: '9001', name: 'Maks' } },
  {
    type: 'reply_admin',
    from: maks,
    body: '<p>Hello!<br>There is: <a href="https://developers.example.com/">here</a>.</p>',
  },
  { type: 'note', from: maks, body: 'Asks for the API a second time: is our page about it hard to find?' },
  { body: '', attachments: [attachment('1', 'screenshot.png', 'image/png', 184_320)] },
  { type: 'tag_added', from: maks, tag: { id: '301', name: 'billing' } },
  { type: 'chat_bot_admin', from: bot, body: 'Would you like to talk to a person?', sent_via: '' },
  { type: 'chat_bot_user', body: 'Yes, please', sent_via: '' },
  { type: 'channel_changed', from: nobody },
  { type: 'reply_admin', from: olga, body: 'Спасибо, всё получилось 👍', edited: 1 },
  {
    type: 'article',
    from: olga,
    body: '<h1>How to begin</h1><ul><li>Copy the script</li><li>Track an event</li></ul>',
  },
  { body: 'مرحبا', sent_via: 'app_android' },
  { type: 'tag_deleted', from: olga, tag: { id: '301', name: 'billing' } },
  {
    type: 'reply_admin',
    from: olga,
    sent_via: 'email_admin',
    body: '<div>The invoice is attached.</div><div style="color:gray">Olga &amp; team</div>',
    attachments: [attachment('2', 'Rechnung № 17.pdf', 'application/pdf', 52_100)],
  },
  { body: '=1+1 is what I get in the export', sent_via: 'email_user' },
  { type: 'delayed', from: olga },
  { type: 'service', from: nobody, body: 'The visitor opened the page of prices' },
  { type: 'vote', from: nobody, body: 'How did we do?' },
  { type: 'reply_admin', from: newsletter, body: '<b>−20 %</b> this week', sent_via: 'message_manual' },
  { type: 'closed', from: olga },
];

const types = ['popup_chat', 'popup_chat', 'email', 'incoming_email', 'lead_bot'];

/** So many parts has a long conversation: more than come in one page. */
const longOne = 90;

/** Every lead that nothing else makes a lead has at least one. `now` in milliseconds since 1970. */
export function leadConversations(lead: SampleLead, now: number): WholeConversation[] {
  const random = randomFor(lead, Stream.Conversations);
  const place = leadPlaceOf(lead.id);
  if (place === undefined) return [];
  const known = ['$name', '$email', '$phone', '$user_id'].some((name) => Object.hasOwn(lead.props, name));
  const count = random.chance(0.4) ? random.whole(1, 4) : known ? 0 : 1;
  return Array.from({ length: count }, (_, index) => {
    const last = lastSeen(lead, now) - index * 40 * (hour / 1000) - random.whole(0, 600);
    const long = index === 0 && place % 5 === 0;
    const length = long ? longOne : random.whole(1, 30);
    const created = last - (length - 1) * random.whole(1, 20) * (minute / 1000);
    const id = conversationId(place, index);
    const closed = random.chance(0.6);
    const read = random.chance(0.8);
    const from = random.whole(0, script.length - 1);
    const parts = Array.from({ length }, (_, number) => {
      // The last one is somebody's word.
      const said = number === length - 1 ? random.pick(lastWords) : script[(from + number) % script.length];
      const at = length === 1 ? last : Math.round(created + ((last - created) * number) / (length - 1));
      const edited = said?.edited ? at + 60 : null;
      return wholePart(id, number, { from: lead.id, ...said, edited, created: at, read: read || number < length - 1 });
    });
    const [first] = parts;
    const conversation: Conversation = {
      ...{ id, created: first?.created ?? last, read, closed, message: null, type: random.pick(types) },
      ...{ reply_type: random.pick(['text', 'no', 'email']), part_last: parts.at(-1) ?? wholePart(id, 0, {}) },
      ...{ parts_count: length, assignee: closed ? { id: '9001', name: 'Maks' } : null, last_update: last },
      tags: random.chance(0.3) ? ['billing'] : [],
    };
    return { conversation, lead: lead.id, isMobile: index > 0 && place % 3 === 0, parts };
  });
}

const lastWords: readonly SaidPart[] = script.filter(
  ({ type = 'reply_user', body }) => body !== '' && (type === 'reply_user' || type === 'reply_admin'),
);
