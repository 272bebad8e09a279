import assert from 'node:assert/strict';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { idsInTree } from './helpers/idsInTree';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/** Activates the last row, and waits until the page is there and the keyboard on its first lead. */
async function loadMore({ leads, page }: Workbench): Promise<void> {
  const before = await leads.count();
  await leads.toEnd();
  await page.keyboard.press('Enter');
  await waitUntil('a page more is in the tree', async () => (await leads.count()) > before);
  await leads.waitForRow(
    'the focus on the first new lead',
    ({ focused, label }) => focused && !label.startsWith('Load'),
  );
}

describe('The tree', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp();
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('names the app and shows who is online, by shape and in words', async () => {
    assert.match(await workbench.leads.title(), /127\.0\.0\.1/);
    const rows = await workbench.leads.rows();
    const lead = served.app.record(served.app.query()[0]!)!;
    assert.match(rows[0]!.ariaLabel, new RegExp(lead.presence, 'i'));
    assert.match(rows[0]!.icon, /codicon-dashly-leads-(online|idle|offline)/);
  });

  it('loads three pages, in the order of the service', async () => {
    await loadMore(workbench);
    await loadMore(workbench);
    const ids = await idsInTree(workbench);
    assert.ok(ids.length > 140, String(ids.length));
    assert.deepEqual(ids, served.app.query().slice(0, ids.length));
    await workbench.leads.toEnd();
    const last = (await workbench.leads.rows()).at(-1)!;
    assert.equal(last.label, 'Load more');
    assert.equal(last.description, `${ids.length} of 12,345`);
  });

  it('puts the keyboard on the first new lead after a page was loaded', async () => {
    const { leads } = workbench;
    const place = (await leads.count()) - 1;
    await loadMore(workbench);
    const focused = (await leads.rows()).find((row) => row.focused);
    assert.equal(focused?.index, place);
  });

  it('loads all that the service gives, 10,000, and says so', async function () {
    this.timeout(180_000);
    const { leads } = workbench;
    await leads.clickTitleAction('Load All Leads');
    await leads.waitForCount(10_001, 120_000);
    await workbench.notifications.waitFor('10,000 of 12,345 leads loaded');
    await leads.toEnd();
    const last = await leads.waitForRow('the limit', ({ label }) => label.startsWith('10,000 of 12,345'));
    assert.match(last.description, /Filter/);
    const ids = await idsInTree(workbench);
    assert.equal(ids.length, 10_000);
    const expected = served.app.query();
    assert.equal(
      ids.findIndex((id, index) => id !== expected[index]),
      -1,
      'the place of the first lead that differs',
    );
  });
});

describe('The tree while leads come and go', () => {
  let workbench: Workbench;
  let served: ServedApp;
  beforeEach(async () => {
    served = await serveApp({ leads: 2_000 });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  afterEach(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('neither repeats nor misses a lead that stayed in its place, and says how many are new', async () => {
    const { app } = served;
    const { leads } = workbench;
    const stayed = new Set(app.query());
    const move = (step: number): void => {
      const ids = app.query();
      for (let i = 0; i < 3; i++) app.add({ $name: `New ${step}.${i}` });
      const gone = [ids[7 + step]!, ids[20 + 5 * step]!];
      app.remove(gone[0]!);
      app.comeOnline(gone[1]!);
      gone.forEach((id) => stayed.delete(id));
      const online = ids[300 + step]!;
      app.comeOnline(online);
      stayed.delete(online);
    };
    for (let step = 0; step < 4; step++) {
      move(step);
      await loadMore(workbench);
    }
    const ids = await idsInTree(workbench);
    assert.equal(new Set(ids).size, ids.length, 'no lead is there twice');
    const now = app.query();
    const last = now.indexOf(ids.at(-1)!);
    const known = new Set(ids);
    assert.deepEqual(
      now.slice(0, last + 1).filter((id) => stayed.has(id) && !known.has(id)),
      [],
      'no lead is missing',
    );

    await leads.toStart();
    const first = (await leads.rows())[0]!;
    assert.match(first.label, /^(\d+ new leads?|The list has changed) — Refresh$/);
    await leads.select(leads.rowAt(0));
    await waitUntil('the tree holds what the app does', async () => {
      const fresh = await idsInTree(workbench);
      const expected = app.query().slice(0, fresh.length);
      return fresh.length >= ids.length && fresh.every((id, index) => id === expected[index]);
    });
    assert.doesNotMatch((await leads.rows())[0]!.label, /Refresh$/);
  });

  it('keeps the selection, the place and the number of leads when it is refreshed', async () => {
    const { app } = served;
    const { leads } = workbench;
    await loadMore(workbench);
    const before = await leads.count();
    await leads.toEnd();
    const place = before - 20;
    await leads.select(leads.rowAt(place));
    await leads.waitForRow('the selected row', ({ index, selected }) => index === place && selected);
    const top = (await leads.rows())[0]!.label;
    for (let i = 0; i < 5; i++) app.remove(app.query().at(-1 - i)!);
    await leads.clickTitleAction('Refresh');
    await waitUntil(
      'the list was read again',
      () => served.api.requests.filter(({ params }) => params.offset === '0').length > 2,
    );
    await waitUntil('the total is new', async () => (await leads.title()).includes('1,995'));
    assert.equal(await leads.count(), before);
    const rows = await leads.rows();
    assert.equal(rows[0]!.label, top);
    assert.equal(rows.find(({ index }) => index === place)?.selected, true);
  });

  it('keeps the rows when a page fails, says what failed, and tries again by that row', async () => {
    const { leads } = workbench;
    served.api.faults.add(fault.error('PermissionDeniedError'));
    await leads.toEnd();
    await workbench.page.keyboard.press('Enter');
    const row = await leads.waitForRow('the failure', ({ label }) => label.startsWith('Loading failed'));
    assert.match(row.description, /no right to this/);
    assert.equal(await leads.count(), 51);
    served.api.faults.clear();
    await leads.select(leads.row(/^Loading failed/));
    await leads.waitForCount(100);
  });
});

describe('The tree without leads', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  it('says that the app has none', async () => {
    const served = await serveApp({ leads: 1 });
    await connectApp(workbench, served);
    served.app.remove(served.app.query()[0]!);
    await workbench.leads.clickTitleAction('Refresh');
    await workbench.leads.waitForWelcome('This app has no leads yet');
    served.app.add({ $name: 'The first' });
    await workbench.leads.clickWelcomeButton('Refresh');
    await workbench.leads.waitForRow('the new lead', ({ label }) => label === 'The first');
    await served.server.close();
  });

  it('says that the service cannot be reached, and tries again', async () => {
    const { leads } = workbench;
    await workbench.reload();
    await leads.open();
    await leads.waitForWelcome('cannot be reached');
    await leads.clickWelcomeButton('Try Again');
    await leads.waitForWelcome('cannot be reached');
  });
});
