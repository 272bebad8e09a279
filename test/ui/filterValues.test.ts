import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { choose, filterSteps } from './helpers/filterSteps';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('The values that a filter offers', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 200, seed: 3 });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('are those that loaded leads have, with how many have them, and what is typed is taken as it stands', async () => {
    const { quickInput } = workbench;
    const plans = served.app.query({}).map((id) => served.app.record(id)!.props.plan);
    const loaded = plans.slice(0, 50);
    const counts = [...new Set(loaded)]
      .filter((plan) => typeof plan === 'string')
      .map((plan) => ({ plan, count: loaded.filter((other) => other === plan).length }));
    const most = counts.reduce((one, other) => (other.count > one.count ? other : one));
    const begin = most.plan.slice(0, 2);
    await workbench.runCommand('Dashly Leads: Filter…');
    await choose(workbench, 'property', 'plan', 'plan');
    await choose(workbench, 'condition', 'is …', 'is …');
    await quickInput.opened(filterSteps.value);
    assert.match(await quickInput.placeholder(), /^plan is …/);
    await quickInput.waitForRow(
      'the plan that most leads have, active',
      ({ label, description, focused }) =>
        focused && label === most.plan && description === `${most.count} loaded leads`,
    );
    assert.equal((await quickInput.rows()).length, counts.length);
    await quickInput.opened(`${plans.filter((plan) => plan === most.plan).length} leads match`);

    await quickInput.type(begin);
    await quickInput.waitForRow('the text, active', ({ label, focused }) => focused && label === `“${begin}”`);
    await quickInput.waitForRow('the plan', ({ label }) => label === most.plan);
    await quickInput.press('Enter');
    await quickInput.opened(filterSteps.list);
    await quickInput.pick(`plan is “${begin}”`);

    await quickInput.opened(filterSteps.value);
    await waitUntil('it is edited', async () => (await quickInput.value()) === begin);
    await quickInput.type(most.plan);
    await quickInput.waitForRow('the plan, active', ({ label, focused }) => focused && label === most.plan);
    assert.equal((await quickInput.rows()).filter(({ label }) => label.includes(most.plan)).length, 1);
    await quickInput.press('Enter');
    await choose(workbench, 'list', 'Apply', 'Apply');
    await workbench.leads.waitForMessage(`plan is “${most.plan}”`);
  });

  it('are no contacts while contacts are masked', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Clear Filter');
    await workbench.leads.clickTitleAction('Mask Contacts');
    await workbench.statusBarItem('Contacts masked').waitFor();
    await workbench.runCommand('Dashly Leads: Filter…');
    await choose(workbench, 'property', '$email', 'E-mail');
    await choose(workbench, 'condition', 'is …', 'is …');
    await quickInput.waitForMessage('A text');
    assert.equal((await quickInput.rows()).length, 0);
    await quickInput.cancel();
    await workbench.statusBarItem('Contacts masked').click();
  });
});
