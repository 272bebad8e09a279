import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { EventFollowing } from '../../../src/card/eventFollowing';
import { LeadRequests } from '../../../src/card/leadRequests';
import { DashlyClient } from '../../../src/dashly/client';
import { sampleAdapter, sampleAddress } from '../../../src/sample/sampleApi';
import { fault } from '../../service/faults';
import { TestApi } from '../../service/testApi';
import { TestApp } from '../../service/testApp';

describe('Following the events of a lead', () => {
  let api: TestApi;
  let requests: LeadRequests;
  let following: EventFollowing;
  let visible: boolean;
  let lead: string;
  let underWay = 0;
  /** Until nothing is being read any more. */
  const settled = async (): Promise<void> => {
    do await new Promise((resolve) => setImmediate(resolve));
    while (underWay > 0);
    await new Promise((resolve) => setImmediate(resolve));
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 0, 5, 12) });
    visible = true;
    api = new TestApi(new TestApp({ leads: 30, special: false }));
    lead = api.app.query().find((id) => api.app.site.events(api.app.record(id)!).length > 60) ?? '';
    const client = new DashlyClient({
      address: sampleAddress,
      adapter: sampleAdapter(api),
      app: '$self_app',
      token: api.token,
    });
    requests = new LeadRequests(lead, () => client);
    following = new EventFollowing({
      read: async () => {
        underWay++;
        const outcome = await requests.readArrived();
        underWay--;
        return outcome;
      },
      isVisible: () => visible,
      interval: () => 3,
      changed: () => undefined,
    });
  });
  afterEach(() => {
    following.dispose();
    requests.dispose();
    mock.timers.reset();
  });

  const asked = (): number => api.requests.length;
  const shown = (): string[] => (requests.history?.value?.items ?? []).map(({ id }) => id);
  const arrived = (): string[] => [...(requests.history?.value?.arrived ?? [])];
  /** Lets so many seconds go by, with something done in each. */
  async function pass(seconds: number, each: (second: number) => void = () => undefined): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      each(second);
      mock.timers.tick(1000);
      await settled();
    }
  }
  /** Of the service, down to the last that is shown. */
  const newestTrue = (): string[] =>
    api.app.site
      .events(api.app.record(lead)!)
      .map(({ id }) => id)
      .slice(0, shown().length);

  it('asks at once and after each interval, and marks what came in since', async () => {
    following.start();
    await settled();
    assert.equal(asked(), 1);
    assert.deepEqual(arrived(), []);
    const before = shown();
    api.app.site.track(lead, 'Order completed', { items: { name: 'Tea' } });
    await pass(2);
    assert.equal(asked(), 1);
    await pass(1);
    assert.equal(asked(), 2);
    assert.deepEqual(shown().slice(1), before);
    assert.deepEqual(arrived(), shown().slice(0, 1));
    assert.equal(following.state.asked, Date.now());
  });

  it('asks once when it begins, however long the card has been open', async () => {
    await pass(60);
    following.start();
    await settled();
    await pass(2);
    assert.equal(asked(), 1);
    await pass(1);
    assert.equal(asked(), 2);
  });

  it('loses none of 200 events within 10 s and has none twice, also of one moment and over the edges of pages', async () => {
    following.start();
    await settled();
    const before = shown().length;
    await pass(13, (second) => {
      // In bursts: nothing, and then more than a page at the same moment.
      const burst = second % 4 === 1 ? 60 : second < 10 && second % 4 === 3 ? 10 : 0;
      for (let event = 0; event < burst && second < 10; event++) api.app.site.track(lead, `Event ${event % 7}`);
    });
    assert.equal(arrived().length, 200);
    assert.equal(shown().length, before + 200);
    assert.equal(new Set(shown()).size, shown().length);
    assert.deepEqual(shown(), newestTrue());
  });

  it('follows one name alone, also one that nobody has had: none is lost over the edges of pages, and others stay out', async () => {
    await requests.showOnly('Ordered');
    assert.deepEqual([shown(), requests.history?.only], [[], 'Ordered']);
    following.start();
    await settled();
    await pass(6, (second) => {
      for (let event = 0; event < 130 && second === 1; event++)
        for (const name of ['Ordered', 'Ordered twice', 'ordered']) api.app.site.track(lead, name);
    });
    assert.equal(arrived().length, 130);
    const ordered = api.app.site.events(api.app.record(lead)!).filter(({ type }) => type.name === 'Ordered');
    assert.deepEqual(
      shown(),
      ordered.map(({ id }) => id),
    );
  });

  it('shows another choice of names at once, its older pages too, and keeps the marks of what came in', async () => {
    following.start();
    await settled();
    for (const name of ['One', 'Two', 'One']) api.app.site.track(lead, name);
    await pass(3);
    const [one, , first] = shown();
    await requests.showOnly('One');
    assert.deepEqual([shown(), requests.history?.value?.next], [[one, first], null]);
    assert.ok([one, first].every((id) => arrived().includes(id!)));
    api.app.site.track(lead, 'Two');
    api.app.site.track(lead, 'One');
    await pass(3);
    assert.equal(shown().length, 3);
    await requests.showOnly(undefined);
    await requests.readHistory();
    assert.ok(shown().length > 60);
    assert.deepEqual(shown(), newestTrue());
  });

  it('drops what was asked for the name before', async () => {
    const before = requests.readHistory();
    const after = requests.showOnly('Nobody has had this');
    await Promise.all([before, after]);
    await settled();
    assert.deepEqual([requests.history?.state, shown()], ['read', []]);
  });

  for (const [when, goOn] of [
    [
      'it is begun anew',
      () => {
        following.stop();
        following.start();
      },
    ],
    ['the cause is over', () => following.recovered()],
  ] as const)
    it(`asks as often as at the start when ${when}, after it has failed`, async () => {
      following.start();
      await settled();
      const off = api.faults.add(fault.error('PermissionDeniedError'));
      await pass(3 + 6 + 12 + 24);
      off();
      goOn();
      await settled();
      const before = asked();
      await pass(6);
      assert.ok(asked() - before >= 2);
    });

  it('reads older ones for who asks while it reads what came in', async () => {
    following.start();
    await settled();
    const before = shown().length;
    mock.timers.tick(3000);
    await requests.readHistory();
    assert.ok(shown().length > before);
  });

  it('takes what comes in late, under events that are there', async () => {
    following.start();
    await settled();
    api.app.site.track(lead, 'One');
    await pass(3);
    const { site } = api.app;
    const events = site.events.bind(site);
    const [newest] = events(api.app.record(lead)!);
    const late = { ...newest!, id: '7', type: { ...newest!.type, name: 'Late' } };
    site.events = (of) => events(of).toSpliced(1, 0, late);
    await pass(3);
    assert.equal(shown()[1], '7');
    assert.ok(arrived().includes('7'));
    await pass(6);
    assert.equal(shown().filter((id) => id === '7').length, 1);
  });

  it('rests out of sight, reads then what it missed, and ends after a minute', async () => {
    following.start();
    await settled();
    visible = false;
    following.restart();
    api.app.site.track(lead, 'Missed');
    const before = asked();
    await pass(30);
    assert.equal(asked(), before);
    visible = true;
    following.restart();
    await pass(1);
    assert.equal(arrived().length, 1);
    visible = false;
    following.restart();
    await pass(60);
    assert.equal(following.state.state, 'hidden');
    visible = true;
    following.restart();
    const after = asked();
    await pass(30);
    assert.equal(asked(), after);
  });

  it('ends when it is ended, and begins with what came in meanwhile', async () => {
    following.start();
    await settled();
    following.stop();
    api.app.site.track(lead, 'Meanwhile');
    const before = asked();
    await pass(30);
    assert.equal(asked(), before);
    following.start();
    await settled();
    assert.equal(arrived().length, 1);
  });
});
