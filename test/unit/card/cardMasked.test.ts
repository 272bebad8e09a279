import assert from 'node:assert/strict';
import type { JsonObject } from '../../../src/dashly/json';
import type { EventHistory } from '../../../src/card/leadRequests';
import type { AllConversations } from '../../../src/leads/allConversations';
import { linkQuestion, webAddress } from '../../../src/card/facts';
import { Masking } from '../../../src/leads/masking';
import { decodePartsPage } from '../../../src/dashly/conversation';
import { card, details, lead, property, props, read } from './testCard';

describe('A card while contacts are masked', () => {
  it('names no contact of an address before it is opened, neither in the host nor as escapes', () => {
    const one = { ...lead, props: { ...props, $name: 'Юлия Орлова' } };
    for (const text of [
      'https://юлия-орлова.example/',
      'https://vk.example/юлия.орлова',
      'https://shop.example/?n=Юлия+Орлова',
      'https://shop.example/?mail=ada@example.com',
      'https://ada-1815.example/',
    ]) {
      const { question, address } = linkQuestion(text, webAddress(text)!, new Masking('key', true), one);
      for (const shown of [question, address]) {
        assert.doesNotMatch(shown, /орлова|ada|xn--|%D0/i, text);
      }
    }
    const plain = 'https://пример.example/a b'.replace(' ', '%20');
    const { question, address } = linkQuestion(plain, webAddress(plain)!, new Masking('key', true), one);
    assert.match(question, /xn--e1afmkfd\.example/);
    assert.equal(address, 'https://xn--e1afmkfd.example/a%20b');
  });

  it('holds nothing of the contacts while masked, but the host still knows the values', () => {
    const history: EventHistory = {
      only: 'ada@example.com paid',
      ...read({
        items: [
          {
            id: '1',
            typeId: '18',
            name: 'ada@example.com paid',
            created: 5,
            props: { by: 'ada@example.com' },
            record: {},
          },
        ],
        next: null,
        arrived: new Set<string>(),
      }),
    };
    const conversations = read<AllConversations>({
      conversations: [{ id: '1', part_last: { body: 'I am Ada Lovelace' } }],
      more: false,
      skipped: [],
      isWithoutMobile: false,
    });
    const part = {
      ...{ id: '7', type: 'reply_user', body: '<p>I am Ada&nbsp;Lovelace, ada&#64;example.com</p>', from: 'ada-1815' },
      ...{ sent_via: 'ada@example.com', read: false, attachments: [{ filename: 'Ada Lovelace.pdf', size: 7 }] },
    };
    const steps: JsonObject[] = [
      { id: '8', type: 'tag_added', from: { name: 'Ada Lovelace' }, tag: { name: 'ada@example.com' } },
      { id: '9', type: 'assigned', assignee: { name: 'Ada Lovelace' } },
      { id: '10', type: 'ada@example.com', body: 'Ada Lovelace' },
    ];
    const { items: parts } = decodePartsPage([part, ...steps], {})!;
    const conversation = { id: '1', state: read({ items: parts, next: null, arrived: new Set<string>() }) };
    const made = card({ details: read(details()), history, conversations, conversation }, true);
    assert.equal(made.transcript?.parts.length, 4);
    assert.doesNotMatch(JSON.stringify([made.content, made.history, made.transcript]), /ada@example|Lovelace|ada-1815/);
    assert.equal(made.values.get('prop:$email')?.value, 'ada@example.com');
  });

  it('masks names as values: of properties, of events, of fields', () => {
    const named: JsonObject = { 'note about anna@corp.example': '1', ada_lovelace: 'x', 'Ada Lovelace likes': 'y' };
    const made = card(
      {
        lead: { ...lead, props: { ...props, ...named, $avatar: 'https://example.com/ada.png' } },
        details: read(
          details({
            props: { ...props, ...named },
            props_custom: named,
            tags: [named],
            email_status: { inner: named },
          }),
        ),
        history: {
          only: undefined,
          ...read({
            items: [{ id: '1', typeId: '18', name: 'for anna@corp.example', props: named, record: {} }],
            next: null,
            arrived: new Set<string>(),
          }),
        },
      },
      true,
    );
    assert.doesNotMatch(JSON.stringify([made.content, made.history]), /anna@corp|Ada Lovelace|ada\.png/);
    const shown = property(made, 'note about a•••@c•••.example');
    assert.equal(shown?.title, 'note about a•••@c•••.example');
    assert.deepEqual(made.values.get(shown.key), {
      name: 'note about anna@corp.example',
      value: '1',
      isProperty: true,
    });
  });

  it('tells properties apart whose names masking makes the same', () => {
    const twins = { 'tell anna@corp.example': 'one', 'tell adam@corp.example': 'two' };
    const made = card({ lead: { ...lead, props: { ...props, ...twins } } }, true);
    const keys = made.content.groups
      .flatMap(({ properties }) => properties)
      .filter(({ title }) => title.startsWith('tell'))
      .map(({ key }) => key);
    assert.equal(new Set(keys).size, 2);
    assert.deepEqual(
      keys.map((key) => made.values.get(key)?.name),
      Object.keys(twins),
    );
  });
});
