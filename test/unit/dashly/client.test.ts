import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mock } from 'node:test';
import { DashlyClient, type DashlyClientOptions } from '../../../src/dashly/client';
import type { DashlyError, DashlyErrorKind } from '../../../src/dashly/errors';
import type { SampleLead } from '../../../src/sample/sampleLead';
import { RequestQueue } from '../../../src/dashly/requestQueue';
import { fault, type Fault } from '../../service/faults';
import { otherChoice } from '../../service/otherChoices';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { serveSampleApi, type SampleServer } from '../../service/server';
import { failure } from './failure';
import { stopTime } from './mockedTime';

const never = new AbortController().signal;

describe('the client against the sample API over HTTP', () => {
  const api = new TestApi(new TestApp({ leads: 200 }));
  let server: SampleServer;
  /** What the clients logged, and how long they waited before they tried again, in ms. */
  let lines: string[];
  const waits = (): number[] => lines.flatMap((line) => (/, again in (\d+) ms$/.exec(line) ?? []).slice(1).map(Number));
  /** Waits no longer than it has to: the time is moved to the end of each wait as it begins. */
  const client = (options: Partial<DashlyClientOptions> = {}): DashlyClient =>
    new DashlyClient({
      address: server.address,
      app: '$self_app',
      token: server.token,
      random: () => 0.5,
      log: (line) => {
        lines.push(line);
        const wait = waits().at(-1) ?? 0;
        if (line.includes(', again in ')) setImmediate(() => mock.timers.tick(wait));
      },
      ...options,
    });

  before(async () => {
    // For all tests of this suite: connections that `fetch` keeps open between them hold timers.
    stopTime(Date.now());
    server = await serveSampleApi(api);
  });
  after(async () => {
    await server.close();
    mock.timers.reset();
  });
  beforeEach(() => {
    lines = [];
    api.faults.clear();
    api.requests.length = 0;
  });

  it('reads a page with all parameters', async () => {
    const page = await client().listLeads(
      {
        filters: { type: 'and', filters: [{ type: 'known', property_name: '$name', value: {} }] },
        sortProp: '$name',
        sortOrder: 'asc',
        offset: 10,
        limit: 5,
      },
      never,
    );
    assert.equal(page.leads.length, 5);
    assert.equal(page.received, 5);
    assert.deepEqual(api.requests.at(-1), {
      method: 'GET',
      path: '/apps/$self_app/users',
      params: {
        filters: '{"type":"and","filters":[{"type":"known","property_name":"$name","value":{}}]}',
        sort_prop: '$name',
        sort_order: 'asc',
        offset: '10',
        limit: '5',
        id_as_string: 'true',
      },
      authentication: 'Token',
    });
  });

  it('reads a lead with all parts in both shapes of events, and pages through its events', async () => {
    const [lead] = (await client().listLeads({ offset: 0, limit: 1 }, never)).leads;
    const details = await client().getLead(lead!.id, never);
    assert.equal(details.lead.id, lead!.id);
    assert.deepEqual(details.problems, []);
    assert.equal(api.requests.at(-1)!.params.by_user_id, undefined);
    api.faults.add(otherChoice.eventsAsList());
    assert.deepEqual((await client().getLead(lead!.id, never)).events, details.events);
    api.faults.clear();
    const ids: string[] = [];
    for (let before: Parameters<DashlyClient['getLeadEvents']>[1]['before'] = undefined; ;) {
      const page = await client().getLeadEvents(lead!.id, { before, limit: 1 }, never);
      ids.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      before = page.next;
    }
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(
      ids.length,
      details.events.reduce((count, event) => count + (event.count ?? 0), 0),
    );
  });

  it('reads values as the texts that the service stores, from the request on for which they are wanted so', async () => {
    let convert = true;
    const one = client({ convertPropsTypes: () => convert });
    const types = async (): Promise<unknown[]> => {
      const { leads } = await one.listLeads({ offset: 0, limit: 5 }, never);
      const details = await one.getLead(leads[0]!.id, never);
      return [...leads, details.lead].map(({ props }) => typeof props.$sessions).filter((type) => type !== 'undefined');
    };
    assert.deepEqual(new Set(await types()), new Set(['number']));
    assert.ok(api.requests.every(({ params }) => !('convert_props_types' in params)));
    convert = false;
    assert.deepEqual(new Set(await types()), new Set(['string']));
  });

  it('reads the conversations of a lead as they are', async () => {
    const leads = (await client().listLeads({ offset: 0, limit: 50 }, never)).leads.map(({ id }) =>
      api.app.record(id)!,
    );
    const talks = (lead: SampleLead) => api.app.conversations.of(lead).filter(({ isMobile }) => !isMobile);
    const talkative = leads.find((lead) => talks(lead).length > 1);
    const { conversations, more, skipped } = await client().getLeadConversations(
      talkative!.id,
      { isMobile: false },
      never,
    );
    const expected = JSON.stringify(talks(talkative!).map(({ conversation }) => conversation));
    assert.deepEqual([JSON.stringify(conversations), more, skipped], [expected, false, []]);
    assert.deepEqual(api.requests.at(-1), {
      method: 'GET',
      path: `/users/${talkative!.id}/conversations`,
      params: { app: '$self_app', id_as_string: 'true' },
      authentication: 'Token',
    });
    api.faults.add(fault.answer('{"meta":{"status":200,"next_before_position":[1,"2"]},"data":[{"id":"1"},null]}'));
    const page = await client().getLeadConversations(talkative!.id, { isMobile: false }, never);
    assert.deepEqual([page.conversations, page.more, page.skipped.length], [[{ id: '1' }], true, 1]);
  });

  it('finds who has a User ID by an event of theirs, creating nobody, and the lead of a conversation', async () => {
    const [id = ''] = api.app.query({ filters: [{ type: 'known', property_name: '$event_18_count', value: {} }] });
    for (const userId of ['shop/customer 7?', 'maks@example.com', '..x', 'ключ']) {
      api.app.change(id, { $user_id: userId });
      assert.equal(await client().findByUserId(userId, never), id);
    }
    assert.deepEqual(api.requests.at(-1)?.params, {
      by_user_id: 'true',
      paginate_count: '1',
      app: '$self_app',
      id_as_string: 'true',
    });
    assert.equal((await failure(client().findByUserId('nobody', never))).kind, 'notFound');
    const silent = api.app.add({ $user_id: 'silent' });
    assert.equal(await client().findByUserId('silent', never), undefined);
    assert.deepEqual(api.app.createdByUserId, []);
    const conversation = api.app.conversations.begin(silent, [{ body: 'Hello' }]);
    assert.equal(await client().getConversationLead(conversation, never), silent);
    for (const [user, lead] of [
      [silent, silent],
      [3568, '3568'],
      [null, undefined],
    ] as const) {
      api.faults.add(fault.answer(JSON.stringify({ meta: { status: 200 }, data: { id: conversation, user } })));
      assert.equal(await client().getConversationLead(conversation, never), lead);
      api.faults.clear();
    }
    const { kind, message } = await failure(client().getConversationLead('7', never));
    assert.equal(kind, 'notFound');
    assert.doesNotMatch(message, /no lead/);
  });

  it('costs one item where one item is bad', async () => {
    api.faults.add(fault.withoutId());
    const page = await client().listLeads({ offset: 0, limit: 3 }, never);
    assert.deepEqual([page.leads.length, page.received, page.skipped], [2, 3, ['Lead 1 has no id and is left out.']]);
    api.faults.clear();
    api.faults.add(fault.nullProps());
    api.faults.add(fault.unknownPresence('away'));
    const [lead] = (await client().listLeads({ offset: 0, limit: 1 }, never)).leads;
    assert.deepEqual([{ ...lead!.props }, lead!.presence], [{}, 'away']);
  });

  const faults: [string, Fault, DashlyErrorKind, number][] = [
    ['ValidationError', fault.error('ValidationError'), 'validation', 0],
    ['BadRequest', fault.error('BadRequest'), 'badRequest', 0],
    ['LookupError', fault.error('LookupError'), 'notFound', 0],
    ['NotAuthenticated', fault.error('NotAuthenticated'), 'notAuthenticated', 0],
    ['AuthenticationFailed', fault.error('AuthenticationFailed'), 'notAuthenticated', 0],
    ['PermissionDeniedError', fault.error('PermissionDeniedError'), 'forbidden', 0],
    ['Error404', fault.error('Error404'), 'wrongPath', 0],
    ['MethodNotAllowed', fault.error('MethodNotAllowed'), 'methodNotAllowed', 0],
    ['Error500', fault.error('Error500'), 'serverError', 0],
    ['429', fault.tooManyRequests(), 'tooManyRequests', 3],
    ['200 with another meta.status', fault.hiddenError(), 'serverError', 0],
    ['200 with meta.status 503', fault.hiddenError(503, 'Other'), 'unavailable', 3],
    ['HTML', fault.html(200), 'html', 0],
    ['HTML with 404', fault.html(404), 'html', 0],
    ['HTML with 502', fault.html(502), 'unavailable', 3],
    ['a cut connection in the body', fault.truncation(), 'reset', 3],
    ['half a body', fault.truncation(0.5, false), 'truncated', 0],
    ['a reset', fault.reset(), 'reset', 3],
    ['not JSON', fault.answer('pong', 200, 'text/plain'), 'notJson', 0],
    ['another shape', fault.answer('{"meta":{"status":200},"data":{"items":[]}}'), 'shape', 0],
    ['a list', fault.answer('[]'), 'shape', 0],
    ['too much', fault.tooLarge(), 'tooLarge', 0],
    ['a redirect', fault.answer('', 302), 'redirect', 0],
  ];
  for (const [name, what, kind, retries] of faults) {
    it(`${name}: ${kind}${retries > 0 ? ', after three retries' : ''}`, async () => {
      const secret = 'maks@example.com';
      api.faults.add(what);
      const filters = {
        type: 'or',
        filters: [{ type: 'str_contains', property_name: '$email', value: { value: secret } }],
      } as const;
      const error = await failure(client().countLeads(filters, never));
      assert.equal(error.kind, kind);
      assert.equal(api.requests.length, retries + 1);
      assert.equal(error.cause, undefined);
      assert.match(error.message, /^[A-Z].*\.?$/);
      const logged = [error.detail, JSON.stringify(error), error.stack, ...lines].join('\n');
      assert.ok(!logged.includes(server.token) && !logged.includes('maks'), logged);
    });
  }

  it('tries again with growing waits, and succeeds', async () => {
    api.faults.add(fault.html(503), { times: 3 });
    assert.equal(await client().countLeads(undefined, never), api.app.count);
    assert.deepEqual(waits(), [500, 1000, 2000]);
  });

  it('tries again at once after a connection was cut, which may have been about to be closed, then with waits', async () => {
    api.faults.add(fault.reset(), { times: 3 });
    assert.equal(await client().countLeads(undefined, never), api.app.count);
    assert.deepEqual(waits(), [0, 1000, 2000]);
  });

  it('waits as long as Retry-After says, but not for more than a minute', async () => {
    api.faults.add(fault.html(503, 7), { times: 1 });
    await client().countLeads(undefined, never);
    api.faults.add(fault.tooManyRequests(3), { times: 1 });
    await client().countLeads(undefined, never);
    assert.deepEqual(waits(), [7000, 3000]);
    api.faults.add(fault.tooManyRequests(61));
    api.requests.length = 0;
    assert.equal((await failure(client().countLeads(undefined, never))).retryAfter, 61_000);
    assert.equal(api.requests.length, 1);
  });

  it('never asks without a pause, whatever Retry-After says: it lengthens the waits only', async () => {
    for (const overrun of [fault.tooManyRequests(0), fault.html(503, 0), fault.tooManyRequests(1)]) {
      api.faults.add(overrun, { times: 3 });
      await client().countLeads(undefined, never);
    }
    assert.deepEqual(waits(), [500, 1000, 2000, 500, 1000, 2000, 1000, 1000, 2000]);
  });

  it('takes the time that is allowed at each request', async () => {
    let allowed = 60_000;
    const one = client({ timeout: () => allowed });
    await one.countLeads(undefined, never);
    allowed = 50;
    api.faults.add(fault.silence());
    assert.equal((await failure(one.countLeads(undefined, never))).kind, 'timeout');
  });

  it('gives up in time, and at once when it is cancelled, also while it waits to try again', async () => {
    api.faults.add(fault.silence());
    assert.equal((await failure(client({ timeout: () => 50 }).countLeads(undefined, never))).kind, 'timeout');
    const abort = new AbortController();
    const cancelled = failure(client().countLeads(undefined, abort.signal));
    abort.abort();
    assert.equal((await cancelled).kind, 'cancelled');
    api.faults.clear();
    api.faults.add(fault.reset());
    const second = new AbortController();
    const waiting = client({
      log: (line) => line.includes(', again in 1000 ms') && setImmediate(() => second.abort()),
    });
    const left = failure(waiting.countLeads(undefined, second.signal));
    // The first retry has no wait, and nothing but the abort ends the second.
    const moved = setInterval(() => mock.timers.tick(1), 1);
    assert.equal((await left).kind, 'cancelled');
    clearInterval(moved);
  });

  it('ends with its queue: what is under way, waits to be sent or tried again, or is new is cancelled and not sent', async () => {
    const queue = new RequestQueue(3);
    const ask = (): Promise<DashlyError> =>
      failure(client({ queue, log: () => undefined }).countLeads(undefined, never));
    const closed: Promise<unknown>[] = [];
    const silence = fault.silence();
    api.faults.add(fault.html(502), { times: 1 });
    // Three at first; a fourth when the first one waits to be tried again.
    const underWay = new Promise<void>((resolve) => {
      api.faults.add((request, answer) => {
        if (closed.push(once(request.signal, 'abort')) === 3) resolve();
        return silence(request, answer);
      });
    });
    const asked = Array.from({ length: 7 }, ask);
    await underWay;
    queue.dispose();
    mock.timers.tick(1000);
    for (const error of await Promise.all([...asked, ask()])) assert.equal(error.kind, 'cancelled');
    await Promise.all(closed);
    assert.equal(api.requests.length, 4);
  });

  it('says of a refused token that another one is needed, and does not try again', async () => {
    const error = await failure(client({ token: 'wrong' }).countLeads(undefined, never));
    assert.deepEqual([error.view, error.again, api.requests.length], ['token', 'never', 1]);
  });

  it('refuses addresses that a token must not be sent to', () => {
    assert.throws(() => client({ address: 'http://api.example.com' }), TypeError);
    assert.throws(() => client({ address: 'ftp://127.0.0.1' }), TypeError);
  });
});
