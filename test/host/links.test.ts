import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleAccount } from '../../src/account/account';
import { leadElement } from '../../src/leads/leadElement';
import type { ActivatedParts } from '../../src/parts';
import { extensionId } from '../vscode/extensionId';
import { waitUntil } from '../vscode/condition';
import { activatedParts } from './helpers/activatedParts';

const other = { address: 'https://other.example.com', app: '12345', name: 'Other $(trash)' };

/** Cards of leads that are open. */
const cards = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('dashlyLeads.card'));

describe('Links', () => {
  let parts: ActivatedParts;
  before(async () => {
    parts = await activatedParts();
    await parts.store.add(other, 'secret');
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app is connected', () => parts.current.connection?.isSample);
    await parts.current.list?.loadMore();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await activatedParts();
  });

  const uri = (path: string, query: string) =>
    vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: extensionId, path, query });

  it('to a lead are copied, one a line, and lead to this extension', async () => {
    const leads = parts.current.list?.leads.slice(0, 2) ?? [];
    const elements = leads.map(leadElement);
    await vscode.commands.executeCommand('dashlyLeads.copyLink', elements[0], elements);
    const lines = (await vscode.env.clipboard.readText()).split('\n');
    assert.deepEqual(
      lines,
      leads.map(({ id }) => `${vscode.env.uriScheme}://${extensionId}/lead/${id}?app=sample&address=sample%3A`),
    );
    const { path, query, authority } = vscode.Uri.parse(lines[0] ?? '');
    assert.deepEqual([authority, path, query], [extensionId, `/lead/${leads[0]?.id}`, 'app=sample&address=sample:']);
  });

  it('that were not made here open nothing and change nothing', async () => {
    const bad = [
      uri('/lead/1', 'app=stranger'),
      uri('/lead/x', 'app=sample'),
      uri('/lead/1', 'app=sample&token=1'),
      uri('/settings', 'dashlyLeads.maskContacts=false'),
      uri('/lead/1', ''),
    ];
    for (const one of bad) await parts.openLink(one);
    assert.deepEqual([cards().length, parts.current.connection?.isSample], [0, true]);
  });

  it('open nothing before a person has agreed, and do not switch the app', async () => {
    // In a host under test VS Code refuses modal dialogs: nobody can agree.
    const lead = parts.current.list?.leads[0];
    await parts.openLink(uri(`/lead/${lead?.id}`, 'app=sample'));
    await parts.openLink(uri('/lead/1', 'app=12345'));
    assert.deepEqual([cards().length, parts.current.connection?.isSample], [0, true]);
  });

  it('into the admin panel cannot be set by a workspace', async () => {
    const settings = vscode.workspace.getConfiguration('dashlyLeads');
    for (const name of ['panel.lead', 'panel.conversation']) {
      assert.equal(settings.inspect(name)?.defaultValue, '');
      await assert.rejects(async () =>
        settings.update(name, 'https://evil.example/{id}', vscode.ConfigurationTarget.Workspace),
      );
    }
  });
});

describe('The app in the status bar', () => {
  let parts: ActivatedParts;
  before(async () => {
    parts = await activatedParts();
  });
  after(() => activatedParts());

  const shown = async () => (await parts.features()).status();

  it('is the one whose leads are shown, as plain text, and none where none is connected', async () => {
    assert.equal(await shown(), undefined);
    await parts.store.add(other, 'secret');
    await waitUntil('the other app stands there', async () => (await shown()) === 'Other $\u200b(trash)');
    await parts.store.rename(other, 'Renamed');
    await waitUntil('its new name stands there', async () => (await shown()) === 'Renamed');
    await parts.store.remove(other);
    await waitUntil('no app stands there', async () => (await shown()) === undefined);
  });

  it('is switched off by a setting, at once', async () => {
    const settings = vscode.workspace.getConfiguration('dashlyLeads');
    await parts.store.add(sampleAccount);
    await waitUntil('the sample app stands there', async () => (await shown()) === 'Sample App');
    await settings.update('statusBar', false, vscode.ConfigurationTarget.Global);
    await waitUntil('it is gone', async () => (await shown()) === undefined);
    await settings.update('statusBar', undefined, vscode.ConfigurationTarget.Global);
    await waitUntil('it is back', async () => (await shown()) === 'Sample App');
  });

  it('says how many are online while that is in sight', async () => {
    await parts.store.add(sampleAccount);
    await vscode.commands.executeCommand('dashlyLeads.online.focus');
    await waitUntil('the number stands there', async () => /^Sample App · [\d,]+ online$/.test((await shown()) ?? ''));
    await vscode.commands.executeCommand('workbench.view.explorer');
    await waitUntil('it is gone with the view', async () => (await shown()) === 'Sample App');
  });
});
