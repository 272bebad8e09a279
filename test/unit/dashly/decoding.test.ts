import type { AxiosAdapter } from 'axios';
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { decodeActiveUsers } from '../../../src/dashly/activeUsers';
import { DashlyClient } from '../../../src/dashly/client';
import { decodePartsPage } from '../../../src/dashly/conversation';
import { DashlyError } from '../../../src/dashly/errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { stringifyJson } from '../../../src/dashly/jsonWriter';
import { decodeLeadsPage, type Lead, propertyOf } from '../../../src/dashly/lead';
import {
  decodeConversations,
  decodeEventsPage,
  decodeLeadDetails,
  detailParts,
  type LeadDetails,
} from '../../../src/dashly/leadDetails';
import { stopTime } from './mockedTime';

const never = new AbortController().signal;
const anyJson = fc.jsonValue() as fc.Arbitrary<JsonValue>;

/** The shape of an object of the service with anything in the place of some members. */
const nearly = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonValue> => {
  const spoiled: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, arbitrary] of Object.entries(members)) {
    spoiled[name] = fc.oneof({ weight: 18, arbitrary }, anyJson, fc.constant(undefined));
  }
  return fc.oneof({ weight: 12, arbitrary: fc.record(spoiled) as fc.Arbitrary<JsonValue> }, anyJson);
};
const nearlyList = (item: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.array(item, { maxLength: 5 }) },
    fc.dictionary(fc.string(), item, { maxKeys: 3 }),
    anyJson,
  );

const id = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const eventType = nearly({ id, name: fc.string(), score: fc.nat() });
const eventTotal = nearly({ event_type: eventType, first: fc.nat(), last: fc.nat(), count: fc.nat() });
const user = nearly({
  id,
  presence: fc.constantFrom('online', 'idle', 'offline', 'away'),
  props: fc.dictionary(fc.string(), anyJson),
  ...Object.fromEntries(
    detailParts.slice(1).map((part) => [part, nearlyList(part === 'events' ? eventTotal : anyJson)]),
  ),
});
const event = nearly({ id, created: fc.nat(), type: eventType, props: fc.object() });
const body = nearly({
  meta: fc.oneof(
    { weight: 4, arbitrary: nearly({ status: fc.constant(200), next_before_position: anyJson }) },
    nearly({
      status: fc.constantFrom(400, 503),
      error: fc.string(),
      error_message: fc.string(),
      error_fields: fc.object(),
    }),
  ),
  data: fc.oneof(nearly({ total: fc.nat(), users: nearlyList(user) }), user, nearlyList(event)),
});
const answerText = fc.oneof(
  { weight: 6, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.tuple(body, fc.nat()).map(([value, end]) => JSON.stringify(value).slice(0, end)) },
);

function clientAnswered(text: string, status = 200): DashlyClient {
  const adapter: AxiosAdapter = (config) =>
    Promise.resolve({ data: text, status, statusText: '', headers: {}, config });
  // Waits are over at once.
  const log = (line: string): unknown => line.includes(', again in ') && setImmediate(() => mock.timers.tick(60_000));
  return new DashlyClient({ address: 'https://api.example.com', app: '1', token: 't', adapter, log });
}

function assertWellFormed({ id, presence, props, record }: Lead): void {
  assert.match(id, /^\d{1,20}$/);
  assert.equal(typeof presence, 'string');
  assert.ok(isJsonObject(props) && isJsonObject(record));
}

describe('decoding what the service sends', () => {
  afterEach(() => mock.timers.reset());

  for (const [status, numRuns] of [
    [200, 500],
    [204, 82],
    [304, 82],
    [400, 82],
    [429, 82],
    [500, 82],
  ] as const)
    it(`gives well-formed answers or a DashlyError, whatever comes with ${status}`, async () => {
      stopTime();
      let read = 0;
      await fc.assert(
        fc.asyncProperty(answerText, async (text) => {
          const client = clientAnswered(text, status);
          const results = await Promise.allSettled([
            client.listLeads({ offset: 0, limit: 50 }, never),
            client.getLead('7', never),
            client.getLeadEvents('7', {}, never),
            client.getLeadConversations('7', { isMobile: false }, never),
            client.getConversationParts('7', {}, never),
            client.getConversationLead('7', never),
            client.findByUserId('7', never),
          ]);
          for (const result of results) {
            if (result.status === 'rejected') assert.ok(result.reason instanceof DashlyError, String(result.reason));
            else read++;
          }
          const [page, details, events, conversations, messages, ...found] = results.map((result) =>
            result.status === 'fulfilled' ? result.value : undefined,
          ) as [
            ReturnType<typeof decodeLeadsPage>,
            LeadDetails | undefined,
            ReturnType<typeof decodeEventsPage>,
            ReturnType<typeof decodeConversations>,
            ReturnType<typeof decodePartsPage>,
            ...(string | undefined)[],
          ];
          page?.leads.forEach(assertWellFormed);
          if (page)
            assert.deepEqual(
              [page.received, Number.isSafeInteger(page.total)],
              [page.leads.length + page.skipped.length, true],
            );
          if (details) {
            assertWellFormed(details.lead);
            assert.ok(
              [details.events, details.segments, details.tags, details.notes].every((list) => Array.isArray(list)),
            );
            assert.ok(details.events.every(({ id, name }) => typeof id === 'string' && typeof name === 'string'));
          }
          assert.ok(events?.items.every(({ id, props }) => typeof id === 'string' && isJsonObject(props)) ?? true);
          assert.ok(conversations?.conversations.every(isJsonObject) ?? true);
          assert.ok(
            messages?.items.every(({ id, body }) => typeof id === 'string' && typeof body === 'string') ?? true,
          );
          assert.ok(found.every((id) => id === undefined || /^\d{1,20}$/.test(id)));
        }),
        { numRuns },
      );
      // 300 runs of all statuses gave now 150 and now 250 answers that could be read.
      if (status === 200) assert.ok(read > 150, `only ${read} answers were near enough to be read`);
    });

  const goodLead = fc.record({
    id,
    presence: fc.string(),
    props: fc.dictionary(fc.string(), anyJson),
  }) as fc.Arbitrary<JsonObject>;
  const badItem = anyJson.filter((item) => !isJsonObject(item) || !['string', 'number'].includes(typeof item.id));

  it('leaves out bad leads and says which, without an effect on the others', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            goodLead.map((item) => ({ item, good: true })),
            badItem.map((item) => ({ item, good: false })),
          ),
        ),
        (items) => {
          const page = decodeLeadsPage({ total: 99, users: items.map(({ item }) => item) });
          const good = items.filter(({ good }) => good).map(({ item }) => item);
          assert.equal(stringifyJson(page!.leads.map(({ record }) => record)), stringifyJson(good));
          assert.deepEqual(page!.leads, decodeLeadsPage({ total: 99, users: good })?.leads);
          const places = page!.skipped.map((sentence) => Number(/^Lead (\d+) /.exec(sentence)?.[1]) - 1);
          assert.deepEqual(
            places,
            [...items.keys()].filter((place) => !items[place]!.good),
          );
          assert.equal(page!.received, items.length);
        },
      ),
    );
  });

  it('gives each lead of a list back as it was sent, in whatever order they are asked', () => {
    const anyName = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$name', '10', '2'));
    const props = fc.option(fc.dictionary(anyName, anyJson), { nil: null });
    const others = fc.dictionary(fc.string(), anyJson);
    const item = fc.tuple(others, id, props).map(([rest, id, props]) => ({ ...rest, id, props }));
    const text = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.map((one) => JSON.stringify(one)));
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 3 }), { maxLength: 12 }), (sent, asked) => {
        const leads = decodeLeadsPage(parseJson(`{"total":9,"users":[${sent.join()}]}`))!.leads;
        for (const place of asked) {
          const [lead, text] = [leads[place % leads.length]!, sent[place % leads.length]!];
          const { props } = JSON.parse(text) as { props: object | null };
          assert.equal(stringifyJson(lead.record), text);
          assert.equal(stringifyJson(lead.props), JSON.stringify(props ?? {}));
          for (const name of [...Object.keys(lead.props), 'toString', '__proto__'])
            assert.equal(propertyOf(lead, name), lead.props[name]);
        }
      }),
    );
  });

  it('keeps ids to the last digit, presences that nobody knows, and takes missing properties for none', () => {
    fc.assert(
      fc.property(
        id,
        fc.string({ minLength: 1 }),
        fc.constantFrom('', ',"props":null', ',"props":[]', ',"props":{}'),
        (digits, presence, props) => {
          const users = `{"id":${digits},"presence":${JSON.stringify(presence)}${props}}`;
          const page = decodeLeadsPage(parseJson(`{"total":"1","users":[${users}]}`));
          assert.deepEqual(
            page?.leads.map((lead) => [lead.id, lead.presence, Object.keys(lead.props)]),
            [[digits, presence, []]],
          );
        },
      ),
    );
  });

  const noIds = ['-1', '1.5', '1.0', '1e3', '""', 'null', 'true', '[]', '{}', '123456789012345678901', '-0'];
  const noTextIds = [
    '-7',
    '+7',
    'a,1',
    'a',
    '7 ',
    ' 7',
    '7\n[info] forged',
    '7.5',
    '0x7',
    '７',
    '=1+1',
    '123456789012345678901',
  ];
  for (const bad of [...noIds, ...noTextIds.map((text) => JSON.stringify(text))]) {
    it(`takes what has the id ${bad} for no lead, in the list and by itself`, () => {
      const page = decodeLeadsPage(parseJson(`{"total":2,"users":[{"id":${bad}},{"id":"18446744073709551615"}]}`));
      assert.deepEqual(
        page?.leads.map(({ id: read }) => read),
        ['18446744073709551615'],
      );
      assert.deepEqual(page.skipped, ['Lead 1 has no id and is left out.']);
      const details = decodeLeadDetails(parseJson(`{"id":${bad}}`), '7');
      assert.equal(details?.lead.id, bad === 'null' ? '7' : undefined);
    });
  }

  it('reads where the next page begins also as version 1 said it', () => {
    const metas: JsonObject[] = [{ next_before_position: [7] }, { next_after: 7 }];
    for (const meta of metas) {
      const next = Object.values(meta)[0];
      for (const decode of [decodeEventsPage, decodePartsPage, decodeActiveUsers])
        assert.deepEqual(decode([], meta)?.next, next);
      assert.equal(decodeConversations([], meta)?.more, true);
    }
  });

  it('leaves out single events and conversations that cannot be read', () => {
    const page = decodeEventsPage([{ id: '1', type: null, created: 'x', props: [] }, {}, 'event', { id: 2 }], {
      next_before_position: [5, '2'],
    });
    assert.deepEqual(
      page?.items.map(({ id, typeId, name, created, props }) => [id, typeId, name, created, props]),
      [
        ['1', '', '', undefined, {}],
        ['2', '', '', undefined, {}],
      ],
    );
    assert.deepEqual([page.skipped.length, page.next], [2, [5, '2']]);
    const conversations = decodeConversations([{ id: '1' }, null, 'c'], {});
    assert.deepEqual(
      [conversations?.conversations, conversations?.more, conversations?.skipped.length],
      [[{ id: '1' }], false, 1],
    );
  });
});
