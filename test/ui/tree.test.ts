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

describe('A row of the tree', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 300 });
    served.app.add({ $name: '$(trash) [x](command:workbench.action.quit) **bold** <b>html</b>' });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(() => workbench.closeEditors());

  it('shows the text of strangers as it is', async () => {
    const row = (await workbench.leads.rows())[0]!;
    assert.equal(
      row.label.replaceAll('\u200b', ''),
      '$(trash) [x](command:workbench.action.quit) **bold** <b>html</b>',
    );
    assert.equal(
      await workbench.leads.rowAt(0).locator('.label-name .codicon, .label-name a, .label-name b').count(),
      0,
    );
  });

  it('opens the card as a preview by a click, which leaves the keyboard in the tree', async () => {
    const { leads } = workbench;
    await leads.select(leads.rowAt(3));
    const [tab] = await waitUntil('a card is open', async () => {
      const tabs = await workbench.tabs();
      return tabs.length === 1 && tabs;
    });
    assert.ok(tab!.label.includes((await leads.rows())[3]!.label.slice(0, 10)), tab!.label);
    assert.equal((await leads.rows())[3]!.focused, true);
  });

  it('lets the open card follow the arrow keys', async () => {
    const { leads, page } = workbench;
    // Not the row of the test before: two quick clicks on one row pin its card.
    await leads.select(leads.rowAt(4));
    await waitUntil('a card is open', async () => (await workbench.tabs()).length === 1);
    await workbench.card().getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('ArrowDown');
    const label = (await leads.rows())[5]!.label;
    await workbench.waitForTab(`of "${label}"`, (tab) => tab.label.includes(label.slice(0, 10)));
    assert.equal((await workbench.tabs()).length, 1);
    assert.equal((await leads.rows())[5]!.focused, true);
  });

  it('keeps the keyboard, and its card a preview, however fast the arrow keys come, at the first row too', async () => {
    const { leads, page } = workbench;
    await leads.select(leads.rowAt(6));
    await workbench.card().getByRole('heading', { level: 1 }).waitFor();
    for (let round = 0; round < 5; round++) {
      const keys = [...Array<string>(4).fill('ArrowDown'), ...Array<string>(14).fill('ArrowUp')];
      await Promise.all(keys.map((key) => page.keyboard.press(key)));
      await leads.waitForRow(
        'the first row selected',
        ({ index, focused, selected }) => index === 0 && focused && selected,
      );
      await workbench.waitForTab('of its lead', ({ label }) => label.includes('(trash)'));
    }
    const second = (await leads.rows())[1]!.label;
    await page.keyboard.press('ArrowDown');
    await workbench.waitForTab(`of "${second}"`, ({ label }) => label.includes(second.slice(0, 10)));
    assert.equal((await workbench.tabs()).length, 1, 'a pinned card would be a tab more');
    await page.keyboard.press('Enter');
    await waitUntil('Enter goes into the card', () =>
      workbench
        .card()
        .locator('body')
        .evaluate(() => document.hasFocus()),
    );
  });

  it('only moves by the arrow keys onto a row that acts, which Enter runs', async () => {
    const { leads, page } = workbench;
    const pages = () => served.api.requests.filter(({ path }) => path.endsWith('/users')).length;
    await leads.select(leads.rowAt(3));
    await waitUntil('a card is open', async () => (await workbench.tabs()).length === 1);
    await page.keyboard.press('End');
    await leads.waitForRow('the last row', ({ label, focused }) => label === 'Load more' && focused);
    const before = pages();
    for (let round = 0; round < 3; round++) {
      await page.keyboard.press('ArrowUp');
      await leads.waitForRow('a lead above it', ({ label, focused }) => label !== 'Load more' && focused);
      await page.keyboard.press('ArrowDown');
      await leads.waitForRow(
        'the last row',
        ({ label, focused, selected }) => label === 'Load more' && focused && selected,
      );
    }
    assert.equal(pages(), before);
    await page.keyboard.press('Enter');
    await waitUntil('a page is read', () => pages() > before);
    // The keyboard goes on with what has come: only then is the start the start.
    await leads.waitForRow(
      'the focus on the first new lead',
      ({ focused, label }) => focused && !label.startsWith('Load'),
    );
    await leads.toStart();
  });

  it('pins its card by a double click', async () => {
    const { leads } = workbench;
    await leads.doubleClick(leads.rowAt(3));
    await waitUntil('a card is open', async () => (await workbench.tabs()).length === 1);
    await leads.select(leads.rowAt(5));
    await waitUntil('the pinned card stays beside the preview', async () => (await workbench.tabs()).length === 2);
  });

  it('opens no card when several rows are selected', async () => {
    const { leads } = workbench;
    await leads.focus();
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await leads.waitForRow('all selected', ({ index, selected }) => index === 6 && selected);
    assert.deepEqual(await workbench.tabs(), []);
  });

  it('hides contacts while they are masked, and says so in the status bar', async () => {
    const { leads } = workbench;
    const names = (await leads.rows()).map(({ label }) => label);
    await leads.clickTitleAction('Mask Contacts');
    await leads.waitForRow('a pseudonym', ({ index, label }) => index === 0 && /^Lead [0-9A-F]{4}/.test(label));
    await workbench.statusBarItem('Contacts masked').waitFor();
    const shown = await leads.tree.innerText();
    assert.deepEqual(
      names.filter((name) => name.length > 4 && shown.includes(name)),
      [],
    );
    await workbench.statusBarItem('Contacts masked').click();
    await leads.waitForRow('the name', ({ index, label }) => index === 1 && label === names[1]);
  });
});
