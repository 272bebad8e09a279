import assert from 'node:assert/strict';
import type { Lead, LeadsPage, LeadsPageQuery, LeadsQuery } from '../../../src/dashly/lead';
import { LeadList } from '../../../src/leads/leadList';
import { condition, filtersOf } from '../../../src/dashly/conditions';
import { Masking } from '../../../src/leads/masking';
import { searchFilters } from '../../../src/leads/searchFilters';
import { leadsTreeRows, listWords } from '../../../src/tree/leadsTreeRows';

function lead(id: number): Lead {
  const props = { $last_seen: new Date(Date.UTC(2026, 0, 1) - id * 60_000).toISOString().slice(0, 19) };
  return { id: String(id), presence: 'offline', props, record: { id: String(id), presence: 'offline', props } };
}

/** An app of leads 1, 2, 3… that can be made to grow, to fail, and to send records nobody can read. */
class App {
  leads: Lead[];
  failure: Error | undefined;
  skipped: string[] = [];

  constructor(count: number) {
    this.leads = Array.from({ length: count }, (_, index) => lead(index + 1));
  }

  listLeads({ offset, limit }: LeadsPageQuery): Promise<LeadsPage> {
    if (this.failure) return Promise.reject(this.failure);
    const leads = this.leads.slice(offset, offset + limit);
    return Promise.resolve({ total: this.leads.length, leads, received: leads.length, skipped: this.skipped });
  }
}

async function listOf(app: App, cap = 10_000, query: LeadsQuery = {}): Promise<LeadList> {
  const list = new LeadList(app, query, 50, { cap, page: 50 });
  await list.loadMore();
  return list;
}

const kinds = (list: LeadList | undefined) => leadsTreeRows(list).map(({ kind }) => kind);
const fifty = Array.from({ length: 50 }, () => 'lead');

describe('the rows of the tree', () => {
  it('are none without a list, before the first page and in an app without leads', async () => {
    assert.deepEqual(kinds(undefined), []);
    assert.deepEqual(kinds(new LeadList(new App(3), {}, 50)), []);
    assert.deepEqual(kinds(await listOf(new App(0))), []);
  });

  it('are the leads alone when all are loaded', async () => {
    assert.deepEqual(kinds(await listOf(new App(3))), ['lead', 'lead', 'lead']);
  });

  it('end with how much is loaded when there is more', async () => {
    const list = await listOf(new App(120));
    assert.deepEqual(leadsTreeRows(list).at(-1), { kind: 'more', loaded: 50, total: 120 });
  });

  it('begin with a refresh that failed, and end as before', async () => {
    const app = new App(120);
    const list = await listOf(app);
    app.failure = new Error('gone');
    await list.refresh();
    assert.deepEqual(kinds(list), ['notRefreshed', ...fifty, 'more']);
    app.failure = undefined;
    await list.retry();
    assert.deepEqual(kinds(list), [...fifty, 'more']);
  });

  it('end with a row that is busy while a page is read', async () => {
    const list = await listOf(new App(120));
    const reading = list.loadMore();
    assert.deepEqual(leadsTreeRows(list).at(-1), { kind: 'reading', loaded: 50, total: 120 });
    await reading;
    assert.deepEqual(leadsTreeRows(list).at(-1), { kind: 'more', loaded: 99, total: 120 });
  });

  it('stay when a page fails, and end with what failed', async () => {
    const app = new App(120);
    const list = await listOf(app);
    app.failure = new Error('no network');
    await list.loadMore();
    assert.deepEqual(kinds(list), [...fifty, 'failed']);
  });

  it('are none when the first page fails: a welcome view says why', async () => {
    const app = new App(120);
    app.failure = new Error('no network');
    assert.deepEqual(kinds(await listOf(app)), []);
  });

  it('end with the cap where the service gives no more', async () => {
    const list = await listOf(new App(120), 50);
    assert.deepEqual(leadsTreeRows(list).at(-1), { kind: 'cap', loaded: 50, total: 120 });
  });

  it('begin with how many leads are new when the list moved', async () => {
    const app = new App(120);
    const list = await listOf(app);
    app.leads.unshift(lead(-1), lead(0));
    await list.loadMore();
    assert.deepEqual(leadsTreeRows(list)[0], { kind: 'drift', drift: 2 });
    await list.refresh();
    assert.equal(kinds(list)[0], 'lead');
  });

  it('say how many records could not be read', async () => {
    const app = new App(3);
    app.skipped = ['An item without an id was left out.'];
    const list = await listOf(app);
    assert.deepEqual(kinds(list), ['lead', 'lead', 'lead', 'skipped']);
  });
});

describe('the line above the rows', () => {
  const phone = { filters: filtersOf('and', [condition.none('known', '$phone')]) };
  const words = async (query: LeadsQuery, view?: string, masked = false): Promise<string> =>
    listWords({
      app: 'Shop',
      view,
      list: await listOf(new App(1204), 10_000, query),
      masking: new Masking('key', masked),
    });

  it('says app, leads and how many, and the order where it is another than usual', async () => {
    assert.equal(await words({}, 'All leads'), 'Shop · 1,204 leads');
    assert.equal(await words(phone, 'With phone'), 'Shop · With phone · 1,204 leads');
    assert.equal(await words(phone), 'Shop · Phone is set · 1,204 leads');
    assert.equal(await words({ sortProp: '$sessions' }), 'Shop · by Sessions, descending · 1,204 leads');
  });

  it('counts the loaded leads where only those can be looked through', async () => {
    assert.equal(await words({ presence: ['offline'] }), 'Shop · offline among the loaded leads · 50 leads');
  });

  it('says what was searched for, and hides it while contacts are masked', async () => {
    const search = { filters: searchFilters('kundendienst') };
    assert.equal(await words(search), 'Shop · Search: “kundendienst” · 1,204 leads');
    assert.doesNotMatch(await words(search, undefined, true), /kundendienst/);
  });
});
