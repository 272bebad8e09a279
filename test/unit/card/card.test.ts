import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { EventHistory } from '../../../src/card/leadRequests';
import type { JsonObject } from '../../../src/dashly/json';
import type { Lead } from '../../../src/dashly/lead';
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

  it('calls events as the app is known to call them until the details are read, which know better', () => {
    const names = new Map([['18', 'Was paid']]);
    const early = card({ names });
    assert.deepEqual(
      [early.content.events[0]?.name, property(early, '$event_18_count')?.title],
      ['Was paid', 'Was paid, count'],
    );
    const events = [{ event_type: { id: '18', name: 'Paid' }, count: 1 }];
    const late = card({ names, details: read(details({ events })) });
    assert.deepEqual([late.content.events[0]?.name, property(late, '$event_18_count')?.title], ['Paid', 'Paid, count']);
  });

  it('marks what the details say otherwise, and counts it', () => {
    const made = card({ details: read(details()) });
    assert.deepEqual(made.content.details, { state: 'read', at: 1, changes: 1 });
    assert.deepEqual(property(made, '$sessions')?.before, { kind: 'number', text: '4' });
    assert.equal(property(made, '$email')?.before, undefined);
    assert.equal(made.content.presence.state, 'online');
    assert.equal(made.content.events[0]?.name, 'Paid');
  });

  it('keeps what the list had and the details have not', () => {
    const rest = Object.fromEntries(Object.entries(props).filter(([name]) => name !== 'about'));
    const about = property(card({ details: read(details({ props: rest })) }), 'about');
    assert.deepEqual(
      [about?.value, about?.before],
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
    for (const text of ['Paying', 'vip', 'Colour', 'red', 'Maks']) assert.ok(all.includes(text), text);
  });

  it('shows the visit, and no last time, only while the lead is there', () => {
    const seen = { ...props, $last_seen: '2014-06-23T07:50:46' };
    const shown = (more: JsonObject) => {
      const { groups, lastSeen, page } = card({ details: read(details({ props: seen, ...more })) }).content;
      return { visit: groups[0]?.title === 'On the site now', seen: lastSeen !== undefined, page: page?.title };
    };
    assert.deepEqual(shown({}), { visit: true, seen: false, page: 'Pricing' });
    assert.deepEqual(shown({ presence_details: null }), { visit: false, seen: false, page: undefined });
    assert.deepEqual(shown({ presence: 'idle' }), { visit: true, seen: false, page: 'Pricing' });
    assert.deepEqual(shown({ presence: 'idle', presence_details: null }), {
      visit: false,
      seen: true,
      page: undefined,
    });
    assert.deepEqual(shown({ presence: 'offline' }), { visit: false, seen: true, page: undefined });
  });

  it('reads what is said of the visit by either set of names', () => {
    const titles = (visit: JsonObject) =>
      card({ details: read(details({ presence_details: visit })) }).content.groups[0]?.properties.map(
        ({ title, value }) => [title, value.kind === 'date' ? value.time : 'text' in value && value.text],
      );
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

  it('says of every value how the service sent it, and nothing of a key it does not have', () => {
    const dated = { ...lead, props: { ...props, $last_seen: '2014-06-23T07:50:46', list: ['a', 2] } };
    const { raw } = card({ lead: dated });
    assert.equal(raw('prop:$last_seen'), '"2014-06-23T07:50:46"');
    assert.equal(raw('prop:order_id'), '1448121617782670209');
    assert.equal(raw('prop:list'), '[\n  "a",\n  2\n]');
    assert.equal(raw('prop:nothing'), undefined);
    assert.doesNotMatch(card({ lead: dated }, true).raw('prop:$email') ?? '', /ada@example/);
  });

  const event = (sent: JsonObject): EventHistory => ({
    only: undefined,
    ...read({
      items: [{ id: '1', typeId: '18', name: 'Search', created: 5, props: sent, record: {} }],
      next: null,
      arrived: new Set<string>(),
    }),
  });

  it('takes no number of an event for a time by its name', () => {
    const { history } = card({ history: event({ first: 20, last: '3', created: 1_403_509_846 }) });
    assert.deepEqual(
      history?.occurrences[0]?.facts.map(({ title, value }) => [title, value.kind]),
      [
        ['First', 'number'],
        ['Last', 'text'],
        ['Created', 'number'],
      ],
    );
  });

  it('shows objects in objects, however deep and whatever their names are', () => {
    for (const name of ['', 'a', '$', '_']) {
      let nested: JsonObject = {};
      for (let depth = 0; depth < 2_500; depth++) nested = { [name]: nested };
      const { history } = card({ history: event(nested) });
      assert.equal(history?.occurrences[0]?.facts.length, 1, name);
    }
  });

  it('stays small whatever the service sends', () => {
    const made = card({
      details: read(details({ tags: Array.from({ length: 100_000 }, (_, index) => `tag ${index}`) })),
    });
    const tags = made.content.sections.find(({ id }) => id === 'tags');
    assert.equal(tags?.items.length, 200);
    assert.equal(tags.note, 'The first 200 of 100,000.');
  });
});
