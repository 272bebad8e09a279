import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator, Locator } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { cacheFolder } from '../vscode/folders';
import { openWorkbench, themes } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';
import { violations } from './helpers/violations';

describe('Explore Properties', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let frame: FrameLocator;
  before(async () => {
    served = await serveApp({ leads: 1_300, seed: 5 });
    served.app.add({ $name: 'Ada Lovelace', $email: 'ada@example.com', $sessions: 98_765 });
    workbench = await openWorkbench();
    frame = workbench.card();
    await connectApp(workbench, served);
    await workbench.runCommand('Dashly Leads: Explore Properties…');
    await workbench.quickInput.opened('Explore Properties');
    await workbench.quickInput.pick('All 1,3');
    await workbench.quickInput.closed();
    const leads = served.app.count.toLocaleString('en');
    await frame.locator('.source').getByText(`All ${leads} leads of the list.`).waitFor({ timeout: 30_000 });
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  const grid = (): Locator => frame.getByRole('grid', { name: 'Properties and events' });
  const row = (title: string): Locator =>
    grid()
      .locator('.row')
      .filter({ has: frame.locator('.row-title').getByText(title, { exact: true }) });
  const detail = (): Locator => frame.locator('.detail');
  const button = (name: string): Locator => frame.getByRole('button', { name, exact: true });
  /** The values of a property in the app itself. */
  const values = (name: string): unknown[] =>
    served.app.query().flatMap((id) => {
      const props = served.app.record(id)?.props ?? {};
      return Object.hasOwn(props, name) ? [props[name]] : [];
    });

  it('says of each property how many leads have it, and its extremes; exact numbers come from the service', async () => {
    const sessions = values('$sessions').filter((value) => typeof value === 'number');
    const words = await row('Sessions').innerText();
    for (const part of [sessions.length.toLocaleString('en'), String(Math.min(...sessions)), 'number']) {
      assert.ok(words.includes(part), `${part}: ${words}`);
    }
    await row('Sessions').click();
    await detail().getByRole('heading', { name: 'Sessions' }).waitFor();
    await button('Count Exactly').click();
    await detail()
      .getByText(`Exactly ${values('$sessions').length.toLocaleString('en')} leads of the list.`)
      .waitFor();
    const before = served.api.requests.length;
    await frame.getByRole('textbox', { name: 'Filter properties' }).fill('utm');
    await row('Country').waitFor({ state: 'detached' });
    const rows = await grid().locator('.row').count();
    assert.ok(rows >= 5);
    await button(`Count ${rows} Exactly`).click();
    await waitUntil('all are counted', async () => (await grid().locator('.cell.exact .number').count()) === rows);
    assert.equal(served.api.requests.length - before, rows);
    const source = values('$last_utm_source').length.toLocaleString('en');
    assert.equal(await row('UTM source').locator('.cell.exact').innerText(), source);
    await frame.getByRole('textbox', { name: 'Filter properties' }).fill('');
  });

  it('is gone through by keyboard, and makes the filter and the order of the list', async () => {
    await row('Country').click();
    await detail().getByRole('heading', { name: 'Country' }).waitFor();
    await workbench.page.keyboard.press('ArrowDown');
    await detail().getByRole('heading', { name: 'Region' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('ArrowUp');
    await detail().getByRole('heading', { name: 'Country' }).waitFor();
    const value = detail().locator('.values li').first();
    const country = await value.locator('.value').innerText();
    const count = values('$country').filter((one) => one === country).length;
    assert.equal(await value.locator('.number').innerText(), count.toLocaleString('en'));
    await value.getByRole('button').click();
    await workbench.leads.waitForMessage(`${count.toLocaleString('en')} leads`);
    await row('Sessions').click();
    await detail().getByRole('heading', { name: 'Sessions' }).waitFor();
    await button('Show Leads With It').click();
    await workbench.leads.waitForMessage(/Sessions is set/);
    await button('Sort by It').click();
    await workbench.leads.waitForMessage(/by Sessions/);
    await workbench.leads.waitForRow(
      'the most sessions first',
      ({ label, index }) => label === 'Ada Lovelace' && index === 0,
    );
  });

  it('hides contacts while they are masked, and opens itself as a document', async () => {
    await row('E-mail').click();
    await detail().getByRole('heading', { name: 'E-mail' }).waitFor();
    await detail().getByText('@example').first().waitFor();
    const documentOpened = () => workbench.waitForTab('of the document', ({ active, dirty }) => active && dirty);
    await button('Open as JSON').click();
    await documentOpened();
    assert.match(await workbench.editorText(), /^\{\s*"title"/);
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.notifications.waitFor(/an untitled editor still shows real ones/);
    await workbench.runCommand('View: Revert and Close Editor');
    // The page was thrown away while it was hidden.
    await detail().getByRole('heading', { name: 'E-mail' }).waitFor();
    assert.equal(await row('E-mail').getAttribute('aria-selected'), 'true');
    await frame.locator('.source').getByText('Contacts are masked.').waitFor();
    await waitUntil(
      'no address is shown',
      async () => !(await frame.locator('main').innerText()).includes('@example.com'),
    );
    await button('Open as CSV').click();
    await documentOpened();
    const text = await workbench.editorText();
    assert.match(text, /^name,title,group/);
    assert.doesNotMatch(text, /@example\.com/);
    await workbench.runCommand('View: Revert and Close Editor');
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
  });

  for (const theme of themes()) {
    it(`has no violation that axe-core finds in the ${theme} theme, and needs no room to the side`, async () => {
      await workbench.page.setViewportSize({ width: 1280, height: 800 });
      await workbench.setTheme(theme);
      await row('Country').click();
      await detail().getByRole('heading', { name: 'Country' }).waitFor();
      assert.deepEqual(await violations(frame), []);
      await workbench.screenshot(join(cacheFolder, 'explore', `${theme}.png`));
      for (const width of [1000, 650]) {
        await workbench.page.setViewportSize({ width, height: 800 });
        const { needed, given } = await frame
          .locator('html')
          .evaluate((root) => ({ needed: root.scrollWidth, given: root.clientWidth }));
        assert.ok(needed <= given, `needs ${needed} of ${given} pixels`);
        await workbench.screenshot(join(cacheFolder, 'explore', `${theme}-${width}.png`));
      }
    });
  }
});
