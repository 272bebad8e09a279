import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { DashlyClient } from '../../../src/dashly/client';
import { ExactNumber } from '../../../src/dashly/json';
import { failure } from './failure';
import { selfSigned } from './selfSigned';

const never = new AbortController().signal;

describe('the client against other servers', () => {
  async function answeredBy(listener: RequestListener, use: (address: string) => Promise<void>): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it('keeps every digit of ids and properties, joins a path prefix, and encodes ids', async () => {
    const urls: string[] = [];
    const body =
      '{"meta":{"status":200},"data":{"total":1,"users":[{"id":1448121617782670208,"props":{"n":12345678901234567890}}]}}';
    await answeredBy(
      (request, response) => {
        urls.push(request.url ?? '');
        response.end(body);
      },
      async (address) => {
        const client = new DashlyClient({ address: `${address}/eu/`, app: 'a/b?c', token: 't' });
        const page = await client.listLeads({ offset: 0, limit: 1 }, never);
        assert.equal(page.leads[0]!.id, '1448121617782670208');
        assert.deepEqual(page.leads[0]!.props.n, new ExactNumber('12345678901234567890'));
        assert.equal((await failure(client.getLead('..', never))).kind, 'wrongPath');
      },
    );
    assert.deepEqual(urls, ['/eu/apps/a%2Fb%3Fc/users?offset=0&limit=1&id_as_string=true']);
  });

  it('sends the token nowhere else: a redirect is not followed', async () => {
    const seen: string[] = [];
    await answeredBy(
      (request, response) => {
        seen.push(request.headers.authorization ?? '');
        response.end();
      },
      (elsewhere) =>
        answeredBy(
          (_, response) => response.writeHead(307, { location: elsewhere }).end(),
          async (address) => {
            const client = new DashlyClient({ address, app: 'a', token: 'secret' });
            assert.equal((await failure(client.countLeads(undefined, never))).kind, 'redirect');
          },
        ),
    );
    assert.deepEqual(seen, []);
  });

  it('stops reading an endless answer at the limit', async () => {
    let sent = 0;
    await answeredBy(
      (_, response) => {
        const chunk = Buffer.alloc(1024 * 1024, ' ');
        const more = (): void => {
          while (!response.destroyed && response.write(chunk)) sent++;
        };
        response.on('drain', more);
        more();
      },
      async (address) => {
        const client = new DashlyClient({ address, app: 'a', token: 't' });
        assert.equal((await failure(client.countLeads(undefined, never))).kind, 'tooLarge');
      },
    );
    assert.ok(sent < 64);
  });

  it('tells a refused connection from an unknown name', async () => {
    let closed = '';
    await answeredBy(
      (_, response) => response.end(),
      (address) => {
        closed = address;
        return Promise.resolve();
      },
    );
    const client = (address: string): DashlyClient => new DashlyClient({ address, app: 'a', token: 't' });
    assert.equal((await failure(client(closed).countLeads(undefined, never))).kind, 'connectionRefused');
    assert.equal((await failure(client('https://no-such-name.invalid').countLeads(undefined, never))).kind, 'dns');
  });

  it('sends nothing to a server whose certificate nobody vouches for, and says so', async () => {
    const urls: string[] = [];
    const server = createSecureServer(selfSigned, (request, response) => {
      urls.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const client = new DashlyClient({ address: `https://127.0.0.1:${port}`, app: 'a', token: 'secret' });
      const error = await failure(client.countLeads(undefined, never));
      assert.deepEqual([error.kind, error.again], ['tls', 'never']);
      assert.match(error.detail, /DEPTH_ZERO_SELF_SIGNED_CERT/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    assert.deepEqual(urls, []);
  });

  it('points to the proxy when one asks for a sign-in, although fetch hides what it answered', async () => {
    await answeredBy(
      (_, response) => response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('<html>'),
      async (address) => {
        const client = new DashlyClient({ address, app: 'a', token: 't' });
        assert.match((await failure(client.countLeads(undefined, never))).message, /\bproxy settings\b/);
      },
    );
  });
});
