import assert from 'node:assert/strict';
import { otherChoice } from '../../service/otherChoices';
import { ask, smallApi } from './sampleRequest';

interface Event {
  id: string;
  created: number;
  type: { id: string; name: string; score: number; visible: boolean };
  user: string;
  props: unknown;
}

const everything = Object.fromEntries(
  [
    'props_custom',
    'props_events',
    'presence_details',
    'events',
    'segments',
    'notes',
    'tags',
    'email_status',
    'timezone_offset',
  ].map((name) => [name, true]),
);

describe('GET /users/{id}', () => {
  const get = async (api: ReturnType<typeof smallApi>, id: string, params: Record<string, string | boolean> = {}) => {
    const { status, body } = await ask(api, `/users/${id}`, { id_as_string: true, ...params });
    assert.equal(status, 200, body);
    return (JSON.parse(body) as { data: Record<string, unknown> }).data;
  };

  it('gives the lead of the list, and the rest only when it is asked for', async () => {
    const api = smallApi();
    for (const id of api.app.query()) {
      const { user_id: userId, removed, ...user } = await get(api, id);
      assert.deepEqual(user, JSON.parse(api.app.json(id)!));
      assert.equal(userId, api.app.record(id)!.props.$user_id ?? null);
      assert.equal(removed, null);
      assert.deepEqual(Object.keys(await get(api, id, everything)).slice(5), Object.keys(everything));
    }
    assert.ok(!('props' in (await get(api, api.app.query()[0]!, { props: false }))));
  });

  it('gives the segments a lead is in: those whose filter gives it, as far as the list can be asked for it', async () => {
    const api = smallApi(400);
    const members = new Map<string, { filters: string; ids: string[] }>();
    for (const id of api.app.query()) {
      const { segments } = await get(api, id, { segments: true });
      for (const { name, filters } of segments as { name: string; filters: string }[]) {
        const known = members.get(name) ?? { filters, ids: [] };
        members.set(name, { filters, ids: [...known.ids, id] });
      }
    }
    assert.equal(members.size, 6);
    for (const [name, { filters, ids }] of members) {
      if (name === 'VIPs of this month') assert.throws(() => api.app.query({ filters }));
      else assert.deepEqual(ids, api.app.query({ filters }), name);
    }
  });

  it('gives custom and event properties apart', async () => {
    const api = smallApi();
    const [id] = api.app.idsOf('many properties');
    const user = await get(api, id!, everything);
    assert.equal(Object.keys(user.props_events as object).length, 600);
    assert.equal(Object.keys(user.props_custom as object).length, 395);
    api.faults.add(otherChoice.systemPropsOnly());
    assert.equal(Object.keys((await get(api, id!)).props as object).length, 605);
  });

  it('gives events by type id, or as the list of older documentation', async () => {
    const api = smallApi();
    const [id] = api.app.idsOf('many properties');
    const dictionary = (await get(api, id!, { events: true })).events as Record<string, { event_type: { id: string } }>;
    api.faults.add(otherChoice.eventsAsList());
    const list = (await get(api, id!, { events: true })).events as unknown[];
    assert.equal(list.length, 200);
    assert.deepEqual(Object.values(dictionary), list);
    assert.ok(Object.entries(dictionary).every(([key, { event_type: type }]) => type.id === key));
  });

  it('gives presence details only while the lead is on the site', async () => {
    const api = smallApi(2000);
    for (const presence of ['online', 'idle', 'offline']) {
      const id = api.app.query().find((other) => api.app.record(other)!.presence === presence)!;
      const details = (await get(api, id, { presence_details: true })).presence_details as Record<
        string,
        unknown
      > | null;
      assert.equal(details === null, presence === 'offline');
      const since = details?.$active_since ?? details?.session_started;
      assert.equal(typeof since, presence === 'offline' ? 'undefined' : 'number');
    }
  });

  it('sends raw digits unless ids are asked for as strings', async () => {
    const api = smallApi();
    const id = api.app.query().at(-1)!;
    const { body } = await ask(api, `/users/${id}`, everything);
    assert.ok(body.includes(`"data":{"id":${id},`));
    assert.doesNotMatch(body, /"id":"\d+"/);
  });

  it('gives a merged lead with the date, and no wiped one', async () => {
    const api = smallApi();
    const [merged, into, wiped] = api.app.query() as [string, string, string];
    api.app.merge(merged, into);
    api.app.remove(wiped);
    assert.equal((await get(api, merged)).removed, '2026-03-01T12:00:00');
    assert.equal((await ask(api, `/users/${wiped}`)).status, 400);
    assert.ok(!api.app.query().includes(merged));
  });

  it('finds by User ID when told to, and creates a lead for an unknown one, which is remembered', async () => {
    const api = smallApi();
    assert.equal((await get(api, 'customer-77', { by_user_id: true })).id, api.app.idsOf('only a User ID')[0]);
    assert.deepEqual(api.app.createdByUserId, []);
    for (const part of ['events', 'conversations']) {
      assert.equal((await ask(api, `/users/nobody/${part}`, { by_user_id: true })).status, 400, part);
    }
    assert.equal((await ask(api, '/users/customer-77/events', { by_user_id: true })).status, 200);
    assert.deepEqual(api.app.createdByUserId, []);
    await get(api, 'nobody', { by_user_id: true });
    assert.deepEqual(api.app.createdByUserId, ['nobody']);
    assert.equal(api.app.count, 121);
  });
});

describe('GET /users/{id}/events', () => {
  const api = smallApi();
  const id = api.app.idsOf('many properties')[0]!;
  const page = async (params: Record<string, string | number | boolean>) => {
    const { status, body } = await ask(api, `/users/${id}/events`, { id_as_string: true, ...params });
    assert.equal(status, 200, body);
    return JSON.parse(body) as { meta: Record<string, unknown>; data: Event[] };
  };

  it('pages through every event once, newest first, and ends with null', async () => {
    const events: Event[] = [];
    let position: unknown = undefined;
    while (position !== null) {
      const next: Record<string, string> =
        position === undefined ? {} : { paginate_position: JSON.stringify(position) };
      const { meta, data } = await page({ paginate_count: 50, ...next });
      events.push(...data);
      position = meta.next_before_position;
    }
    assert.equal(new Set(events.map((event) => event.id)).size, events.length);
    assert.ok(events.every((event, index) => index === 0 || event.created <= events[index - 1]!.created));
    const record = api.app.record(id)!.props;
    for (const typeId of ['2001', '2100', '2200']) {
      const own = events.filter(({ type }) => type.id === typeId);
      const moment = (created: number | undefined) => new Date(created! * 1000).toISOString().slice(0, 19);
      assert.equal(own.length, record[`$event_${typeId}_count`]);
      assert.equal(moment(own[0]?.created), record[`$event_${typeId}_last`]);
      assert.equal(moment(own.at(-1)?.created), record[`$event_${typeId}_first`]);
    }
  });

  it('sends 20 unless told otherwise, of one name if told so, and props as text', async () => {
    assert.equal((await page({})).data.length, 20);
    const named = (await page({ filter_name: 'Imported event 2003', props_as_string: true })).data;
    assert.ok(named.length > 0 && named.every(({ type, props }) => type.id === '2003' && typeof props === 'string'));
  });

  it('goes back towards newer events', async () => {
    const first = await page({ paginate_count: 10 });
    const second = await page({
      paginate_count: 10,
      paginate_position: JSON.stringify(first.meta.next_before_position),
    });
    const position = JSON.stringify([second.data[0]!.created, second.data[0]!.id]);
    const back = await page({ paginate_count: 10, paginate_position: position, paginate_direction: 'after' });
    assert.deepEqual(back.data, first.data);
    assert.equal(back.meta.next_after_position, null);
  });

  it('refuses a wrong position, count and direction', async () => {
    const wrong = [
      ['paginate_position', '[1]'],
      ['paginate_position', 'x'],
      ['paginate_count', '51'],
      ['paginate_direction', 'up'],
    ] as const;
    for (const [name, value] of wrong) {
      assert.equal((await ask(api, `/users/${id}/events`, { [name]: value })).status, 400);
    }
  });
});

describe('GET /users/{id}/conversations', () => {
  it('gives at least one where nothing else makes a lead', async () => {
    const api = smallApi();
    for (const id of api.app.idsOf('only a conversation')) {
      const { body } = await ask(api, `/users/${id}/conversations`, { id_as_string: true });
      const { data } = JSON.parse(body) as { data: { id: string; part_last: { body: string }; parts_count: number }[] };
      assert.ok(
        data.length > 0 && data.every((one) => typeof one.id === 'string' && one.part_last.body && one.parts_count > 0),
      );
    }
  });
});

describe('GET /apps/{id}/activeusers', () => {
  const page = async (api: ReturnType<typeof smallApi>, params: Record<string, string | number | boolean>) => {
    const { status, body } = await ask(api, '/apps/$self_app/activeusers', { id_as_string: true, ...params });
    assert.equal(status, 200, body);
    return JSON.parse(body) as {
      meta: Record<string, unknown>;
      data: { id: string; presence: string; presence_details: Record<string, unknown> }[];
    };
  };

  it('gives everybody who is on the site once, idle ones too, by pages', async () => {
    const api = smallApi(2000);
    const found: string[] = [];
    for (let position: unknown; position !== null;) {
      const next: Record<string, string> =
        position === undefined ? {} : { paginate_position: JSON.stringify(position) };
      const { meta, data } = await page(api, { paginate_count: 7, ...next });
      assert.ok(data.every((one) => one.presence !== 'offline' && Object.keys(one.presence_details).length > 0));
      found.push(...data.map(({ id }) => id));
      position = meta.next_before_position;
    }
    const there = api.app.query().filter((id) => api.app.record(id)!.presence !== 'offline');
    assert.deepEqual(found, there);
    assert.ok(there.length > 7);
  });

  it('has those who are no leads, on the page where they are, by both sets of names', async () => {
    const api = smallApi();
    const { site } = api.app;
    const ids = Array.from({ length: 20 }, (_, index) => site.come(`Page ${index}`));
    const pagesOf = async () =>
      (await page(api, { paginate_count: 50 })).data
        .filter(({ id }) => ids.includes(id))
        .map(({ presence_details: sent }) => sent.$current_page_title ?? sent.page);
    assert.deepEqual(
      await pagesOf(),
      ids.map((_, index) => `Page ${index}`),
    );
    const names = (await page(api, { paginate_count: 50 })).data.map(({ presence_details: sent }) =>
      Object.keys(sent).includes('page'),
    );
    assert.deepEqual(new Set(names), new Set([true, false]));
    site.open(ids[7]!, 'Checkout');
    site.leave(ids[0]!);
    assert.deepEqual((await pagesOf()).length, 19);
    assert.ok((await pagesOf()).includes('Checkout'));
    assert.ok(api.app.query().every((id) => !ids.includes(id)));
  });

  it('gives a visitor who is no lead by id, with events that come in', async () => {
    const api = smallApi();
    const id = api.app.site.come('Pricing');
    api.app.site.track(id, 'Order completed', { items: { name: 'Tea' } });
    api.app.site.track(id, 'Never seen before');
    const { data } = JSON.parse((await ask(api, `/users/${id}/events`, { id_as_string: true })).body) as {
      data: { id: string; type: { name: string }; props: unknown }[];
    };
    assert.deepEqual(
      data.map(({ type, props }) => [type.name, props]),
      [
        ['Never seen before', {}],
        ['Order completed', { items: { name: 'Tea' } }],
      ],
    );
    assert.ok(BigInt(data[0]!.id) > BigInt(data[1]!.id));
    const answer = await ask(api, `/users/${id}`, { id_as_string: true, events: true });
    const user = (JSON.parse(answer.body) as { data: Record<string, unknown> }).data;
    assert.deepEqual(
      Object.values(user.events as Record<string, { count: number }>).map(({ count }) => count),
      [1, 1],
    );
  });

  it('keeps the latest thousand events of somebody, however long the app is open', () => {
    const { app } = smallApi();
    const id = app.site.come('Pricing');
    for (let number = 1; number <= 1500; number++) app.site.track(id, 'Step', { number });
    const events = app.site.events(app.site.visitor(id)!).filter(({ type }) => type.name === 'Step');
    assert.equal(events.length, 1000);
    assert.deepEqual(events[0]?.props, { number: 1500 });
  });

  it('can have them in an object', async () => {
    const api = smallApi();
    api.faults.add(otherChoice.activeUsersInObject());
    assert.ok(Array.isArray(((await page(api, {})).data as unknown as { users: unknown }).users));
  });
});
