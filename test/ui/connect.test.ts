import assert from 'node:assert/strict';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { connectApp, hostOf, openTwoApps, serveApp, type ServedApp } from './helpers/servedApp';

const connect = 'Dashly Leads: Connect an App…';

/** Goes through the steps until the box asks for the token. */
async function goToToken({ quickInput }: Workbench, address: string, app?: string): Promise<void> {
  await quickInput.opened('Connect an App');
  await quickInput.pick('Another Address…');
  await quickInput.waitForMessage('Address of the service');
  await quickInput.fill(address);
  await quickInput.accept();
  await quickInput.waitForMessage('App id');
  if (app !== undefined) await quickInput.fill(app);
  await quickInput.accept();
  await quickInput.waitForMessage('API token');
}

describe('Connecting an app', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 120 });
    workbench = await openWorkbench();
    await workbench.leads.open();
  });

  /** Connects the app, where no test before this one has. */
  async function connected(): Promise<void> {
    if ((await workbench.leads.count()) === 0) await connectApp(workbench, served);
    await workbench.leads.waitForCount(51);
    await workbench.notifications.clear();
  }

  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('shows what the service says about a wrong token, in the box, and takes the right one there', async () => {
    const { quickInput, leads, notifications } = workbench;
    await leads.clickWelcomeButton('Connect an App…');
    await goToToken(workbench, served.server.address);
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.fill('app.1.wrong');
    await quickInput.accept();
    await quickInput.waitForMessage(/does not accept the token.*The service says:/);
    assert.equal(await quickInput.value(), 'app.1.wrong');
    await quickInput.fill(`  ${served.server.token} `);
    await quickInput.accept();
    await quickInput.closed();
    await notifications.click(/Connected to 127\.0\.0\.1:\d+: 120 leads\./, 'Show Leads');
    await leads.waitForCount(51);
    const trials = served.api.requests.filter(({ params }) => params.limit === '1');
    assert.deepEqual(
      trials.map(({ authentication }) => authentication),
      ['Token', 'Token'],
    );
  });

  it('is still connected after the window was reloaded', async () => {
    await connected();
    await workbench.reload();
    await workbench.leads.open();
    await workbench.leads.waitForCount(51);
    assert.match(await workbench.leads.title(), /127\.0\.0\.1/);
  });

  it('asks before it signs out, and then shows how to connect, after a reload too', async () => {
    const { leads } = workbench;
    await connected();
    await workbench.runCommand('Dashly Leads: Sign Out');
    assert.match(await workbench.dialogText(), /Sign out of 127\.0\.0\.1:\d+.*token is deleted/s);
    await workbench.answerDialog('Cancel');
    assert.equal(await leads.count(), 51);
    await workbench.runCommand('Dashly Leads: Sign Out');
    await workbench.answerDialog('Sign Out');
    await leads.waitForWelcome('Connect an App…');
    await workbench.reload();
    await leads.open();
    await leads.waitForWelcome('Connect an App…');
  });

  describe('its steps', () => {
    beforeEach(async () => {
      served.api.faults.clear();
      await workbench.notifications.clear();
      await workbench.runCommand(connect);
    });
    afterEach(async () => {
      if (await workbench.quickInput.widget.isVisible()) await workbench.quickInput.cancel();
    });

    it('refuse an address that a token must not be sent to, while it is typed', async () => {
      const { quickInput } = workbench;
      await quickInput.pick('Another Address…');
      await quickInput.waitForMessage('Address of the service');
      await quickInput.type('http://example.com');
      await quickInput.waitForMessage('over plain http');
      await quickInput.accept();
      assert.match(await quickInput.message(), /over plain http/);
      await quickInput.fill('https://user:secret@example.com');
      await quickInput.waitForMessage('Leave out the name and password');
    });

    it('go back, keeping what was typed', async () => {
      const { quickInput } = workbench;
      await goToToken(workbench, served.server.address, '77');
      await quickInput.clickTitleButton('Back');
      await quickInput.waitForMessage('App id');
      assert.equal(await quickInput.value(), '77');
      await quickInput.clickTitleButton('Back');
      await quickInput.waitForMessage('Address of the service');
      assert.equal(await quickInput.value(), served.server.address);
      await quickInput.clickTitleButton('Back');
      await quickInput.row('Carrot quest').waitFor();
    });

    it('hint at what was pasted along with a token, and send nothing', async () => {
      const { quickInput } = workbench;
      await goToToken(workbench, served.server.address);
      const before = served.api.requests.length;
      await quickInput.fill(`Token ${served.server.token}`);
      await quickInput.waitForMessage('Paste only the token itself');
      await quickInput.accept();
      await quickInput.fill(`"${served.server.token}"`);
      await quickInput.waitForMessage('Leave out the quotes');
      await quickInput.accept();
      assert.equal(served.api.requests.length, before);
    });

    it('end without a trace when the box is closed while the token is tried', async () => {
      const { quickInput, leads } = workbench;
      await goToToken(workbench, served.server.address);
      served.api.faults.add(fault.silence());
      const before = served.api.requests.length;
      await quickInput.fill(served.server.token);
      await quickInput.accept();
      await waitUntil('the token is tried', () => served.api.requests.length === before + 1);
      await quickInput.widget.locator('.monaco-progress-container.active').waitFor();
      await quickInput.cancel();
      served.api.faults.clear();
      await workbench.reload();
      await leads.open();
      await leads.waitForWelcome('Connect an App…');
    });

    it('say what is wrong when nothing answers at the address', async () => {
      const gone = await serveApp({ leads: 1 });
      await gone.server.close();
      await goToToken(workbench, gone.server.address);
      await workbench.quickInput.fill(served.server.token);
      await workbench.quickInput.accept();
      await workbench.quickInput.waitForMessage(/Nothing accepts connections|cannot be reached/);
    });
  });
});

describe('Several apps', () => {
  let workbench: Workbench;
  let first: ServedApp;
  let second: ServedApp;
  let close: () => Promise<void>;
  before(async () => {
    ({ workbench, first, second, close } = await openTwoApps());
  });
  beforeEach(() => second.api.faults.clear());
  afterEach(async () => {
    if (await workbench.quickInput.widget.isVisible()) await workbench.quickInput.cancel();
  });
  after(() => close());

  async function switchTo(app: ServedApp): Promise<void> {
    await workbench.runCommand('Dashly Leads: Switch App…');
    await workbench.quickInput.opened('Switch App');
    await workbench.quickInput.pick(hostOf(app));
  }

  it('are switched between', async () => {
    await switchTo(first);
    await workbench.leads.waitForCount(20);
    assert.match(await workbench.leads.title(), new RegExp(hostOf(first)));
    await switchTo(second);
    await workbench.leads.waitForCount(30);
  });

  it('can be given names', async () => {
    const { quickInput, leads } = workbench;
    const rename = async (from: string | RegExp, to: string): Promise<void> => {
      await workbench.runCommand('Dashly Leads: Switch App…');
      await quickInput.opened('Switch App');
      await quickInput.clickRowButton(from, 'Rename');
      await quickInput.opened(/^Rename/);
      await quickInput.fill(to);
      await quickInput.accept();
      await waitUntil('the view has the name', async () =>
        (await leads.title()).toLowerCase().includes(to.toLowerCase()),
      );
    };
    await rename(hostOf(second), 'Shop $(trash)');
    await leads.waitForCount(30);
    await rename(/^\s*Shop/, hostOf(second));
  });

  it('keep the token of one when the other signs out', async () => {
    const { leads, quickInput } = workbench;
    await switchTo(first);
    await leads.waitForCount(20);
    await workbench.runCommand('Dashly Leads: Sign Out');
    await workbench.answerDialog('Sign Out');
    await leads.waitForWelcome('You are signed out');
    await leads.clickWelcomeButton('Switch App…');
    await quickInput.opened('Switch App');
    await quickInput.pick(hostOf(second));
    await leads.waitForCount(30);
  });

  it('get another token when the service no longer accepts the one they have', async () => {
    const { leads, quickInput, notifications } = workbench;
    second.api.faults.add(fault.error('NotAuthenticated'));
    await workbench.reload();
    await leads.open();
    await leads.waitForWelcome('did not accept the token');
    second.api.faults.clear();
    await leads.clickWelcomeButton('Replace Token…');
    await quickInput.opened(/^Replace the Token of/);
    await quickInput.fill(second.server.token);
    await quickInput.accept();
    await notifications.waitFor(/The token of .* is replaced: 30 leads\./);
    await leads.waitForCount(30);
  });

  it('keep the rows when a later page refuses the token, and offer to replace it there', async () => {
    const { leads, quickInput, notifications } = workbench;
    const many = await serveApp({ leads: 60 });
    await connectApp(workbench, many);
    await leads.waitForCount(51);
    await notifications.clear();
    many.api.faults.add(fault.error('NotAuthenticated'));
    await leads.toEnd();
    await leads.select(leads.row('Load more'));
    await leads.waitForRow('what to do', ({ label }) => label === 'Loading failed — Replace token');
    assert.equal(await leads.count(), 51);
    many.api.faults.clear();
    await leads.select(leads.row(/^Loading failed/));
    await quickInput.opened(/^Replace the Token of/);
    await quickInput.fill(many.server.token);
    await quickInput.accept();
    await notifications.waitFor(/The token of .* is replaced: 60 leads\./);
    await leads.waitForCount(51);
    await many.server.close();
  });
});
