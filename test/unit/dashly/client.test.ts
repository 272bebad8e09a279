import assert from 'node:assert/strict';
import { DashlyClient, type DashlyClientOptions } from '../../../src/dashly/client';
import type { Clock } from '../../../src/dashly/clock';
import type { DashlyErrorKind } from '../../../src/dashly/errors';
import { RequestQueue } from '../../../src/dashly/requestQueue';
import { fault, type Fault } from '../../service/faults';
import { otherChoice } from '../../service/otherChoices';
import { leadConversations } from '../../../src/sample/leadHistory';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { serveSampleApi, type SampleServer } from '../../service/server';
import { failure } from './failure';

/** A clock whose waits are over at once, and are written down. */
class ImpatientClock implements Clock {
  readonly waits: number[] = [];
  time = Date.now();

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }
}

const never = new AbortController().signal;

describe('the client against the sample API over HTTP', () => {
  const api = new TestApi(new TestApp({ leads: 200 }));
  let server: SampleServer;
  let clock: ImpatientClock;
  const client = (options: Partial<DashlyClientOptions> = {}): DashlyClient =>
    new DashlyClient({
      address: server.address,
      app: '$self_app',
      token: server.token,
      clock,
      random: () => 0.5,
      ...options,
    });

  before(async () => {
    server = await serveSampleApi(api);
  });
  after(() => server.close());
  beforeEach(() => {
    clock = new ImpatientClock();
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
        convertPropsTypes: false,
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
        convert_props_types: 'false',
        id_as_string: 'true',
      },
      authentication: 'Token',
    });
  });

  it('reads a lead with all parts in both shapes of events, and pages through its events', async () => {
    const [lead] = (await client().listLeads({ offset: 0, limit: 1 }, never)).leads;
    const details = await client().getLead(lead!.id, never);
    assert.equal(details.id, lead!.id);
    assert.deepEqual(details.problems, []);
    assert.equal(api.requests.at(-1)!.params.by_user_id, undefined);
    api.faults.add(otherChoice.eventsAsList());
    assert.deepEqual((await client().getLead(lead!.id, never)).events, details.events);
    api.faults.clear();
    const ids: string[] = [];
    for (let before: Parameters<DashlyClient['getLeadEvents']>[1]['before'] = undefined; ;) {
      const page = await client().getLeadEvents(lead!.id, { before, limit: 1 }, never);
      ids.push(...page.events.map(({ id }) => id));
      if (page.next === null) break;
      before = page.next;
    }
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(
      ids.length,
      details.events.reduce((count, event) => count + (event.count ?? 0), 0),
    );
  });

  it('reads the conversations of a lead as they are', async () => {
    const leads = (await client().listLeads({ offset: 0, limit: 50 }, never)).leads.map(({ id }) =>
      api.app.record(id)!,
    );
    const talkative = leads.find((lead) => leadConversations(lead, api.app.now()).length > 1);
    const { conversations, more, skipped } = await client().getLeadConversations(talkative!.id, never);
    assert.deepEqual([conversations, more, skipped], [leadConversations(talkative!, api.app.now()), false, []]);
    assert.deepEqual(api.requests.at(-1), {
      method: 'GET',
      path: `/users/${talkative!.id}/conversations`,
      params: { app: '$self_app', id_as_string: 'true' },
      authentication: 'Token',
    });
    api.faults.add(fault.answer('{"meta":{"status":200,"next_before_position":[1,"2"]},"data":[{"id":"1"},null]}'));
    const page = await client().getLeadConversations(talkative!.id, never);
    assert.deepEqual([page.conversations, page.more, page.skipped.length], [[{ id: '1' }], true, 1]);
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
      const lines: string[] = [];
      api.faults.add(what);
      const filters = {
        type: 'or',
        filters: [{ type: 'str_contains', property_name: '$email', value: { value: secret } }],
      } as const;
      const error = await failure(client({ log: (line) => lines.push(line) }).countLeads(filters, never));
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
    assert.deepEqual(clock.waits, [500, 1000, 2000]);
  });

  it('waits as long as Retry-After says, in seconds or as a date, but not for more than a minute', async () => {
    api.faults.add(fault.html(503, 7), { times: 1 });
    await client().countLeads(undefined, never);
    clock.time = Date.parse('2030-01-01T00:00:00Z');
    api.faults.add(fault.tooManyRequests(new Date('2030-01-01T00:00:09Z')), { times: 1 });
    await client({ queue: new RequestQueue(4, clock) }).countLeads(undefined, never);
    assert.deepEqual(clock.waits.filter((wait) => wait > 0).slice(0, 2), [7000, 9000]);
    api.faults.add(fault.tooManyRequests(61));
    api.requests.length = 0;
    assert.equal((await failure(client().countLeads(undefined, never))).retryAfter, 61_000);
    assert.equal(api.requests.length, 1);
  });

  it('gives up in time, and at once when it is cancelled, also while it waits to try again', async () => {
    api.faults.add(fault.silence());
    assert.equal((await failure(client({ timeout: 50 }).countLeads(undefined, never))).kind, 'timeout');
    const abort = new AbortController();
    const cancelled = failure(client().countLeads(undefined, abort.signal));
    abort.abort();
    assert.equal((await cancelled).kind, 'cancelled');
    api.faults.clear();
    api.faults.add(fault.reset());
    const second = new AbortController();
    const waiting = client({
      clock: {
        now: Date.now,
        sleep: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason as Error));
            second.abort();
          }),
      },
    });
    assert.equal((await failure(waiting.countLeads(undefined, second.signal))).kind, 'cancelled');
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
