import assert from 'node:assert/strict';
import type { DashlyClient } from '../../../src/dashly/client';
import type { Lead, LeadsPage, LeadsPageQuery } from '../../../src/dashly/lead';
import { CurrentLeads } from '../../../src/leads/currentLeads';
import { LeadNews } from '../../../src/leads/leadNews';

/** An app held in memory, the lead that came last first. */
class App {
  leads: Lead[];

  constructor(count: number) {
    this.leads = Array.from({ length: count }, (_, index) => lead(`${index}`, 'offline', 1000 - index));
  }

  listLeads({ offset, limit }: LeadsPageQuery): Promise<LeadsPage> {
    const leads = this.leads.slice(offset, offset + limit);
    return Promise.resolve({ total: this.leads.length, leads, received: leads.length, skipped: [] });
  }

  come(id: string): void {
    this.leads = [lead(id, 'online', 2000), ...this.leads.filter((one) => one.id !== id)];
  }
}

function lead(id: string, presence: string, seen: number): Lead {
  const props = { $last_seen: new Date(seen * 60_000).toISOString().slice(0, 19) };
  return { id, presence, props, record: { id, presence, props } };
}

describe('News of leads', () => {
  let app: App;
  let current: CurrentLeads;
  let news: LeadNews;

  beforeEach(async () => {
    app = new App(30);
    current = new CurrentLeads(10);
    news = new LeadNews(current);
    current.setConnection({
      name: 'App',
      key: 'app',
      isSample: false,
      client: app as unknown as DashlyClient,
      fingerprint: () => Promise.resolve(''),
    });
    await current.list?.loadMore();
  });
  afterEach(() => {
    news.dispose();
    current.dispose();
  });

  it('are none for what is read first, nor for further pages', async () => {
    await current.list?.loadMore();
    assert.equal(news.unseen, 0);
  });

  it('tell who is new and who came online, until they are looked at', async () => {
    app.come('fresh');
    app.come('3');
    await current.list?.refresh();
    assert.deepEqual(
      ['fresh', '3', '4'].map((id) => news.of(id)),
      ['new', 'online', undefined],
    );
    news.seen([lead('3', 'online', 0)]);
    assert.deepEqual([news.of('3'), news.unseen], [undefined, 1]);
    await current.list?.refresh();
    assert.equal(news.of('fresh'), 'new');
    news.seen();
    assert.equal(news.unseen, 0);
  });

  it('count those that came since the rows were in sight; the marks stay', async () => {
    app.come('fresh');
    await current.list?.refresh();
    news.inSight();
    assert.deepEqual([news.of('fresh'), news.unseen], ['new', 0]);
    app.come('3');
    await current.list?.refresh();
    assert.deepEqual([news.of('fresh'), news.of('3'), news.unseen], ['new', 'online', 1]);
  });

  it('do not take those for new who moved up because others were removed', async () => {
    app.leads = app.leads.slice(3);
    await current.list?.refresh();
    assert.equal(news.unseen, 0);
  });

  it('forget who went offline again or is gone', async () => {
    app.come('3');
    app.come('fresh');
    await current.list?.refresh();
    app.leads = [lead('3', 'offline', 2000), ...app.leads.filter(({ id }) => id !== '3' && id !== 'fresh')];
    await current.list?.refresh();
    assert.equal(news.unseen, 0);
  });

  it('are over with another query', async () => {
    app.come('fresh');
    await current.list?.refresh();
    current.setQuery({ sortProp: '$name' });
    assert.equal(news.unseen, 0);
  });

  it('fire when they change', async () => {
    let fired = 0;
    news.onDidChange(() => (fired += 1));
    await current.list?.refresh();
    assert.equal(fired, 0);
    app.come('fresh');
    await current.list?.refresh();
    assert.equal(fired, 1);
  });

  it('fire when they change and are as many as before', async () => {
    app.come('fresh');
    await current.list?.refresh();
    news.inSight();
    const counts: number[] = [];
    news.onDidChange(() => counts.push(news.unseen));
    // One is gone, another has come.
    app.leads = app.leads.filter(({ id }) => id !== 'fresh');
    app.come('next');
    await current.list?.refresh();
    // One that is new is online again.
    for (const presence of ['offline', 'online']) {
      app.leads = app.leads.map((one) => (one.id === 'next' ? lead('next', presence, 2000) : one));
      news.inSight();
      await current.list?.refresh();
    }
    assert.deepEqual(counts, [1, 1]);
  });
});
