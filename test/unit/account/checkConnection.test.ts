import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Checked, checkConnection, type Step } from '../../../src/account/checkConnection';
import { reportText } from '../../../src/account/connectionReport';
import { DashlyClient } from '../../../src/dashly/client';
import { DashlyError, type DashlyErrorKind } from '../../../src/dashly/errors';
import { selfSigned } from '../../service/certificates';

const token = 'app.17.aSecretToken';
const signal = new AbortController().signal;
const page = '{"meta":{"status":200},"data":{"total":12345,"users":[{"id":"1","presence":"online","props":{}}]}}';

const failureKinds: readonly DashlyErrorKind[] = [
  ...([
    'dns',
    'connectionRefused',
    'reset',
    'network',
    'browser',
    'timeout',
    'proxyAuthentication',
    'tls',
    'redirect',
  ] as const),
  ...(['html', 'notJson', 'serverError', 'tooManyRequests', 'notAuthenticated', 'forbidden', 'validation'] as const),
];

/** Answers of the service by the last step of the path; what is not given succeeds. */
function service(answers: { users?: [number, string]; activeusers?: [number, string] } = {}): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (request.method === 'HEAD') {
      assert.equal(request.headers.authorization, undefined, 'the first request must not carry the token');
      response.writeHead(404).end();
      return;
    }
    const [status, body] = pathname.endsWith('/activeusers')
      ? (answers.activeusers ?? [200, '{"meta":{"status":200},"data":[]}'])
      : (answers.users ?? [200, page]);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
}

function refusal(status: number, error: string): [number, string] {
  const meta = { status, error, error_message: `No: ${token} of maks@corp.example` };
  return [status, JSON.stringify({ meta, data: {} })];
}

describe('Check Connection', () => {
  const servers: { close(): unknown; closeAllConnections(): void }[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function served(listener: RequestListener, secure = false): Promise<string> {
    const server = secure ? createSecureServer(selfSigned(['127.0.0.1']), listener) : createServer(listener);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function check(address: string, more: Partial<Checked> = {}): Promise<readonly Step[]> {
    const client = new DashlyClient({ address, app: '$self_app', token });
    return checkConnection({ address, isSample: false, client, route: 'direct', timeout: 5_000, signal, ...more });
  }

  const outcomes = (steps: readonly Step[]): string[] => steps.map(({ name, outcome }) => `${name} ${outcome}`);
  const last = (steps: readonly Step[]): Step => steps.at(-1)!;
  /** A client that fails in one way, for hosts that are not there. */
  const failing = (kind: DashlyErrorKind): Checked['client'] => ({
    countLeads: () => Promise.reject(new DashlyError(kind)),
    listActiveUsers: () => Promise.reject(new DashlyError(kind)),
  });

  it('goes all the way with a service that answers', async () => {
    const steps = await check(await served(service()));
    assert.deepEqual(outcomes(steps), [
      ...['address good', 'name skipped', 'connection good', 'tls skipped', 'http good', 'token good', 'leads good'],
      'online good',
    ]);
    assert.equal(steps.find(({ name }) => name === 'leads')?.found, '12,345 leads');
    for (const name of ['connection', 'leads', 'online']) {
      assert.equal(typeof steps.find((step) => step.name === name)?.milliseconds, 'number', name);
    }
  });

  it('says how it connected, and nothing of TLS where there is none', async () => {
    const address = await served(service());
    const connection = async (route: Checked['route']): Promise<string | undefined> =>
      (await check(address, { route })).find(({ name }) => name === 'connection')?.found;
    assert.equal(await connection('direct'), 'directly; with a first answer');
    assert.equal(
      await connection('environment'),
      'through the proxy of the environment variables; with a first answer',
    );
  });

  for (const kind of failureKinds) {
    it(`shows where it failed, once, and all that was good before, when leads cannot be counted: ${kind}`, async () => {
      const steps = await check(await served(service()), { client: failing(kind) });
      assert.equal(last(steps).outcome, 'failed');
      assert.equal(new Set(steps.map(({ name }) => name)).size, steps.length, outcomes(steps).join());
      const report = reportText(steps, {}).split('\n');
      const failedAt = report.findIndex((line) => line.includes('FAILED'));
      assert.ok(report[failedAt]?.includes(kind));
      assert.deepEqual(
        report.slice(0, failedAt).filter((line) => line.includes('not reached')),
        [],
      );
    });
  }

  for (const [users, expected] of [
    [refusal(401, 'NotAuthenticated'), 'token'],
    [refusal(403, 'AuthenticationFailed'), 'token'],
    [refusal(403, 'PermissionDeniedError'), 'leads'],
    [refusal(404, 'Error404'), 'http'],
    [refusal(405, 'MethodNotAllowed'), 'http'],
    [[200, '<html>Sign in</html>'], 'http'],
    [[302, ''], 'http'],
    [[200, '{"meta":{"status":200},"data":{}}'], 'http'],
  ] as const) {
    it(`stops at "${expected}" for ${users[0]} ${users[1].slice(0, 40)}, with advice and nothing of what was said`, async () => {
      const steps = await check(await served(service({ users: [...users] })));
      assert.deepEqual([last(steps).name, last(steps).outcome], [expected, 'failed']);
      assert.ok(last(steps).advice);
      const text = reportText(steps, {});
      for (const secret of [token, 'maks', 'corp', '127.0.0.1', '$self_app']) assert.ok(!text.includes(secret), secret);
      assert.match(text, new RegExp(`status ${users[0]}`));
    });
  }

  it('says that a token without the right to see visitors is good for the list', async () => {
    const steps = await check(await served(service({ activeusers: refusal(403, 'PermissionDeniedError') })));
    assert.deepEqual([last(steps).name, last(steps).outcome], ['online', 'warning']);
    assert.match(last(steps).advice ?? '', /does not need it/);
  });

  it('tells a certificate that nobody vouches for, and what to do about a private authority', async () => {
    const steps = await check(await served(service(), true));
    assert.deepEqual(outcomes(steps).slice(-2), ['connection good', 'tls failed']);
    assert.match(last(steps).advice ?? '', /authority/);
  });

  it('tells a refused connection, and names ad blockers', async () => {
    const address = await served(service());
    await new Promise((resolve) => {
      (servers.pop() as ReturnType<typeof createServer>).close(resolve);
    });
    const steps = await check(address);
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'connectionRefused, directly']);
    assert.match(last(steps).advice ?? '', /ad blockers/);
  });

  it('gives up a service that accepts and does not answer', async () => {
    const steps = await check(await served(() => undefined), { timeout: 100 });
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'timeout, directly']);
  });

  it('names the proxy where one may be asking for a sign-in, which fetch does not tell', async () => {
    const steps = await check(await served((_, response) => response.writeHead(407).end()));
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'network, directly']);
    assert.match(last(steps).advice ?? '', /http\.proxy/);
  });

  for (const ips of [['0.0.0.0'], ['::'], ['127.0.0.1', '::1'], []]) {
    it(`takes ${ips.join(' and ') || 'no address'} for the answer of a DNS that filters`, async () => {
      const steps = await check('https://api.dashly.app', { lookUp: () => Promise.resolve(ips) });
      assert.deepEqual(outcomes(steps), ['address good', 'name failed']);
      assert.match(last(steps).advice ?? '', /ad blockers/);
    });
  }

  it('stops at a name that nobody knows; behind a proxy goes on', async () => {
    const lookUp = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    const address = 'https://no-such-name.invalid';
    assert.deepEqual(outcomes(await check(address, { lookUp })), ['address good', 'name failed']);
    const behind = await check(address, { lookUp, route: 'system', client: failing('dns') });
    assert.deepEqual(outcomes(behind).slice(0, 2), ['address good', 'name warning']);
    assert.deepEqual(outcomes(behind).slice(2), ['connection failed']);
    assert.match(reportText(behind, {}), /^Connected +FAILED +dns, directly or through a proxy/m);
    assert.ok(!reportText(behind, {}).includes('no-such-name'));
  });

  it('leaves the name to the proxy where one is set', async () => {
    for (const route of ['setting', 'environment'] as const) {
      const lookUp = () => Promise.reject(new Error('not to be asked'));
      const steps = await check('https://no-such-name.invalid', { lookUp, route, client: failing('dns') });
      assert.deepEqual(outcomes(steps), ['address good', 'name skipped', 'connection failed']);
    }
  });

  it('asks no network about the sample app', async () => {
    const client = { countLeads: () => Promise.resolve(12_345), listActiveUsers: () => Promise.reject(new Error()) };
    const steps = await check('https://sample.invalid', { isSample: true, client });
    assert.deepEqual([...new Set(steps.map(({ outcome }) => outcome))].sort(), ['good', 'skipped']);
  });

  it('can be cancelled', async () => {
    const cancelling = new AbortController();
    const address = await served(() => cancelling.abort());
    await assert.rejects(
      check(address, { signal: cancelling.signal }),
      (error) => error instanceof DashlyError && error.kind === 'cancelled',
    );
  });
});
