import assert from 'node:assert/strict';
import axios from 'axios';
import type { AxiosError, AxiosInstance } from 'axios';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { fault } from '../../service/faults';
import type { SampleServer } from '../../service/server';
import { serveSampleApi } from '../../service/server';
import type { ListBody } from './sampleRequest';
import { smallApi } from './sampleRequest';

const users = '/apps/$self_app/users';

for (const transport of ['over HTTP', 'through the adapter']) {
  describe(`faults ${transport}`, () => {
    const api = smallApi();
    let server: SampleServer;
    let client: AxiosInstance;

    before(async () => {
      server = await serveSampleApi(api);
      client = axios.create({
        baseURL: transport === 'over HTTP' ? server.address : sampleAddress,
        adapter: transport === 'over HTTP' ? 'fetch' : sampleAdapter(api),
        headers: { Authorization: `Token ${api.token}` },
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        maxContentLength: 16 * 1024 * 1024,
        params: { id_as_string: true },
      });
    });
    after(() => server.close());
    afterEach(() => api.faults.clear());

    const read = async () => (JSON.parse((await client.get<string>(users)).data) as ListBody).data.users;
    const failure = async (config = {}): Promise<AxiosError> => {
      try {
        await client.get(users, config);
      } catch (error) {
        assert.ok(axios.isAxiosError(error), String(error));
        return error;
      }
      assert.fail('the request succeeded');
    };

    it('without any, the answer is the list', async () => {
      assert.deepEqual(
        (await read()).map(({ id }) => id),
        api.app.query().slice(0, 20),
      );
    });

    it('each error of the table', async () => {
      for (const [error, status] of [
        ['ValidationError', 400],
        ['BadRequest', 400],
        ['LookupError', 400],
        ['NotAuthenticated', 401],
        ['AuthenticationFailed', 403],
        ['PermissionDeniedError', 403],
        ['Error404', 404],
        ['MethodNotAllowed', 405],
        ['TooManyRequests', 429],
        ['Error500', 500],
      ] as const) {
        api.faults.add(fault.error(error, 'said by a test'), { times: 1 });
        const { response } = await failure();
        assert.equal(response?.status, status);
        assert.match(String(response.data), new RegExp(`"error":"${error}","error_message":"said by a test"`));
      }
    });

    it('429 without Retry-After, with seconds, with a date', async () => {
      const date = new Date(Date.UTC(2026, 2, 1, 12, 0, 7));
      for (const [after, header] of [
        [undefined, undefined],
        [3, '3'],
        [date, 'Sun, 01 Mar 2026 12:00:07 GMT'],
      ] as const) {
        api.faults.add(fault.tooManyRequests(after), { times: 1 });
        const { response } = await failure();
        assert.equal(response?.status, 429);
        assert.equal(response.headers['retry-after'], header);
      }
    });

    it('HTML with any status', async () => {
      for (const status of [502, 503, 504]) {
        api.faults.add(fault.html(status), { times: 1 });
        const { response } = await failure();
        assert.equal(response?.status, status);
        assert.match(String(response.data), /^<!DOCTYPE html>/);
      }
      api.faults.add(fault.html(200), { times: 1 });
      assert.match((await client.get<string>(users)).data, /^<!DOCTYPE html>/);
    });

    it('a reset connection', async () => {
      api.faults.add(fault.reset(), { times: 1 });
      const error = await failure();
      assert.equal(error.code, 'ERR_NETWORK');
      assert.equal((error.cause as { code?: string } | undefined)?.code, 'ECONNRESET');
    });

    it('a body that breaks off', async () => {
      api.faults.add(fault.truncation(0.5), { times: 1 });
      assert.match((await failure()).message, /terminated|other side closed/);
    });

    it('a body that is cut but looks whole', async () => {
      api.faults.add(fault.truncation(0.5, false), { times: 1 });
      const { data } = await client.get<string>(users);
      assert.throws(() => JSON.parse(data) as unknown, SyntaxError);
    });

    it('a body that is too large', async () => {
      api.faults.add(fault.tooLarge(), { times: 1 });
      assert.match((await failure()).message, /maxContentLength/);
    });

    it('JSON of another shape, no JSON, and an error that HTTP does not tell', async () => {
      for (const body of ['[]', 'null', 'nothing to see here', '{"meta":{"status":200},"data":{"users":{}}}']) {
        api.faults.add(fault.answer(body), { times: 1 });
        assert.equal((await client.get<string>(users)).data, body);
      }
      api.faults.add(fault.hiddenError(), { times: 1 });
      assert.match((await client.get<string>(users)).data, /"status":500/);
    });

    it('no answer, until the time-out', async () => {
      api.faults.add(fault.silence(), { times: 1 });
      assert.equal((await failure({ timeout: 30 })).code, 'ETIMEDOUT');
    });

    it('no answer, until the request is aborted', async () => {
      api.faults.add(fault.silence(), { times: 1 });
      const controller = new AbortController();
      const failed = failure({ signal: controller.signal });
      const seen = api.requests.length;
      while (api.requests.length === seen) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      controller.abort();
      assert.equal((await failed).code, 'ERR_CANCELED');
    });

    it('a delay, that does not hold back other requests', async () => {
      api.faults.add(fault.delay(150), { params: { offset: '20' } });
      const order: string[] = [];
      await Promise.all([
        client.get(users, { params: { offset: 20 } }).then(() => order.push('delayed')),
        client.get(users).then(() => order.push('other')),
      ]);
      assert.deepEqual(order, ['other', 'delayed']);
    });

    it('rows that are doubled, without id, with null props, of an unknown presence', async () => {
      const first = (await read())[0]!;
      const once = async (what: ReturnType<typeof fault.reset>) => {
        api.faults.add(what, { times: 1 });
        return read();
      };
      const doubled = await once(fault.duplicateRows());
      assert.deepEqual([doubled.length, doubled[0]!.id], [21, doubled[20]!.id]);
      assert.ok(!('id' in (await once(fault.withoutId()))[0]!));
      assert.equal((await once(fault.nullProps()))[0]!.props, null);
      assert.ok(!('props' in (await once(fault.withoutProps()))[0]!));
      assert.equal((await once(fault.unknownPresence()))[0]!.presence, 'away');
      assert.ok((await once(fault.unknownFields())).every((item) => 'novelty' in item));
      assert.deepEqual((await read())[0], first);
    });

    it('on one path only, for so many requests, until switched off', async () => {
      const off = api.faults.add(fault.error('Error500'), { path: '/users/3568' });
      await read();
      off();
      api.faults.add(fault.error('Error500'), { times: 2 });
      api.faults.add(fault.reset(), { times: 1 });
      assert.equal((await failure()).response?.status, 500);
      assert.equal((await failure()).response?.status, 500);
      assert.equal((await failure()).code, 'ERR_NETWORK');
      await read();
    });
  });
}

describe('the sample server', () => {
  it('keeps connections open and says when its port is taken', async () => {
    const server = await serveSampleApi(smallApi());
    try {
      const response = await fetch(`${server.address}/apps/$self_app/users`, {
        headers: { authorization: `Token ${server.token}` },
      });
      assert.notEqual(response.headers.get('connection'), 'close');
      assert.equal(Number(response.headers.get('content-length')), Buffer.byteLength(await response.text()));
      const port = Number(new URL(server.address).port);
      await assert.rejects(serveSampleApi(smallApi(), { port }), { code: 'EADDRINUSE' });
    } finally {
      await server.close();
    }
  });
});
