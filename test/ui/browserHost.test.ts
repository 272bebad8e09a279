import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildInto } from '../vscode/build';
import { type LoneWorkbench, openAlone } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';

/** As in vscode.dev; what needs no window is tested in `test/host/worker`. */
describe('In a browser without a machine behind it, the extension', () => {
  let extension: string;
  let alone: LoneWorkbench;
  let workbench: Workbench;
  before(async () => {
    extension = await mkdtemp(join(tmpdir(), 'dashly-leads-extension-'));
    await buildInto(extension);
    alone = await openAlone({ inWorker: extension });
    ({ workbench } = alone);
  });
  after(async () => {
    await alone.close();
    await rm(extension, { recursive: true, force: true });
  });

  it('lists, finds and shows the leads of the sample app, and hides their contacts', async () => {
    const { leads, quickInput } = workbench;
    await leads.open();
    await leads.clickWelcomeButton('Open the Sample App');
    const { label, description } = await leads.waitForRow(
      'somebody with name and e-mail address',
      (row) => !row.label.includes('@') && row.description.includes('@'),
    );
    const [email = ''] = /\S+@\S+/.exec(description) ?? [];
    const card = new LeadCard(workbench);
    await card.open(label);
    await card.detailsRead();
    assert.ok((await card.frame.locator('body').innerText()).includes(email), email);
    const styled = await card.frame
      .locator('body')
      .evaluate(() => [...document.styleSheets].flatMap(({ href }) => href ?? []));
    assert.equal(styled.length, 2, 'both style sheets are loaded');

    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.opened(/^Search Leads of/);
    await quickInput.type(email);
    await quickInput.waitForRow('the lead', (row) => row.label === label);
    await quickInput.cancel();

    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await card.frame
      .locator('h1')
      .getByText(/^Lead [0-9A-F]{4}$/)
      .waitFor();
    assert.ok(!(await card.frame.locator('body').innerText()).includes(email), email);
  });
});
