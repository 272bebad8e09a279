import assert from 'node:assert/strict';
import { otherChoice, otherFilters } from '../../service/otherChoices';
import { type ErrorBody, ask, list, smallApi } from './sampleRequest';

const users = '/apps/$self_app/users';

/** What section 6 of API.md leaves open: the sample API's choice, and the other answer. */
describe('what no source settles can be had both ways', () => {
  const sample = (type: string, property: string, value: object = {}) => ({
    filters: JSON.stringify([{ type, property_name: property, value }]),
  });

  it('`total`', async () => {
    const api = smallApi();
    assert.equal((await list(api)).total, 120);
    api.faults.add(otherChoice.totalStopsAt(100));
    assert.equal((await list(api)).total, 100);
  });

  it('an offset past the end', async () => {
    const api = smallApi();
    api.faults.add(otherChoice.pastEndIsRefused());
    assert.equal((await list(api, { offset: 119 })).users.length, 1);
    const { status, body } = await ask(api, users, { offset: 120 });
    assert.deepEqual([status, (JSON.parse(body) as ErrorBody).meta.error], [400, 'BadRequest']);
  });

  it('`%24self_app` and a trailing slash', async () => {
    const api = smallApi();
    api.faults.add(otherChoice.encodedSelfAppIsRefused());
    api.faults.add(otherChoice.trailingSlashIsRefused());
    assert.equal((await ask(api, users)).status, 200);
    assert.equal((await ask(api, '/apps/%24self_app/users')).status, 403);
    assert.equal((await ask(api, `${users}/`)).status, 404);
  });

  it('whether negations match leads without the property', async () => {
    const [all, some] = [smallApi(), smallApi(120, { changeFilter: otherFilters.negationsWantTheProperty })];
    for (const [type, property, value] of [
      ['neq', '$revenue', { value: -1 }],
      ['str_neq', '$name', { value: 'nobody is called so' }],
      ['str_notcontains', '$name', { value: 'nobody is called so' }],
    ] as const) {
      assert.equal((await list(all, sample(type, property, value))).total, 120, type);
      assert.equal(
        (await list(some, sample(type, property, value))).total,
        (await list(all, sample('known', property))).total,
        type,
      );
    }
    const isFalse = (await list(some, sample('bool_false', 'newsletter'))).total;
    const isTrue = (await list(some, sample('bool_true', 'newsletter'))).total;
    assert.equal(isFalse + isTrue, (await list(all, sample('known', 'newsletter'))).total);
  });

  it('whether a date on the bound is inside', async () => {
    const [outside, inside] = [smallApi(0), smallApi(0, { changeFilter: otherFilters.dateBoundsAreInside })];
    for (const api of [outside, inside]) api.app.add({ $last_seen: '2026-03-01T11:00:00' });
    for (const type of ['daysless', 'daysmore']) {
      const hourAgo = sample(type, '$last_seen', { value: 1, unit: 'hours' });
      assert.equal((await list(outside, hourAgo)).total, 0);
      assert.equal((await list(inside, hourAgo)).total, 1);
    }
  });
});
