import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { JsonObject } from '../../../src/dashly/json';
import type { Lead } from '../../../src/dashly/lead';
import type { LeadConversations } from '../../../src/dashly/leadDetails';
import { card, details, lead, property, props, read } from './testCard';

describe('What a card shows', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: 1 }));
  afterEach(() => mock.timers.reset());

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
    const events = [{ event_type: { id: '18', name: 'Paid' }, first: 1e300, last: -1e300, count: 1 }];
    const [event] = card({ details: read(details({ events, props: {} })) }).content.events;
    assert.deepEqual([event?.first, event?.last], [undefined, undefined]);
  });

  it('loses no field it does not know', () => {
    const { sections } = card({ details: read(details()) }).content;
    const all = JSON.stringify(sections);
    for (const text of ['Paying', 'vip', 'colour', 'red', 'Maks', 'confirmed']) assert.ok(all.includes(text), text);
  });

  it('counts the conversations and tells when the latest of them was written to, in whatever order they come', () => {
    const conversations = read<LeadConversations>({
      conversations: [
        { id: '1', last_update: 50 },
        { id: '2', created: 20, part_last: { created: 70 } },
        { id: '3' },
      ] as JsonObject[],
      more: true,
      skipped: [],
    });
    const section = card({ conversations }).content.sections.find(({ id }) => id === 'conversations');
    assert.equal(section?.summary, '3 or more conversations.');
    assert.deepEqual(section.last, { kind: 'date', time: 70_000, dateOnly: false });
  });

  it('shows the visit only while the lead is there', () => {
    assert.equal(card({ details: read(details({ presence: 'offline' })) }).content.visit, undefined);
    assert.equal(card({ details: read(details()) }).content.visit?.length, 3);
  });

  it('reads what is said of the visit by either set of names', () => {
    const titles = (visit: JsonObject) =>
      card({ details: read(details({ presence_details: visit })) }).content.visit?.map(({ title, value }) => [
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

  it('gives every fact a key of its own', () => {
    const { content } = card({ details: read(details()) });
    const facts = [
      ...content.groups.flatMap((group) => group.properties),
      ...content.sections.flatMap(({ items }) => items.flatMap((item) => item.facts)),
    ];
    assert.equal(new Set(facts.map(({ key }) => key)).size, facts.length);
  });

  it('leaves dates inside lists to the page, which knows the zone', () => {
    const made = card({ lead: { ...lead, props: { visits: ['2014-06-17T20:56:03', 'text'] } } });
    assert.deepEqual(property(made, 'visits')?.value, {
      kind: 'list',
      items: [
        { kind: 'date', time: Date.UTC(2014, 5, 17, 20, 56, 3), dateOnly: false },
        { kind: 'text', text: 'text' },
      ],
    });
  });

  it('stays small whatever the service sends', () => {
    const made = card({
      details: read(details({ tags: Array.from({ length: 100_000 }, (_, index) => `tag ${index}`) })),
    });
    const tags = made.content.sections.find(({ id }) => id === 'tags');
    assert.equal(tags?.items.length, 200);
    assert.equal(tags.summary, 'The first 200 of 100,000; the JSON has all.');
  });
});
