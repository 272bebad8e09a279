import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DashlyClient } from '../../../src/dashly/client';
import { ExactNumber } from '../../../src/dashly/json';
import { failure } from './failure';
import { settled } from './mockedTime';
import { selfSigned } from '../../service/certificates';

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

  it('asks once more, at once, when the server closes a connection that had been idle', async () => {
    const used = new Set<unknown>();
    let met = false;
    await answeredBy(
      ({ socket }, response) => {
        // The first connection that is used a second time is found closed.
        if (!met && used.has(socket)) {
          met = true;
          socket.destroy();
        } else response.end('{"meta":{"status":200},"data":{"total":7,"users":[]}}');
        used.add(socket);
      },
      async (address) => {
        const lines: string[] = [];
        const client = new DashlyClient({ address, app: 'a', token: 't', log: (line) => lines.push(line) });
        for (let times = 0; !met && times < 100; times++) {
          assert.equal(await client.countLeads(undefined, never), 7);
          await settled();
        }
        assert.deepEqual(
          lines.filter((line) => line.includes('again')),
          ['GET /apps/{id}/users: reset, again in 0 ms'],
        );
      },
    );
  });

  it('waits as usual when Retry-After is nonsense, and by the clock of the service when it is a date', async () => {
    const headers = [
      { 'retry-after': 'retry in 10' },
      { 'retry-after': 'Sun, 06 Nov 1994 08:49:38 GMT', date: 'Sun, 06 Nov 1994 08:49:37 GMT' },
      // A date that is over.
      { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    ];
    await answeredBy(
      (_, response) => {
        const next = headers.shift();
        if (next) response.writeHead(429, next).end();
        else response.end('{"meta":{"status":200},"data":{"total":7,"users":[]}}');
      },
      async (address) => {
        const lines: string[] = [];
        const log = (line: string) => lines.push(line);
        const client = new DashlyClient({ address, app: 'a', token: 't', log, random: () => 0 });
        assert.equal(await client.countLeads(undefined, never), 7);
        assert.deepEqual(
          lines.filter((line) => line.includes('again')).map((line) => /in (\d+) ms/.exec(line)?.[1]),
          ['250', '1000', '1000'],
        );
      },
    );
  });

  it('reads gzip, counts it as it is unpacked, and leaves an answer that takes too long in the middle', async () => {
    const page = '{"meta":{"status":200},"data":{"total":7,"users":[]}}';
    const answers = [gzipSync(page), gzipSync(`{"padding":"${' '.repeat(17 * 1024 * 1024)}"}`)];
    let left: Promise<unknown> | undefined;
    await answeredBy(
      (request, response) => {
        const next = answers.shift();
        response.writeHead(200, next && { 'content-encoding': 'gzip' });
        if (next) response.end(next);
        else {
          response.write('{"meta"');
          left = new Promise((resolve) => request.socket.on('close', resolve));
        }
      },
      async (address) => {
        const client = new DashlyClient({ address, app: 'a', token: 't' });
        assert.equal(await client.countLeads(undefined, never), 7);
        assert.equal((await failure(client.countLeads(undefined, never))).kind, 'tooLarge');
        const late = new DashlyClient({ address, app: 'a', token: 't', timeout: () => 300 });
        assert.equal((await failure(late.countLeads(undefined, never))).kind, 'timeout');
        await left;
      },
    );
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
    const server = createSecureServer(selfSigned(['127.0.0.1']), (request, response) => {
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
