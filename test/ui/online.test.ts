import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { LeadsView } from '../vscode/leadsView';
import { startSettings } from '../vscode/sampleAppSettings';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Online Now', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let online: LeadsView;
  let card: LeadCard;
  let folder: string;
  before(async () => {
    served = await serveApp({ leads: 60, special: false });
    for (const id of served.app.query()) served.app.change(id, {}, 'offline');
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-online-'));
    await writeFile(join(folder, 'plain.ts'), 'export const one = 1;\n');
    workbench = await openWorkbench({
      folder,
      settings: { 'dashlyLeads.online.refreshInterval': 1, 'dashlyLeads.events.followInterval': 1 },
    });
    await connectApp(workbench, served);
    online = new LeadsView(workbench.page, 1);
    card = new LeadCard(workbench);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const asked = (): number => served.api.requests.filter(({ path }) => path.endsWith('/activeusers')).length;

  it('asks nothing before it is looked at, and says when nobody is there', async () => {
    assert.equal(asked(), 0);
    await workbench.runCommand('Dashly Leads: Focus on Online Now View');
    await online.waitForMessage('Nobody is on the site now.');
    assert.match(await online.title(), /0 visitors/);
  });

  it('shows who comes, where they go and who leaves; the selected row stays selected, and opens the card', async () => {
    const { site } = served.app;
    const visitor = site.come('Pricing');
    const name = `Visitor …${visitor.slice(-4)}`;
    await online.waitForRow(
      'who has come',
      ({ label, description }) => label === name && description === 'Pricing · now',
    );
    await online.select(online.row(name));
    await card.waitForName(`Lead ${visitor}`);
    const [lead = ''] = served.app.query();
    served.app.change(lead, { $name: 'Maria Known' });
    served.app.comeOnline(lead);
    site.open(lead, 'Checkout');
    const known = await online.waitForRow('a lead above', ({ label, index }) => label === 'Maria Known' && index === 0);
    assert.match(known.description, /^Checkout · /);
    assert.match(known.ariaLabel, /^Maria Known, lead, online, on Checkout/);
    assert.match(await online.title(), /2 visitors, 1 lead/);
    const below = await online.waitForRow('the visitor', ({ label }) => label === name);
    assert.ok(below.selected && below.focused && below.index === 1);
    assert.notEqual(below.icon, known.icon);
    site.open(visitor, 'Cart');
    await online.waitForRow(
      'who did something last above',
      (row) => row.label === name && row.index === 0 && row.selected,
    );
    site.leave(visitor);
    await online.waitForRow(
      'who has left',
      ({ label, description }) => label === name && description === 'left just now',
    );
    // A selected row has the colour of the selection.
    await online.select(online.row('Maria Known'));
    await waitUntil('their name is faint', () =>
      online
        .row(name)
        .locator('.label-name')
        .evaluate((text) => {
          const faint = text.closest('.monaco-workbench')!.appendChild(document.createElement('i'));
          faint.style.color = 'var(--vscode-disabledForeground)';
          const isFaint = getComputedStyle(text).color === getComputedStyle(faint).color;
          faint.remove();
          return isFaint;
        }),
    );
    await waitUntil('one is counted', async () => (await online.title()).includes('1 visitor, 1 lead'));
    await online.clickContextMenu(online.row('Maria Known'), 'Open Lead JSON');
    await waitUntil('the JSON is open', () => workbench.page.getByRole('tab', { name: /Maria/ }).count());
  });

  it('leads to a card that follows: each event comes in at the top, once, however many there are', async () => {
    const { site } = served.app;
    const visitor = site.come('Docs');
    const name = `Visitor …${visitor.slice(-4)}`;
    await online.waitForRow('who has come', ({ label }) => label === name);
    await online.clickContextMenu(online.row(name), 'Follow Events');
    await card.waitForName(`Lead ${visitor}`);
    await card.frame.getByText(/^Listening, last asked/).waitFor();
    const arrived = card.frame.locator('.occurrences > li.arrived');
    site.track(visitor, 'Order completed', { total: 19.9, items: ['pen', 'ink'] });
    const [order] = await waitUntil('the event is there', async () => {
      const texts = await arrived.allInnerTexts();
      return texts.length > 0 && texts;
    });
    for (const part of ['Order completed', '19.9', 'pen', 'ink']) assert.ok(order?.includes(part), `${part}: ${order}`);
    // More than one page between two asks.
    for (let number = 1; number <= 120; number++) site.track(visitor, `Burst ${number}`);
    await waitUntil('all have come in', async () => (await arrived.count()) >= 121);
    assert.deepEqual(await arrived.locator('.occurrence-name').allInnerTexts(), [
      ...Array.from({ length: 120 }, (_, index) => `Burst ${120 - index}`),
      'Order completed',
    ]);
    // One name alone, chosen by keyboard; it is followed on.
    await card.button('Only One Event…').press('Enter');
    await workbench.quickInput.opened('Show Events');
    await workbench.quickInput.type('Order completed');
    await workbench.quickInput.waitForRow('the name', ({ focused, label }) => focused && label === 'Order completed');
    await workbench.quickInput.press('Enter');
    await card.button('Only “Order completed”').waitFor();
    const shown = card.frame.locator('.occurrences > li .occurrence-name');
    await waitUntil('the others are not shown', async () => (await shown.count()) === 1);
    site.track(visitor, 'Another');
    site.track(visitor, 'Order completed', { total: 7 });
    await waitUntil('the next of this name is there', async () => (await arrived.count()) === 2);
    assert.deepEqual(await shown.allInnerTexts(), ['Order completed', 'Order completed']);
    await card.button('Show All Events').press('Enter');
    await shown.getByText('Another').waitFor();
    assert.ok((await shown.count()) > 2);
    await card.button('Stop Following').click();
    await card.button('Follow Events').waitFor();
    await card.frame.getByText(/^Listening/).waitFor({ state: 'hidden' });
    site.leave(visitor);
  });

  it('hides names while contacts are masked', async () => {
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await waitUntil('there are pseudonyms only', async () =>
      (await online.rows()).every(({ label }) => /^Lead [0-9A-F]{4}$/.test(label)),
    );
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
  });

  it('says so where the token has no right to it, and everything else goes on', async () => {
    const clear = served.api.faults.add(fault.error('PermissionDeniedError'), { path: 'activeusers' });
    await online.clickTitleAction('Refresh Online Now');
    await online.waitForMessage('The token does not give the right to see who is on the site now.');
    await workbench.runCommand('Dashly Leads: Refresh');
    await workbench.leads.waitForMessage(/60 leads/);
    assert.deepEqual(await workbench.notifications.texts(), []);
    clear();
    await online.clickTitleAction('Refresh Online Now');
    await waitUntil('it is read again', async () => (await online.message()) === '');
  });

  it('is there in a window that only a source file has woken, with the leads folded away', async () => {
    const { page, quickInput } = workbench;
    await workbench.closeEditors();
    await page.keyboard.press('ControlOrMeta+p');
    await quickInput.opened();
    await quickInput.type('plain.ts');
    await quickInput.waitForRow('the file', ({ label, focused }) => label === 'plain.ts' && focused);
    await quickInput.press('Enter');
    await workbench.leads.collapse();
    await waitUntil(
      'VS Code has kept both',
      async () =>
        (await workbench.keeps('"dashlyLeads.leads":{"collapsed":true')) && (await workbench.keeps('plain.ts')),
      90_000,
    );
    await workbench.reload();
    await online.waitForRow('who is there', ({ label }) => label === 'Maria Known');
  });
});

describe('Online Now of the sample app, which answers at once,', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ settings: startSettings });
    await workbench.leads.open();
    await workbench.leads.waitForRows();
  });
  after(() => workbench.close());

  it('shows who is there when it is unfolded', async () => {
    const online = new LeadsView(workbench.page, 1);
    await online.unfold();
    await online.waitForRow('who is there', ({ index }) => index === 0);
  });
});
