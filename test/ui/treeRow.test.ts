import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

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
