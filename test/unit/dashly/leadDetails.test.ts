import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, type JsonObject, type JsonValue } from '../../../src/dashly/json';
import type { Lead } from '../../../src/dashly/lead';
import { decodeLeadDetails, type LeadDetails } from '../../../src/dashly/leadDetails';

const anyJson = fc.jsonValue() as fc.Arbitrary<JsonValue>;

describe('the details of a lead', () => {
  const totals = [
    { event_type: { id: '18', name: 'Signed up', score: 3 }, first: 1_402_870_448, last: 1_403_509_847, count: 4 },
    {
      event_type: { id: '1448121617782670208', name: 'Paid', score: 0 },
      first: 1_402_870_448,
      last: 1_402_870_448,
      count: 1,
    },
  ];
  const good: JsonObject = {
    id: '7',
    presence: 'online',
    props: { $name: 'Maks' },
    props_custom: { orders: 2 },
    props_events: { $event_18_count: 4 },
    user_id: 'u7',
    removed: '2030-01-01T00:00:00',
    presence_details: { $current_page_title: 'Pricing' },
    events: Object.fromEntries(totals.map((total) => [total.event_type.id, total])),
    segments: [{ id: 1, name: 'New', filters: '[]' }],
    tags: [{ id: 2 }, 'plain'],
    notes: [{ id: 3, body: 'called' }],
    email_status: { status: 'confirmed', updated: '2030-01-01T00:00:00+00:00' },
    timezone_offset: -180,
  };
  /** What was decoded, with the members of the lead beside the others and without the object as it came. */
  const decoded = (data: JsonObject): Omit<LeadDetails, 'lead'> & Omit<Lead, 'record'> => {
    const { lead, ...rest } = decodeLeadDetails(data, '7')!;
    const { record, ...read } = lead;
    assert.equal(record, data);
    return { ...read, ...rest };
  };

  it('are read in full, with events in both shapes', () => {
    const { problems, events, props, id, removed, tags } = decoded(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(props, { $name: 'Maks', orders: 2, $event_18_count: 4 });
    assert.deepEqual([id, removed, tags], ['7', '2030-01-01T00:00:00', [{ id: 2 }, 'plain']]);
    assert.deepEqual(
      events.map((total) => [total.id, total.name, total.first, total.count]),
      [
        ['18', 'Signed up', 1_402_870_448, 4],
        ['1448121617782670208', 'Paid', 1_402_870_448, 1],
      ],
    );
    assert.deepEqual(decoded({ ...good, events: totals }), decoded(good));
  });

  it('lose no more than the part that cannot be read, and name it', () => {
    const parts = Object.keys(good).filter((name) => name !== 'id');
    fc.assert(
      fc.property(fc.constantFrom(...parts), anyJson, (part, value) => {
        const spoiled = decoded({ ...good, [part]: value });
        const without = decoded(Object.fromEntries(Object.entries(good).filter(([name]) => name !== part)));
        const sentence = `The service sent “${part}” in a form that cannot be read.`;
        if (value === null) {
          assert.deepEqual(spoiled, without);
        } else if (spoiled.problems.includes(sentence)) {
          assert.deepEqual(spoiled, { ...without, problems: [sentence] });
        } else {
          // It could be read: all other parts are as they were.
          const field = { presence_details: 'presenceDetails', email_status: 'emailStatus' }[part];
          const own = { [field ?? (part.startsWith('props') ? 'props' : part)]: undefined, problems: undefined };
          assert.deepEqual({ ...spoiled, ...own }, { ...without, ...own });
        }
      }),
      { numRuns: 500 },
    );
  });

  const unreadable: [string, JsonValue][] = [
    ['presence', 5],
    ['props', 'none'],
    ['props_custom', [1]],
    ['props_events', true],
    ['user_id', {}],
    ['removed', []],
    ['presence_details', 'home'],
    ['events', 'many'],
    ['segments', 'all'],
    ['tags', 3],
    ['notes', false],
    ['email_status', 'confirmed'],
    ['email_status', new ExactNumber('1.0')],
  ];
  for (const [part, value] of unreadable) {
    it(`say that “${part}” cannot be read when it is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(decoded({ ...good, [part]: value }).problems, [
        `The service sent “${part}” in a form that cannot be read.`,
      ]);
    });
  }

  it('lose one event where one event is bad, in both shapes', () => {
    for (const events of [
      [totals[0]!, 'bad', totals[1]!],
      { 18: totals[0]!, 1: 'bad', '1448121617782670208': totals[1]! },
    ]) {
      const { problems, events: read } = decoded({ ...good, events });
      assert.deepEqual(read, decoded(good).events);
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, /^Event \d cannot be read and is left out\.$/);
    }
  });

  it('name an event by its key where the event itself does not, and leave out what is no number', () => {
    const { events, problems } = decoded({ ...good, events: { 42: { first: 'soon', count: '3' } } });
    assert.deepEqual(events, [{ id: '42', name: '', first: undefined, last: undefined, count: 3 }]);
    assert.deepEqual(problems, []);
  });
});
