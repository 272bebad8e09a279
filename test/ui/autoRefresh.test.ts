import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Views that are refreshed by themselves', () => {
  let workbench: Workbench;
  let served: ServedApp;
  const settings = { 'dashlyLeads.autoRefresh': 1 };
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

  it('mark who is new or came online, and count them until they are looked at', async () => {
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
    await waitUntil('two are counted', async () => (await badge()) === '2');
    await leads.select(leads.row('Somebody Known'));
    await leads.waitForRow(
      'no news of who was selected',
      ({ label, description }) => label === 'Somebody Known' && !description.includes('Came online'),
    );
    await waitUntil('one is counted', async () => (await badge()) === '1');
    await workbench.runCommand('Dashly Leads: Mark All Leads as Seen');
    await waitUntil('none is counted', async () => (await badge()) === '');
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

  it('ask nothing while they are hidden', async () => {
    const { leads, page } = workbench;
    // A view in another window, which is seen and as old, is the clock: each of its requests is an interval.
    const seen = await serveApp({ leads: 30 });
    const otherWindow = await openWorkbench({ settings });
    await connectApp(otherWindow, seen);
    const intervals = (number: number): Promise<unknown> => {
      const end = seen.api.requests.length + number;
      return waitUntil(`${number} intervals have passed`, () => seen.api.requests.length >= end);
    };
    await page.locator('.activitybar a.action-label[aria-label^="Explorer"]').click();
    await leads.container.waitFor({ state: 'hidden' });
    // What was under way when the view was hidden may still come.
    await intervals(2);
    const before = served.api.requests.length;
    await intervals(3);
    assert.equal(served.api.requests.length, before);
    await otherWindow.close();
    await seen.server.close();
    await leads.open();
    await waitUntil('the list is read again', () => served.api.requests.length > before);
  });
});
