import assert from 'node:assert/strict';
import { openWorkbench } from '../vscode/session';
import { waitUntil } from '../vscode/condition';
import type { Workbench } from '../vscode/workbench';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/** The record as the list endpoint sends it, laid out as the commands do: two spaces, digits untouched. */
function layOut(json: string): string {
  const literal = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  // Numbers travel through JSON.parse as marked strings, so that no digit can change.
  const marked = json.replace(literal, (token) => (token.startsWith('"') ? token : `"\\u0001${token}"`));
  return JSON.stringify(JSON.parse(marked), null, 2).replace(/"\\u0001([^"]+)"/g, '$1');
}

describe('A lead as JSON', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let id: string;
  before(async () => {
    served = await serveApp({ seed: 7 });
    [id] = served.app.query({
      filters: {
        type: 'and',
        filters: [{ type: 'str_eq', property_name: '$name', value: { value: 'Long Integers' } }],
      },
    }) as [string];
    workbench = await openWorkbench();
    await connectApp(workbench, served);
    await select('long.integers@', 'Long Integers');
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(() => workbench.notifications.clear());

  /** Finds a lead by the search and opens its card, which makes it the selected one. */
  async function select(text: string, label: string): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.opened(/^Search Leads of/);
    await quickInput.fill(text);
    await quickInput.waitForRow('the lead', (row) => row.label === label);
    await quickInput.accept();
    await quickInput.closed();
    await workbench.waitForTab('of the lead', (tab) => tab.active && tab.label === label);
  }

  it('opens in a new editor, equal to the record of the app to the last digit', async () => {
    await workbench.runCommand('Dashly Leads: Copy Lead JSON to New Editor');
    await workbench.waitForTab('that is untitled', ({ active, dirty }) => active && dirty);
    const text = await workbench.editorText();
    assert.equal(text, layOut(served.app.json(id)!));
    for (const digits of ['18446744073709551615', '-9223372036854775808', '123456789012345678901234567890']) {
      assert.ok(text.includes(digits), digits);
    }
    await waitUntil('the language is JSON', async () => (await workbench.statusBar()).includes('JSON'));
  });

  it('goes into the file at the cursor', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.waitForTab('that is new', ({ active, dirty }) => active && !dirty);
    await workbench.runCommand('Dashly Leads: Insert Lead JSON at Cursor');
    await workbench.waitForTab('that has changed', ({ active, dirty }) => active && dirty);
    assert.equal(await workbench.editorText(), layOut(served.app.json(id)!));
  });

  it('opens as a read-only document under the name of the lead, and after a reload of the window again', async () => {
    await workbench.runCommand('Dashly Leads: Open Lead JSON');
    await workbench.waitForTab('of the document', ({ label, active }) => active && label === 'Long Integers.json');
    const text = layOut(served.app.json(id)!);
    assert.equal(await workbench.editorText(), text);
    await workbench.page.keyboard.type('x');
    assert.equal(await workbench.editorText(), text, 'it cannot be written to');
    assert.equal((await workbench.tabs()).find(({ active }) => active)?.dirty, false);
    await waitUntil('VS Code has kept which editors are open', () => workbench.keeps('Long Integers.json'));
    await workbench.reload();
    await workbench.waitForTab('of the document', ({ label }) => label === 'Long Integers.json');
    await waitUntil(
      'the record is read again',
      async () => (await workbench.editorText()).includes('18446744073709551615'),
      30_000,
    );
  });

  it('compares two leads in the diff editor', async () => {
    const { quickInput } = workbench;
    await select('long.integers@', 'Long Integers');
    await workbench.runCommand('Dashly Leads: Compare Lead With…');
    await quickInput.opened('Compare Long Integers With…');
    await quickInput.fill('thousand@');
    await quickInput.waitForRow('the other lead', ({ label }) => label === 'Thousand Properties');
    await quickInput.accept();
    await workbench.waitForTab(
      'of the comparison',
      ({ label, active }) => active && label === 'Long Integers ↔ Thousand Properties',
    );
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.locator('.original .view-lines').getByText('long.integers@example.com').first().waitFor();
    await diff.locator('.modified .view-lines').getByText('thousand@example.com').first().waitFor();
  });

  it('says in a sentence that there is no earlier state, and compares with it once there is one', async () => {
    const { leads } = workbench;
    await leads.open();
    const row = (await leads.waitForRows())[0]!;
    await leads.select(leads.rowAt(0));
    await leads.clickContextMenu(leads.rowAt(0), 'Compare Lead With Earlier State');
    await workbench.notifications.waitFor('Nothing has changed about');
    const first = served.app.query()[0]!;
    served.app.change(first, { note: 'seen by the test' });
    await leads.clickTitleAction('Refresh');
    await waitUntil('there is an earlier state', async () => {
      await workbench.notifications.clear();
      await leads.clickContextMenu(leads.rowAt(0), 'Compare Lead With Earlier State');
      return (await workbench.tabs()).some(
        ({ label }) => label.startsWith(`${row.label}: `) && label.endsWith('↔ now'),
      );
    });
    await workbench.page.locator('.monaco-diff-editor .modified .view-lines').getByText('seen by the test').waitFor();
  });

  it('asks once before real data leaves while contacts are masked, and shows masked documents', async () => {
    await workbench.runCommand('View: Close All Editors');
    if (await workbench.dialog().isVisible()) await workbench.answerDialog("Don't Save");
    await select('long.integers@', 'Long Integers');
    await workbench.runCommand('Dashly Leads: Open Lead JSON');
    await workbench.waitForTab('of the document', ({ label }) => label === 'Long Integers.json');
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await waitUntil('no tab shows the name', async () =>
      (await workbench.tabs()).every(({ label }) => !label.includes('Long Integers')),
    );
    await workbench.waitForTab('under the pseudonym', ({ label }) => /^Lead [0-9A-F]+\.json$/.test(label));
    assert.doesNotMatch(await workbench.editorText(), /long\.integers|Long Integers/);
    await workbench.setClipboard('before');
    await workbench.runCommand('Dashly Leads: Copy Lead JSON');
    assert.match(await workbench.dialogText(), /real names/);
    await workbench.answerDialog('Cancel');
    assert.equal(await workbench.clipboard(), 'before');
    await workbench.runCommand('Dashly Leads: Copy Lead JSON');
    await workbench.answerDialog('Use Real Data');
    const real = await waitUntil('the JSON is copied', async () => {
      const text = await workbench.clipboard();
      return text !== 'before' && text;
    });
    assert.equal(real, layOut(served.app.json((JSON.parse(real) as { id: string }).id)!));
    await workbench.setClipboard('before');
    await workbench.runCommand('Dashly Leads: Copy Lead JSON');
    await waitUntil(
      'the JSON is copied without another question',
      async () => (await workbench.clipboard()) !== 'before',
    );
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
  });
});
