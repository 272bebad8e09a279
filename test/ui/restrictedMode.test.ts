import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAlone, type LoneWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';

const ofTheFolder = 'View of the folder';
const ofTheUser = 'View of the user';

/** All other UI tests run with every folder trusted. */
describe('In a folder that nobody trusts, the extension', () => {
  let folder: string;
  let alone: LoneWorkbench;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-untrusted-'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(
      join(folder, '.vscode/settings.json'),
      JSON.stringify({ 'dashlyLeads.views': [{ name: ofTheFolder }] }),
    );
    alone = await openAlone({
      folder,
      workspaceTrust: true,
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'dashlyLeads.views': [{ name: ofTheUser }],
      },
    });
    ({ workbench } = alone);
  });
  after(async () => {
    await alone.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is there, while VS Code says that the folder is not trusted', async () => {
    await workbench.page.locator('.statusbar-item').getByText('Restricted Mode').waitFor();
    await workbench.leads.open();
    await workbench.leads.waitForWelcome('Open the Sample App');
  });

  it('opens the sample app', async () => {
    await workbench.runCommand('Dashly Leads: Open the Sample App');
    await workbench.leads.open();
    assert.ok((await workbench.leads.waitForRows()).length > 0);
  });

  it('offers the saved views of the user, and not those of the folder', async () => {
    await workbench.runCommand('Dashly Leads: Switch View…');
    await workbench.quickInput.opened('Switch View');
    await workbench.quickInput.type('View of the');
    await workbench.quickInput.waitForRow('the view of the user', ({ label }) => label === ofTheUser);
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    await workbench.quickInput.cancel();
    assert.ok(!labels.includes(ofTheFolder), labels.join(', '));
  });
});
