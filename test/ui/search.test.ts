import assert from 'node:assert/strict';
import { fault } from '../../src/sample/faults';
import { openWorkbench } from '../vscode/session';
import { waitUntil } from '../vscode/condition';
import type { Workbench } from '../vscode/workbench';
import { connectApp, serveApp, type ServedApp } from './servedApp';

describe('Searching leads', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ seed: 5 });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(async () => {
    served.api.faults.clear();
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await workbench.quickInput.opened(/^Search Leads of/);
  });
  afterEach(async () => {
    if (await workbench.quickInput.widget.isVisible()) await workbench.quickInput.cancel();
  });

  it('finds a lead the service knows by keyboard, and opens its card with Enter', async () => {
    const { quickInput } = workbench;
    await quickInput.type('long.integers@');
    const row = await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    assert.equal(row.focused, true);
    assert.match(row.description, /long\.integers@example\.com/);
    await quickInput.accept();
    await quickInput.closed();
    await workbench.waitForTab('of the lead', ({ label, active }) => active && label.includes('Long Integers'));
  });

  it('shows the lead with a searched id first', async () => {
    const { quickInput } = workbench;
    const id = served.app.query({ filters: { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] } }).at(-1)!;
    await quickInput.fill(id);
    await quickInput.waitForRow('the count', ({ label }) => /^\d+ match/.test(label));
    await quickInput.press('Enter');
    await quickInput.closed();
    await workbench.runCommand('Dashly Leads: Copy Lead ID');
    await waitUntil('the id is copied', async () => (await workbench.clipboard()) === id);
    await workbench.runCommand('Dashly Leads: Search Leads…');
  });

  it('says how many match, and pages on without repeating a lead or losing the active row', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('example.com');
    const total = served.app.query({
      filters: {
        type: 'or',
        filters: ['$name', '$email', '$phone', '$user_id'].map((property_name) => ({
          type: 'str_contains', property_name, value: { value: 'example.com' },
        })),
      },
    }).length;
    const count = async (): Promise<number> => {
      await quickInput.press('End');
      const note = await quickInput.waitForRow('the count', ({ label }) => label.includes(' of '));
      assert.ok(note.label.endsWith(`of ${total.toLocaleString('en')} matches`), note.label);
      return Number(/^[\d,]+/.exec(note.label)![0].replaceAll(',', ''));
    };
    const before = await count();
    await quickInput.press('ArrowUp');
    const more = await quickInput.waitForRow('the way on', ({ label }) => label === 'More results…');
    assert.equal(more.focused, true);
    await quickInput.accept();
    await waitUntil('more results are counted', async () => (await count()) > before);
  });

  it('shows the text of leads as it is: no icon is drawn', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('$(trash)');
    const row = await quickInput.waitForRow('the hostile lead', ({ label }) => label.includes('Delete'));
    assert.equal(row.label.replaceAll('\u200b', ''), '$(trash) Delete $(sync~spin)');
    assert.equal(await quickInput.rowLocator.locator('.label-name .codicon, .label-description .codicon').count(), 0);
    assert.doesNotMatch(row.ariaLabel, /\\/);
  });

  it('previews the row moved to without taking the keyboard, and not before', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.fill('hostile');
    await quickInput.waitForRow('two matches', ({ label }) => /matches/.test(label));
    assert.deepEqual(await workbench.tabs(), []);
    await quickInput.press('ArrowDown');
    await waitUntil('the card is open', async () => (await workbench.tabs()).length === 1);
    assert.equal(await quickInput.widget.isVisible(), true);
    await quickInput.type('1');
    assert.equal(await quickInput.value(), 'hostile1');
  });

  it('keeps what is loaded when the service fails, and asks again on Retry', async () => {
    const { quickInput } = workbench;
    const { label } = (await workbench.leads.rows())[0]!;
    served.api.faults.add(fault.error('PermissionDeniedError'));
    await quickInput.fill(label.slice(0, 8).trim());
    await quickInput.waitForRow('the failure', ({ description }) => description === 'Retry');
    assert.ok((await quickInput.rows()).some((row) => row.label === label));
    served.api.faults.clear();
    await quickInput.row(/.*/).filter({ hasText: 'Retry' }).click();
    await quickInput.waitForRow('the count', (row) => / match(es)?$/.test(row.label));
  });

  it('copies the JSON of a row by its button, and stays open', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    await quickInput.clickRowButton('Long Integers', 'Copy Lead JSON');
    await waitUntil('the JSON is copied', async () => (await workbench.clipboard()).includes('123456789012345678901234567890'));
    assert.equal(await quickInput.widget.isVisible(), true);
  });

  it('offers the searches of this session again', async () => {
    const { quickInput } = workbench;
    await quickInput.waitForRow('an earlier search', ({ label }) => label === 'long.integers@');
    await quickInput.pick('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    assert.equal(await quickInput.value(), 'long.integers@');
  });

  it('turns into the filter of the view by "Show in Tree"', async () => {
    const { quickInput, leads } = workbench;
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    await quickInput.clickTitleButton('Show in Tree');
    await quickInput.closed();
    await leads.waitForCount(1);
    assert.equal((await leads.rows())[0]?.label, 'Long Integers');
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.fill('example.com');
    await quickInput.press('End');
    await quickInput.waitForRow('what was searched', ({ description }) => description.includes('also those outside this view'));
    await quickInput.clickTitleButton('Search Only This View');
    await quickInput.waitForRow('what was searched', ({ label, description }) =>
      label === '1 match' && description.includes('Only leads of this view'));
  });

  it('shows no contact while contacts are masked', async () => {
    const { quickInput } = workbench;
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the pseudonym', ({ label }) => /^Lead [0-9A-F]{4}/.test(label));
    const said = (await quickInput.rows()).map(({ label, description, ariaLabel }) => `${label} ${description} ${ariaLabel}`).join();
    assert.doesNotMatch(said, /Long Integers|long\.integers/);
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await workbench.runCommand('Dashly Leads: Search Leads…');
  });
});
