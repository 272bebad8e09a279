import assert from 'node:assert/strict';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';
import { otherChoice } from '../../service/otherChoices';
import type { ListBody } from './sampleRequest';
import { ask, list, noon, smallApi } from './sampleRequest';

describe('GET /apps/{id}/users', () => {
  it('sends 20 leads from the start, last seen first', async () => {
    const api = smallApi();
    const { total, users } = await list(api);
    assert.equal(total, 120);
    assert.deepEqual(
      users.map(({ id }) => id),
      api.app.query().slice(0, 20),
    );
    const seen = users.map(({ props }) => String(props.$last_seen));
    assert.deepEqual(seen, [...seen].sort().reverse());
  });

  it('sends items of id, presence and props and nothing else', async () => {
    for (const user of (await list(smallApi(), { limit: 50 })).users) {
      assert.deepEqual(Object.keys(user), ['id', 'presence', 'props']);
    }
  });

  it('walks all leads in pages without repeating or missing one, and ends with a short page', async () => {
    const api = smallApi();
    const seen: string[] = [];
    const lengths: number[] = [];
    for (let offset = 0; lengths.at(-1) === undefined || lengths.at(-1) === 50; offset += 50) {
      const { users } = await list(api, { offset, limit: 50 });
      lengths.push(users.length);
      seen.push(...users.map(({ id }) => id));
    }
    assert.deepEqual(lengths, [50, 50, 20]);
    assert.deepEqual(seen, api.app.query());
  });

  it('sends an empty page at or past the end', async () => {
    for (const offset of [120, 121, 9950]) {
      const { total, users } = await list(smallApi(), { offset, limit: 50 });
      assert.deepEqual([total, users], [120, []]);
    }
  });

  it('reads no more than 10,000 leads through one query, and counts them all', async () => {
    const api = smallApi(12_345);
    const last = await list(api, { offset: 9950, limit: 50 });
    assert.equal(last.users.length, 50);
    assert.equal(last.total, 12_345);
    const past = await ask(api, '/apps/$self_app/users', { offset: 9951, limit: 50 });
    assert.equal(past.status, 400);
    assert.equal((JSON.parse(past.body) as { meta: { error: string } }).meta.error, 'BadRequest');
  });

  it('sends ids as raw digits unless strings are asked for', async () => {
    const api = smallApi();
    const [first] = api.app.query();
    const raw = (await ask(api, '/apps/$self_app/users', { limit: 1 })).body;
    assert.ok(raw.includes(`"users":[{"id":${first},"presence"`), raw);
    assert.equal(typeof (JSON.parse(raw) as ListBody).data.users[0]!.id, 'number');
    const quoted = (await ask(api, '/apps/$self_app/users', { limit: 1, id_as_string: 'TRUE' })).body;
    assert.ok(quoted.includes(`"users":[{"id":"${first}","presence"`), quoted);
  });

  it('sends long integers digit for digit', async () => {
    const { body } = await ask(smallApi(), '/apps/$self_app/users', { limit: 1, sort_prop: 'huge' });
    assert.match(
      body,
      /"order_id":1448121617782670209,"negative":-9223372036854775808,"unsigned":18446744073709551615/,
    );
    assert.match(body, /"huge":123456789012345678901234567890\b/);
  });

  it('sends every value as a string when types are not to be converted', async () => {
    const api = smallApi();
    const typed = await list(api, { limit: 50 });
    for (const off of ['false', 'FALSE', '0', '']) {
      const { users } = await list(api, { limit: 50, convert_props_types: off });
      users.forEach(({ props }, index) => {
        for (const [name, value] of Object.entries(props)) {
          const original = typed.users[index]!.props[name];
          assert.equal(typeof value, 'string');
          if (typeof original !== 'number') {
            assert.equal(value, typeof original === 'string' ? original : JSON.stringify(original), name);
          }
        }
      });
    }
    assert.deepEqual(await list(api, { limit: 50, convert_props_types: 'no' }), typed);
  });

  it('sorts by any property both ways, leads without it last, ties by id, text without case', () => {
    const app = new TestApp({ leads: 0, now: () => noon });
    const [none, b, A, ten, two, b2] = [null, 'b', 'A', 10, 2, 'B'].map((x) => app.add({ x }));
    assert.deepEqual(app.query({ sortProp: 'x', sortOrder: 'asc' }), [two, ten, A, b, b2, none]);
    assert.deepEqual(app.query({ sortProp: 'x', sortOrder: 'desc' }), [b, b2, A, ten, two, none]);
    assert.deepEqual(app.query({ sortProp: 'nobody has it' }), [none, b, A, ten, two, b2]);
  });

  it('can send null for the usual properties a lead does not have', async () => {
    const api = smallApi(120);
    api.faults.add(otherChoice.unsetPropsAreNull());
    const { users } = await list(api, { sort_prop: '$name', offset: 100 });
    assert.ok(users.some(({ props }) => props.$name === null));
    for (const { id, props } of users) {
      const record = api.app.record(id)!;
      assert.deepEqual(
        Object.keys(props)
          .filter((name) => props[name] !== null)
          .sort(),
        Object.keys(record.props).sort(),
      );
    }
  });

  it('sends a record exactly as `json` gives it', async () => {
    const api = smallApi();
    const { body } = await ask(api, '/apps/$self_app/users', { id_as_string: true, limit: 50 });
    const texts = api.app
      .query()
      .slice(0, 50)
      .map((id) => api.app.json(id));
    assert.equal(body, `{"meta":{"status":200},"data":{"total":120,"users":[${texts.join(',')}]}}`);
  });

  it('shows a lead that changed, came, came online or left in the next answer', async () => {
    const api = new TestApi(new TestApp({ leads: 60, now: () => noon }));
    const before = (await list(api, { limit: 50 })).users.map(({ id }) => id);
    const [first, second, third] = before as [string, string, string];
    api.app.change(first, { $name: 'Changed', $email: null });
    api.app.remove(second);
    const added = api.app.add({ $name: 'Added' }, 'online');
    api.app.comeOnline(third);
    const { total, users } = await list(api, { limit: 50 });
    assert.equal(total, 60);
    assert.equal(users[0]!.id, third);
    assert.equal(users[0]!.presence, 'online');
    assert.ok(!users.some(({ id }) => id === second));
    assert.equal(users.find(({ id }) => id === added)!.props.$name, 'Added');
    const changed = users.find(({ id }) => id === first)!.props;
    assert.deepEqual([changed.$name, '$email' in changed], ['Changed', false]);
  });
});
