import assert from 'node:assert/strict';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { watchForHarm } from './helpers/harm';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';
import { ToolCaller } from './helpers/toolCaller';

/** What a model may send because somebody has written it to the model. */
const mixed =
  '[x](command:workbench.action.quit) $(trash) <img src=x onerror=alert(1)> **b** `c` https://evil.example/ # a\u202eb';

const settings = Object.fromEntries(
  ['count', 'describeProperties', 'search', 'get', 'show'].map((tool) => [`dashlyLeads.assistant.${tool}`, true]),
);

describe('A tool that a language model calls', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let caller: ToolCaller;
  let harm: () => Promise<readonly string[]>;
  let person: string;

  before(async () => {
    served = await serveApp({ leads: 60, seed: 3, special: false });
    person = served.app.add({
      $name: 'Maks Testov',
      $email: 'maks@testov.example.com',
      $last_seen: '2030-01-01T00:00:00',
      [mixed]: 'x',
    });
    caller = await ToolCaller.make();
    workbench = await openWorkbench({ settings, development: caller.folder });
    await connectApp(workbench, served);
    harm = await watchForHarm(workbench);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await caller.dispose();
  });

  it('is run only when the person agrees, who is told app, fields, number and contacts; nothing in it is more than text', async () => {
    await caller.call(workbench, 'dashly_leads_search', {
      text: 'testov',
      fields: ['$name', '$email', mixed],
      limit: 5,
    });
    const asked = await workbench.dialogText();
    assert.match(asked, /Let the assistant read leads\?/);
    const seen = asked.replace(/[\u200b\u00a0]/g, (unit) => (unit === '\u00a0' ? ' ' : ''));
    for (const line of [/App: \S+/, /Leads: at most 5, found by “testov”/, /Contacts: pseudonyms in their place/])
      assert.match(seen, line);
    assert.ok(seen.includes(`Fields: $name, $email, ${mixed.slice(0, 60)}`), seen);
    const strangers = workbench.dialog().locator('.dialog-message-container').locator('a, img, code, strong, .codicon');
    assert.equal(await strangers.count(), 0);
    await workbench.answerDialog('Cancel');
    const { text, error } = await caller.ended(workbench);
    assert.deepEqual([text, /cancel/i.test(error ?? '')], [undefined, true]);
    assert.ok(!served.api.requests.some(({ params }) => params.filters?.includes('testov')), 'nobody was asked');
    assert.deepEqual(await harm(), []);
  });

  it('gets pseudonyms, and real contacts only after the person has allowed them by a command, until contacts are masked', async () => {
    const search = async (told: RegExp): Promise<string> => {
      await caller.call(workbench, 'dashly_leads_search', { text: 'testov' });
      assert.match(await workbench.dialogText(), told);
      await workbench.answerDialog('Yes');
      const { text = '', error } = await caller.ended(workbench);
      assert.equal(error, undefined);
      assert.ok(text.includes(`"id":"${person}"`), text);
      return text;
    };
    assert.doesNotMatch(await search(/Contacts: pseudonyms/), /maks|testov/i);
    await workbench.runCommand('Dashly Leads: Real Contacts for Assistants…');
    assert.match(
      await workbench.dialogText(),
      /May assistants get real contacts of the leads of .*language model and to whoever runs it/s,
    );
    await workbench.answerDialog('Allow Real Contacts');
    assert.match(await search(/Contacts: real names, e-mail addresses/), /maks@testov\.example\.com/);
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.statusBarItem('Contacts masked').waitFor();
    assert.doesNotMatch(await search(/Contacts: pseudonyms/), /maks|testov/i);
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.statusBarItem('Contacts masked').waitFor({ state: 'hidden' });
    assert.doesNotMatch(await search(/Contacts: pseudonyms/), /maks|testov/i, 'it has to be allowed again');
  });

  it('shows leads in the view, and is asked about only where a contact is compared with', async () => {
    const { leads } = workbench;
    const filters = { type: 'and', filters: [{ type: 'known', property_name: mixed, value: {} }] };
    await caller.call(workbench, 'dashly_leads_show', { filters });
    assert.match((await caller.ended(workbench)).text ?? '', /^1 lead is shown in the view Leads/);
    await leads.waitForCount(1);
    const byName = {
      type: 'and',
      filters: [{ type: 'str_contains', property_name: '$name', value: { value: 'Maks' } }],
    };
    await caller.call(workbench, 'dashly_leads_count', { filters: byName });
    assert.match(
      await workbench.dialogText(),
      /Let the assistant count leads by a contact\?.*Which: Name contains “Maks”/s,
    );
    await workbench.answerDialog('Yes');
    assert.equal((await caller.ended(workbench)).text, '1 lead matches: where $name contains “Maks”.');
  });
});
