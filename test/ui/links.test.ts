import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { LeadsView } from '../vscode/leadsView';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { hostOf, openTwoApps, type ServedApp } from './helpers/servedApp';

describe('A link to a lead, and the app in the status bar', () => {
  let workbench: Workbench;
  let first: ServedApp;
  let second: ServedApp;
  let close: () => Promise<void>;
  before(async () => {
    ({ workbench, first, second, close } = await openTwoApps());
  });
  after(() => close());

  const status = (app: ServedApp, online = '') =>
    workbench.statusBarItem(new RegExp(`^\\s*${hostOf(app)}${online}\\s*$`)).waitFor();

  /** Opens a link as a browser or another program does: VS Code asks first, then hands it over. */
  async function follow(link: string): Promise<void> {
    await workbench.runCommand('Developer: Open URL');
    await workbench.quickInput.fill(link);
    await workbench.quickInput.accept();
    assert.match(await workbench.dialogText(), /extension to open this URI/);
    await workbench.answerDialog('Open');
  }

  it('is copied, and opens the lead in another app when the person agrees, not before; a click there switches', async () => {
    const { leads, quickInput, notifications } = workbench;
    await status(second);
    await workbench.statusBarItem(hostOf(second)).click();
    await quickInput.opened('Switch App');
    await quickInput.pick(hostOf(first));
    await leads.waitForCount(20);
    await status(first);
    const card = new LeadCard(workbench);
    const [lead = ''] = first.app.query();
    await workbench.setClipboard('');
    await leads.clickContextMenu(leads.rowAt(0), 'Copy Link to Lead');
    const link = await waitUntil('the link is copied', async () => (await workbench.clipboard()) || undefined);
    assert.match(link, new RegExp(`^[\\w-]+://[\\w.-]+/lead/${lead}\\?app=%24self_app&address=http%3A`));

    await workbench.runCommand('Dashly Leads: Switch App…');
    await quickInput.pick(hostOf(second));
    await leads.waitForCount(30);
    await workbench.closeEditors();
    await follow(link);
    const question = await workbench.dialogText();
    assert.match(question, new RegExp(`Open lead ${lead} of ${hostOf(first)}\\?`));
    assert.match(question, /the view switches/);
    await workbench.answerDialog('Cancel');
    await status(second);
    assert.deepEqual(await workbench.tabs(), []);

    await follow(link);
    await workbench.answerDialog('Open Lead');
    await card.waitForId(lead);
    await leads.waitForCount(20);
    await status(first);

    await follow(link.replace(/app=.*/, 'app=stranger'));
    await notifications.waitFor('The link is one of an app that is not connected here.');
    await notifications.clear();

    for (const id of first.app.query()) first.app.change(id, {}, 'offline');
    await workbench.runCommand('Dashly Leads: Focus on Online Now View');
    await status(first, ' · 0 online');
    await new LeadsView(workbench.page, 1).collapse();
    await status(first);
  });

  it('stands there after a start, before anyone looks at the leads, and the service is asked for nothing until then', async () => {
    const window = await workbench.another();
    const asked = () => [first, second].flatMap(({ api }) => api.requests.splice(0)).map(({ path }) => path);
    await workbench.closeEditors();
    asked();
    await window.open();
    await window.statusBarItem(/^\s*127\.0\.0\.1:\d+\s*$/).waitFor();
    assert.deepEqual(asked(), []);
    await window.leads.open();
    await window.leads.waitForRows();
    assert.deepEqual(asked(), ['/apps/$self_app/users']);
    await window.close();
  });
});
