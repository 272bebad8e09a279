import assert from 'node:assert/strict';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';

describe('The installed extension', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  it('has its view container in the activity bar, which says how to begin', async () => {
    await workbench.leads.open();
    await workbench.leads.waitForWelcome('Connect an App…');
    await workbench.leads.waitForWelcome('Open the Sample App');
  });

  it('offers its commands in the palette', async () => {
    assert.equal(await workbench.offersCommand('Dashly Leads: Connect an App…'), true);
    assert.equal(await workbench.offersCommand('Dashly Leads: No Such Command'), false);
  });

  it('shows the leads of the sample app', async () => {
    await workbench.runCommand('Dashly Leads: Open the Sample App');
    await workbench.leads.open();
    const [first] = await workbench.leads.waitForRows();
    assert.notEqual(first?.label, '');
  });
});
