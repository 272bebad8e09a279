import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  type Checked,
  checkConnection,
  describeProxy,
  networkVariablesIn,
  reportText,
  type Step,
} from '../../../src/account/checkConnection';
import { DashlyClient } from '../../../src/dashly/client';
import { DashlyError, type DashlyErrorKind } from '../../../src/dashly/errors';
import { selfSigned } from '../dashly/selfSigned';

const token = 'app.17.aSecretToken';
const signal = new AbortController().signal;
const page = '{"meta":{"status":200},"data":{"total":12345,"users":[{"id":"1","presence":"online","props":{}}]}}';

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
    const server = secure ? createSecureServer(selfSigned, listener) : createServer(listener);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function check(address: string, more: Partial<Checked> = {}): Promise<readonly Step[]> {
    const client = new DashlyClient({ address, app: '$self_app', token });
    return checkConnection({ address, isSample: false, client, mayUseProxy: false, timeout: 5_000, signal, ...more });
  }

  const outcomes = (steps: readonly Step[]): string[] => steps.map(({ name, outcome }) => `${name} ${outcome}`);
  const last = (steps: readonly Step[]): Step => steps.at(-1)!;
  /** A client that fails in one way, for hosts that are not there. */
  const failing = (kind: DashlyErrorKind): Checked['client'] => ({
    countLeads: () => Promise.reject(new DashlyError(kind)),
    checkActiveUsers: () => Promise.reject(new DashlyError(kind)),
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
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'connectionRefused']);
    assert.match(last(steps).advice ?? '', /ad blockers/);
  });

  it('gives up a service that accepts and does not answer', async () => {
    const steps = await check(await served(() => undefined), { timeout: 100 });
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'timeout']);
  });

  it('names the proxy where one may be asking for a sign-in, which fetch does not tell', async () => {
    const steps = await check(await served((_, response) => response.writeHead(407).end()));
    assert.deepEqual([last(steps).name, last(steps).found], ['connection', 'network']);
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
    const behind = await check(address, { lookUp, mayUseProxy: true, client: failing('dns') });
    assert.deepEqual(outcomes(behind).slice(0, 2), ['address good', 'name warning']);
    assert.equal(last(behind).outcome, 'failed');
    assert.ok(!reportText(behind, {}).includes('no-such-name'));
  });

  it('asks no network about the sample app', async () => {
    const client = { countLeads: () => Promise.resolve(12_345), checkActiveUsers: () => Promise.reject(new Error()) };
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

  it('reports every step on a line, with its time, and those that were not reached', () => {
    const text = reportText(
      [
        { name: 'address', outcome: 'good', found: 'Dashly, https://api.dashly.app' },
        { name: 'name', outcome: 'failed', found: 'dns', milliseconds: 12, advice: 'Do this.' },
      ],
      { 'VS Code': '1.105.0' },
    );
    assert.match(text, /^Address +ok +Dashly, https:\/\/api\.dashly\.app$/m);
    assert.match(text, /^Name resolved +FAILED +dns \(12 ms\)\n +→ Do this\.$/m);
    assert.equal(text.match(/not reached$/gm)?.length, 6);
    assert.match(text, /^VS Code: 1\.105\.0$/m);
  });

  it('describes a proxy and the environment without what is private', () => {
    const described = describeProxy('http://anna:pass@proxy.corp.example:8080');
    assert.equal(described, 'set (http, port 8080, with name and password)');
    assert.equal(describeProxy('http://proxy.corp.example:3128'), 'set (http, port 3128, without name and password)');
    assert.equal(describeProxy(''), 'not set');
    assert.equal(describeProxy('proxy corp'), 'set, but not an address');
    const environment = { https_proxy: 'http://anna:pass@proxy', NO_PROXY: '', HOME: '/home/anna' };
    assert.deepEqual(networkVariablesIn(environment), ['https_proxy']);
  });
});
