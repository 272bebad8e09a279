import assert from 'node:assert/strict';
import { decodeActiveUsers, readVisitors, type Visitor } from '../../../src/dashly/activeUsers';
import type { CursorPage } from '../../../src/dashly/cursorPage';
import { DashlyClient } from '../../../src/dashly/client';
import { type DashlyError } from '../../../src/dashly/errors';
import type { JsonValue } from '../../../src/dashly/json';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { fault } from '../../service/faults';
import { otherChoice } from '../../service/otherChoices';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';

const never = new AbortController().signal;

describe('Who is on the site now', () => {
  const served = (visitors: number) => {
    const api = new TestApi(new TestApp({ leads: 0 }));
    // All in one second: the service sorts by it.
    const moment = api.app.now();
    const ids = Array.from({ length: visitors }, (_, index) => api.app.site.come(`Page ${index}`, moment));
    const client = new DashlyClient({
      address: sampleAddress,
      adapter: sampleAdapter(api),
      app: '$self_app',
      token: api.token,
    });
    return { api, ids, client };
  };

  it('is read page by page, 5,000 visitors each once, in the order of the service', async () => {
    const { api, ids, client } = served(5000);
    const { visitors, pages, more } = await readVisitors(client, never);
    assert.deepEqual(
      visitors.map(({ id }) => id),
      ids,
    );
    assert.deepEqual({ pages, more, requests: api.requests.length }, { pages: 100, more: false, requests: 100 });
    assert.ok(api.requests.every(({ params }) => params.id_as_string === 'true' && params.paginate_count === '50'));
  });

  it('is read from one piece, as an array or in an object', async () => {
    for (const choice of [undefined, otherChoice.activeUsersInObject()]) {
      const { api, ids, client } = served(20);
      if (choice) api.faults.add(choice);
      const { visitors, pages } = await readVisitors(client, never);
      assert.deepEqual([visitors.map(({ id }) => id), pages], [ids, 1]);
    }
    const { api, client } = served(1200);
    api.app.site.inOnePiece = true;
    assert.equal((await readVisitors(client, never)).visitors.length, 1200);
    assert.equal(api.requests.length, 1);
  });

  it('ends where the cursor does not move, and at 10,000', async () => {
    const repeats = (pages: readonly CursorPage<Visitor>[]) => {
      let asked = 0;
      return {
        client: { listActiveUsers: () => Promise.resolve(pages[Math.min(asked++, pages.length - 1)]!) },
        asked: () => asked,
      };
    };
    const page = (from: number, count: number): CursorPage<Visitor> => ({
      items: Array.from({ length: count }, (_, index) => ({
        id: String(from + index),
        presence: '',
        details: {},
        record: {},
      })),
      next: [1, 'same'],
      skipped: [],
    });
    const same = repeats([page(1, 50)]);
    assert.equal((await readVisitors(same.client, never)).visitors.length, 50);
    assert.equal(same.asked(), 2);
    const many = repeats(Array.from({ length: 300 }, (_, index) => page(1 + index * 50, 50)));
    const { visitors, more } = await readVisitors(many.client, never);
    assert.deepEqual([visitors.length, more], [10_000, true]);
  });

  it('leaves out what has no id, and keeps what is sent besides', () => {
    const page = decodeActiveUsers([{ presence: 'idle' }, 7, { id: 5, presence_details: null, more: true }], {});
    assert.deepEqual(page?.items, [
      { id: '5', presence: '', details: {}, record: { id: 5, presence_details: null, more: true } },
    ]);
    assert.equal(page.skipped.length, 2);
    const others: JsonValue[] = ['x', null, {}, { users: {} }];
    for (const data of others) assert.equal(decodeActiveUsers(data, {}), undefined);
  });

  it('fails with what the service says of a token without the right', async () => {
    const { api, client } = served(1);
    api.faults.add(fault.error('PermissionDeniedError'), { path: 'activeusers' });
    await assert.rejects(readVisitors(client, never), (error: DashlyError) => error.kind === 'forbidden');
  });
});
