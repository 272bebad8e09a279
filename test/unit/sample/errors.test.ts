import assert from 'node:assert/strict';
import { otherChoice } from '../../service/otherChoices';
import { sampleToken } from '../../../src/sample/sampleApi';
import type { ErrorBody } from './sampleRequest';
import { ask, smallApi } from './sampleRequest';

const users = '/apps/$self_app/users';

describe('errors of the sample API', () => {
  async function refused(
    path: string,
    params: Record<string, string | number> = {},
    request: Parameters<typeof ask>[3] = {},
    api = smallApi(),
  ): Promise<[number, string, ErrorBody['meta']]> {
    const { status, body } = await ask(api, path, params, request);
    const { meta, data } = JSON.parse(body) as ErrorBody;
    assert.equal(meta.status, status);
    assert.deepEqual(data, {});
    assert.ok(meta.error_message);
    return [status, meta.error, meta];
  }

  for (const [params, field] of [
    [{ limit: 0 }, 'limit'],
    [{ limit: 51 }, 'limit'],
    [{ limit: 'ten' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ offset: -1 }, 'offset'],
    [{ sort_order: 'up' }, 'sort_order'],
    [{ filters: '{' }, 'filters'],
    [{ filters: '5' }, 'filters'],
    [{ filters: '{"type":"not","filters":[]}' }, 'filters'],
    [{ filters: '{"type":"and","filters":{}}' }, 'filters'],
    [{ filters: '[{"type":"and","filters":[]}]' }, 'filters'],
    [{ filters: '[{"type":"like","property_name":"$name","value":{}}]' }, 'filters'],
    [{ filters: '[{"type":"toString","property_name":"$name","value":{}}]' }, 'filters'],
    [{ filters: '[{"type":"known","value":{}}]' }, 'filters'],
    [{ filters: '[{"type":"gt","property_name":"x","value":{}}]' }, 'filters'],
    [{ filters: '[{"type":"gt","property_name":"x","value":{"value":"many"}}]' }, 'filters'],
    [{ filters: '[{"type":"range","property_name":"x","value":{"value1":1}}]' }, 'filters'],
    [{ filters: '[{"type":"str_eq","property_name":"x","value":{"value":5}}]' }, 'filters'],
    [{ filters: '[{"type":"daysless","property_name":"x","value":{"value":5,"unit":"months"}}]' }, 'filters'],
  ] as const) {
    it(`refuses ${JSON.stringify(params)} as a ValidationError of ${field}`, async () => {
      const [status, error, meta] = await refused(users, params);
      assert.deepEqual([status, error, Object.keys(meta.error_fields ?? {})], [400, 'ValidationError', [field]]);
    });
  }

  it('names every wrong parameter at once, and the condition that is wrong', async () => {
    const [, , meta] = await refused(users, { limit: 0, offset: -1, sort_order: 'x' });
    assert.deepEqual(Object.keys(meta.error_fields ?? {}).sort(), ['limit', 'offset', 'sort_order']);
    const good = { type: 'known', property_name: '$name', value: {} };
    const [, , second] = await refused(users, { filters: JSON.stringify([good, { ...good, type: 'x' }]) });
    assert.match(second.error_fields?.filters?.[0] ?? '', /Condition 2.*"x"/);
  });

  it('knows no lead that is not there: 400 LookupError', async () => {
    for (const id of ['1', 'somebody', '99999999999999999999999']) {
      assert.deepEqual((await refused(`/users/${id}`)).slice(0, 2), [400, 'LookupError']);
    }
  });

  it('wants a token it knows: 401 NotAuthenticated', async () => {
    const tries: Record<string, string>[] = [
      {},
      { authorization: 'Token wrong' },
      { authorization: `Basic ${sampleToken}` },
      { authorization: sampleToken },
      { authorization: '' },
    ];
    for (const headers of tries) {
      assert.deepEqual((await refused(users, {}, { headers })).slice(0, 2), [401, 'NotAuthenticated']);
    }
  });

  it('can refuse a bad token as the old documentation says: 403 AuthenticationFailed', async () => {
    const api = smallApi(5);
    api.faults.add(otherChoice.badTokenIsForbidden());
    const answer = await refused(users, {}, { headers: { authorization: 'Token wrong' } }, api);
    assert.deepEqual(answer.slice(0, 2), [403, 'AuthenticationFailed']);
  });

  it('lets nobody read another app: 403 PermissionDeniedError', async () => {
    assert.deepEqual((await refused('/apps/12/users')).slice(0, 2), [403, 'PermissionDeniedError']);
    assert.deepEqual((await refused('/users/3568', { app: '12' })).slice(0, 2), [403, 'PermissionDeniedError']);
  });

  it('has no other paths: 404 Error404', async () => {
    for (const path of [
      '/',
      '/apps',
      '/apps/$self_app',
      '/apps/$self_app/user',
      '/users/',
      '/users/1/secrets',
      '/v1/users/1',
    ]) {
      assert.deepEqual((await refused(path)).slice(0, 2), [404, 'Error404'], path);
    }
  });

  it('only reads: 405 MethodNotAllowed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      assert.deepEqual((await refused(users, {}, { method })).slice(0, 2), [405, 'MethodNotAllowed'], method);
    }
  });

  it('accepts Token, Bearer and auth_token, %24self_app, its own id and a trailing slash', async () => {
    const api = smallApi();
    const accepted = [
      await ask(api, users),
      await ask(api, users, {}, { headers: { authorization: `Bearer ${sampleToken}` } }),
      await ask(api, users, { auth_token: sampleToken }, { headers: {} }),
      await ask(api, '/apps/%24self_app/users'),
      await ask(api, `/apps/${api.app.appId}/users`),
      await ask(api, `${users}/`),
      await ask(api, `https://api.example.com${users}`),
    ];
    assert.deepEqual(
      accepted.map(({ status }) => status),
      accepted.map(() => 200),
    );
    assert.deepEqual(new Set(accepted.map(({ body }) => body)).size, 1);
    assert.deepEqual(
      api.requests.map(({ authentication }) => authentication),
      ['Token', 'Bearer', 'auth_token', 'Token', 'Token', 'Token', 'Token'],
    );
  });

  it('remembers what was asked, without the token', async () => {
    const api = smallApi();
    await ask(api, users, { limit: 3, auth_token: sampleToken });
    await ask(api, users, {}, { headers: { authorization: `Token ${sampleToken}` } });
    assert.deepEqual(api.requests[0], { method: 'GET', path: users, params: { limit: '3' }, authentication: 'Token' });
    assert.ok(!JSON.stringify(api.requests).includes(sampleToken));
  });
});
