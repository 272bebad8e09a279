import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openAlone, type LoneWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/** Where the person sits; the extension host is 21 or 22 hours ahead of them. */
const timeZone = 'America/Los_Angeles';
const hostTimeZone = 'Pacific/Kiritimati';

describe('A person in another time zone than the extension host', () => {
  let alone: LoneWorkbench;
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 0, special: false });
    served.app.add({ $name: 'Ada Lovelace', $last_seen: '2026-07-01T05:00:00' });
    alone = await openAlone({
      environment: { TZ: hostTimeZone },
      settings: { 'workbench.hover.delay': 0 },
      timeZone,
    });
    ({ workbench } = alone);
    await connectApp(workbench, served);
  });
  after(async () => {
    await alone.close();
    await served.server.close();
  });

  it('reads their own times on a card, and from then on in the tooltips of the list', async () => {
    const { leads, page } = workbench;
    const card = new LeadCard(workbench);
    const hover = page.locator('.workbench-hover:visible');
    const tooltipSays = (time: string) =>
      waitUntil(`the tooltip says ${time}`, async () => {
        await page.mouse.move(600, 700);
        await leads.rowAt(0).locator('.label-name').hover();
        return ((await hover.textContent({ timeout: 1000 })) ?? '').includes(time);
      });
    await tooltipSays('Jul 1, 2026, 5:00:00 AM UTC');
    await card.open('Ada Lovelace');
    await card.detailsRead();
    assert.match(await card.property('$last_seen').innerText(), /Jun 30, 2026, 10:00/);
    await tooltipSays('Jun 30, 2026, 10:00');
  });

  it('is offered a file with the date of their day', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Export Leads…');
    for (const step of ['1/3', '2/3', '3/3']) {
      await quickInput.opened(step);
      await waitUntil('a row is active', async () => (await quickInput.rows()).some(({ focused }) => focused));
      await quickInput.accept();
    }
    const today = new Intl.DateTimeFormat('sv', { timeZone }).format();
    await waitUntil('the name has the date', async () => (await quickInput.value()).includes(`-leads-${today}`));
    await quickInput.cancel();
  });
});
