import assert from 'node:assert/strict';
import type { Lead } from '../../../src/dashly/lead';
import type { LeadDetails } from '../../../src/dashly/leadDetails';
import { ExactNumber, type JsonObject } from '../../../src/dashly/json';
import { makeCard, type Card, type CardSources } from '../../../src/card/makeCard';
import { Masking } from '../../../src/leads/masking';

const props: Lead['props'] = {
  $name: 'Ada Lovelace',
  $email: 'ada@example.com',
  $user_id: 'ada-1815',
  $sessions: 4,
  $event_18_first: '2014-06-15T22:14:08',
  $event_18_last: '2014-06-23T07:50:46',
  $event_18_count: 4,
  order_id: new ExactNumber('1448121617782670209'),
  about: 'Writes to ada@example.com',
};
const lead: Lead = {
  id: '3568',
  presence: 'offline',
  props,
  record: { id: '3568', presence: 'offline', props: { ...props } },
};

function details(more: Partial<LeadDetails> = {}): LeadDetails {
  return {
    lead,
    id: lead.id,
    presence: 'online',
    props: { ...props, $sessions: 5 },
    events: [{ id: '18', name: 'Paid', first: 1402870448, last: 1403509846, count: 5 }],
    segments: [{ id: '1', name: 'Paying', filters: '{}' }],
    tags: ['vip', { id: '2', colour: 'red' }],
    notes: [{ id: '3', author: { id: '9', name: 'Maks' }, body: 'Call ada@example.com', created: 1403509846 }],
    emailStatus: { status: 'confirmed', updated: '2020-01-01T00:00:00+00:00' },
    presenceDetails: {
      $current_page_title: 'Pricing',
      $current_page_url: 'https://example.com/',
      $active_since: 1403509846,
    },
    record: {},
    problems: [],
    ...more,
  };
}

function card(reading: Partial<CardSources['reading']> = {}, masked = false): Card {
  return makeCard({
    lead,
    reading: { details: { state: 'reading' }, conversations: { state: 'reading' }, history: undefined, ...reading },
    masking: new Masking('key', masked),
    pinned: false,
    sentence: (error) => (error as Error).message,
  });
}

const read = (value: LeadDetails): CardSources['reading']['details'] => ({ state: 'read', value, at: 1 });
const property = ({ content }: Card, name: string) =>
  content.groups.flatMap(({ properties }) => properties).find((each) => each.name === name);

describe('What a card shows', () => {
  it('is the row alone until the details are read, events without names included', () => {
    const { content } = card();
    assert.equal(content.name, 'Ada Lovelace');
    assert.deepEqual(content.details, { state: 'reading' });
    assert.deepEqual(content.events, [
      {
        id: '18',
        name: 'Event 18',
        first: Date.UTC(2014, 5, 15, 22, 14, 8),
        last: Date.UTC(2014, 5, 23, 7, 50, 46),
        count: 4,
      },
    ]);
    assert.deepEqual(
      content.groups.flatMap(({ properties }) => properties.map(({ name }) => name)).sort(),
      Object.keys(props).sort(),
    );
  });

  it('marks what the details say otherwise, and counts it', () => {
    const made = card({ details: read(details()) });
    assert.deepEqual(made.content.details, { state: 'read', at: 1, changes: 1 });
    assert.deepEqual(property(made, '$sessions')?.inList, { kind: 'number', text: '4' });
    assert.equal(property(made, '$email')?.inList, undefined);
    assert.equal(made.content.presence.state, 'online');
    assert.equal(made.content.events[0]?.name, 'Paid');
  });

  it('keeps what the list had and the details have not', () => {
    const rest = Object.fromEntries(Object.entries(props).filter(([name]) => name !== 'about'));
    const about = property(card({ details: read(details({ props: rest })) }), 'about');
    assert.deepEqual(
      [about?.value, about?.inList],
      [{ kind: 'unset' }, { kind: 'text', text: 'Writes to ada@example.com' }],
    );
  });

  it('bears properties named like those of every object', () => {
    const trap = Object.fromEntries([
      ['__proto__', 'x'],
      ['toString', 'y'],
    ]) as Lead['props'];
    assert.deepEqual(property(card({ details: read(details({ props: trap })) }), 'toString')?.value, {
      kind: 'text',
      text: 'y',
    });
    assert.deepEqual(property(card({ details: read(details({ props: {} })) }), '$email')?.value, { kind: 'unset' });
  });

  it('bears moments no calendar can name', () => {
    const events = [{ id: '18', name: 'Paid', first: 1e300, last: -1e300, count: 1 }];
    const [event] = card({ details: read(details({ events, props: {} })) }).content.events;
    assert.deepEqual([event?.first, event?.last], [undefined, undefined]);
  });

  it('says what is missing and why when the details fail, and is complete otherwise', () => {
    const { content } = card({ details: { state: 'failed', error: new Error('Not allowed.') } });
    assert.ok(content.details.state === 'failed' && content.details.message.endsWith('missing. Not allowed.'));
    assert.equal(content.sections[0]?.failure, 'Not allowed.');
    assert.equal(content.events.length, 1);
  });

  it('keeps the details that were read when they cannot be read again', () => {
    const { content } = card({ details: { state: 'failed', value: details(), at: 7, error: new Error('Gone.') } });
    assert.deepEqual(content.details, {
      state: 'failed',
      message: 'The details could not be read again. Gone.',
      at: 7,
    });
    assert.equal(content.events[0]?.name, 'Paid');
  });

  it('loses no field it does not know', () => {
    const { sections } = card({ details: read(details()) }).content;
    const all = JSON.stringify(sections);
    for (const text of ['Paying', 'vip', 'colour', 'red', 'Maks', 'confirmed']) assert.ok(all.includes(text), text);
  });

  it('counts the conversations and tells when the latest of them was written to, in whatever order they come', () => {
    const conversations = {
      state: 'read' as const,
      value: {
        conversations: [
          { id: '1', last_update: 50 },
          { id: '2', created: 20, part_last: { created: 70 } },
          { id: '3' },
        ] as JsonObject[],
        more: true,
        skipped: [],
      },
    };
    const section = card({ conversations }).content.sections.find(({ id }) => id === 'conversations');
    assert.equal(section?.summary, '3 or more conversations.');
    assert.deepEqual(section.last, { kind: 'date', time: 70_000, dateOnly: false });
  });

  it('shows the visit only while the lead is there', () => {
    assert.equal(card({ details: read(details({ presence: 'offline' })) }).content.visit, undefined);
    assert.equal(card({ details: read(details()) }).content.visit?.facts.length, 3);
  });

  it('reads what is said of the visit by either set of names', () => {
    const titles = (presenceDetails: JsonObject) =>
      card({ details: read(details({ presenceDetails })) }).content.visit?.facts.map(({ title, value }) => [
        title,
        value.kind === 'date' ? value.time : 'text' in value && value.text,
      ]);
    const said = [
      ['Page', 'Pricing'],
      ['Address', 'https://example.com/'],
      ['Since', 1523512350220],
    ];
    const [page, url, since] = ['Pricing', 'https://example.com/', 1523512350.22];
    assert.deepEqual(titles({ $current_page_title: page, $current_page_url: url, $active_since: since }), said);
    assert.deepEqual(titles({ page, url, session_started: since, presence: 'online' }), said);
    assert.deepEqual(titles({ page, url, session_started: since, $current_page_title: null }), said);
  });

  it('holds nothing of the contacts while masked, but the host still knows the values', () => {
    const history = {
      state: 'read' as const,
      value: {
        occurrences: [
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
      },
    };
    const conversations = {
      state: 'read' as const,
      value: {
        conversations: [{ id: '1', part_last: { body: 'I am Ada Lovelace' } } as JsonObject],
        more: false,
        skipped: [],
      },
    };
    const made = card({ details: read(details()), history, conversations }, true);
    assert.doesNotMatch(JSON.stringify([made.content, made.history]), /ada@example|Lovelace|ada-1815/);
    assert.equal(made.values.get('prop:$email')?.value, 'ada@example.com');
  });

  it('gives every fact a key of its own', () => {
    const { content } = card({ details: read(details()) });
    const facts = [
      ...content.groups.flatMap((group) => group.properties),
      ...content.sections.flatMap(({ items }) => items.flatMap((item) => item.facts)),
    ];
    assert.equal(new Set(facts.map(({ key }) => key)).size, facts.length);
  });
});
