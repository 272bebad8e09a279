import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Views that are refreshed by themselves', () => {
  let workbench: Workbench;
  let served: ServedApp;
  const settings = { 'dashlyLeads.autoRefresh': 1, 'dashlyLeads.autoRefreshHidden': 1 };
  before(async () => {
    served = await serveApp({ leads: 300 });
    workbench = await openWorkbench({ settings });
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  /** The number on the icon in the activity bar; none when it shows none. */
  async function badge(): Promise<string> {
    const content = workbench.page
      .locator('.activitybar .action-item', { has: workbench.page.locator('[aria-label^="Dashly Leads"]') })
      .locator('.badge-content');
    return (await content.isVisible()) ? content.innerText() : '';
  }

  it('mark who is new or came online until they are looked at, and count those that came while they were hidden', async () => {
    const { leads } = workbench;
    const online = served.app.query()[20]!;
    served.app.change(online, { $name: 'Somebody Known' }, 'offline');
    await leads.clickTitleAction('Refresh');
    await leads.waitForRow('the lead as it is', ({ label }) => label === 'Somebody Known');
    assert.equal(await badge(), '');
    served.app.comeOnline(online);
    const known = await leads.waitForRow(
      'who came online',
      ({ label, index, description }) =>
        label === 'Somebody Known' && index === 0 && description.startsWith('Came online · '),
    );
    assert.match(known.ariaLabel, /^Came online, Somebody Known/);
    served.app.add({ $name: 'Somebody New' });
    await leads.waitForRow(
      'who is new',
      ({ label, description }) => label === 'Somebody New' && description.startsWith('New · '),
    );
    await leads.select(leads.row('Somebody Known'));
    await leads.waitForRow(
      'no news of who was selected',
      ({ label, description }) => label === 'Somebody Known' && !description.includes('Came online'),
    );
    // The rows themselves say it.
    assert.equal(await badge(), '');
    await workbench.page.locator('.activitybar a.action-label[aria-label^="Explorer"]').click();
    await leads.container.waitFor({ state: 'hidden' });
    served.app.add({ $name: 'Somebody Later' });
    await waitUntil('one is counted while the rows are hidden', async () => (await badge()) === '1');
    await leads.open();
    await waitUntil('none is counted once the rows were in sight', async () => (await badge()) === '');
    for (const name of ['Somebody New', 'Somebody Later'])
      await leads.waitForRow(
        'the marks',
        ({ label, description }) => label === name && description.startsWith('New · '),
      );
    await workbench.runCommand('Dashly Leads: Mark All Leads as Seen');
    await leads.waitForRow(
      'no news',
      ({ label, description }) => label === 'Somebody New' && !description.startsWith('New'),
    );
  });

  it('lose no click, however often the rows are drawn anew', async function () {
    this.timeout(180_000);
    const { leads } = workbench;
    const card = new LeadCard(workbench);
    // Each second the third lead becomes the first, so that all rows are drawn anew; those below are clicked.
    const moving = setInterval(() => {
      const [, , third] = served.app.query();
      served.app.change(third!, { $last_seen: new Date().toISOString().slice(0, 19) });
    }, 1000);
    try {
      for (let click = 0; click < 40; click++) {
        const { label } = (await leads.rows()).find(({ index }) => index === 5 + (click % 7))!;
        await card.open(label);
      }
    } finally {
      clearInterval(moving);
    }
  });
});
