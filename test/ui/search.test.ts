import assert from 'node:assert/strict';
import { fault } from '../service/faults';
import { openWorkbench } from '../vscode/session';
import { waitUntil } from '../vscode/condition';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

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
    if (await workbench.quickInput.widget.isVisible()) await workbench.quickInput.cancel();
    await workbench.notifications.clear();
    await openSearch();
  });

  async function openSearch(): Promise<void> {
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await workbench.quickInput.opened(/^Search Leads of/);
  }

  /** Leaves the search for a command of the palette, and comes back. */
  async function meanwhile(command: string): Promise<void> {
    await workbench.quickInput.cancel();
    await workbench.runCommand(command);
    await openSearch();
  }

  it('finds a lead the service knows by keyboard, and opens its card with Enter', async () => {
    const { quickInput } = workbench;
    await quickInput.type('long.integers@');
    const row = await quickInput.waitForRow(
      'the lead, active',
      ({ label, focused }) => label === 'Long Integers' && focused,
    );
    assert.match(row.description, /long\.integers@example\.com/);
    await quickInput.accept();
    await quickInput.closed();
    await new LeadCard(workbench).waitForName('Long Integers');
  });

  it('shows the lead with a searched id first', async () => {
    const { quickInput } = workbench;
    const id = served.app
      .query({ filters: { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] } })
      .at(-1)!;
    await quickInput.fill(id);
    await quickInput.waitForRow('the count', ({ label }) => /^\d+ match/.test(label));
    await quickInput.press('Enter');
    await quickInput.closed();
    // A card that is still loading takes the focus late, and with it closes what is opened meanwhile.
    await new LeadCard(workbench).waitForId(id);
    await workbench.runCommand('Dashly Leads: Copy Lead ID');
    await waitUntil('the id is copied', async () => (await workbench.clipboard()) === id);
  });

  it('says how many match, and pages on without repeating a lead or losing the active row', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('example.com');
    const total = served.app.query({
      filters: {
        type: 'or',
        filters: ['$name', '$email', '$phone', '$user_id'].map((property_name) => ({
          type: 'str_contains',
          property_name,
          value: { value: 'example.com' },
        })),
      },
    }).length;
    const noted = (count: number): string => `${count} of ${total.toLocaleString('en')} matches`;
    await quickInput.opened(noted(50));
    await quickInput.press('ArrowUp');
    await quickInput.waitForRow('the note, active', ({ label, focused }) => focused && label === noted(50));
    await quickInput.press('ArrowUp');
    await quickInput.waitForRow('the way on, active', ({ label, focused }) => focused && label === 'More results…');
    await quickInput.accept();
    // One row of the page before is read again.
    await quickInput.opened(noted(99));
    await quickInput.waitForRow(
      'the first of the new results, active',
      ({ label, description, focused }) =>
        focused && label !== 'More results…' && /(^| · )(online|idle|\d+ (min|hr|day|wk|mth|yr))/.test(description),
    );
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
    await meanwhile('View: Close All Editors');
    await quickInput.fill('hostile');
    await quickInput.waitForRow('the matches', ({ label }) => label.includes('matches'));
    assert.deepEqual(await workbench.tabs(), []);
    await quickInput.press('ArrowDown');
    await waitUntil('the card is open', async () => (await workbench.tabs()).length === 1);
    assert.equal(await quickInput.widget.isVisible(), true);
    await quickInput.type('1');
    assert.equal(await quickInput.value(), 'hostile1');
  });

  it('keeps what is loaded when the service fails, and asks again on Retry', async () => {
    const { quickInput } = workbench;
    const loaded = served.app
      .query()
      .slice(0, 20)
      .map((id) => served.app.record(id)!.props.$email);
    const email = String(loaded.find((one) => typeof one === 'string' && /^[a-z]+\d+@/.test(one)));
    served.api.faults.add(fault.error('PermissionDeniedError'));
    await quickInput.fill(email);
    await quickInput.waitForRow('the failure', ({ description }) => description === 'Retry');
    assert.ok((await quickInput.rows())[0]?.description.includes(email));
    served.api.faults.clear();
    await quickInput.rowLocator.filter({ hasText: 'Retry' }).click();
    await quickInput.waitForRow('the count', (row) => / match(es)?$/.test(row.label));
  });

  it('copies the JSON of a row by its button, and stays open', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    await quickInput.clickRowButton('Long Integers', 'Copy Lead JSON');
    await waitUntil('the JSON is copied', async () =>
      (await workbench.clipboard()).includes('123456789012345678901234567890'),
    );
    assert.equal(await quickInput.widget.isVisible(), true);
  });

  it('offers the searches of this session again', async () => {
    const { quickInput } = workbench;
    await quickInput.waitForRow('an earlier search', ({ label }) => label === 'long.integers@');
    await quickInput.pick('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    assert.equal(await quickInput.value(), 'long.integers@');
  });

  it('offers first what was typed when the focus left it', async () => {
    const { quickInput } = workbench;
    await quickInput.fill('integers@example');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    await workbench.leads.row(/./).click();
    await quickInput.closed();
    await openSearch();
    await quickInput.waitForRow('the text, active', ({ label, focused }) => label === 'integers@example' && focused);
    await quickInput.accept();
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
  });

  it('turns into the filter of the view by "Show in Tree"', async () => {
    const { quickInput, leads } = workbench;
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the lead', ({ label }) => label === 'Long Integers');
    await quickInput.clickTitleButton('Show in Tree');
    await quickInput.closed();
    await leads.waitForRow('only that lead', ({ label, index }) => label === 'Long Integers' && index === 0);
    await openSearch();
    await quickInput.fill('thousand@example.com');
    await quickInput.waitForRow('what was searched', ({ description }) =>
      description.includes('also those outside this view'),
    );
    await quickInput.clickTitleButton('Search Only This View');
    await quickInput.waitForRow(
      'what was searched',
      ({ label, description }) =>
        label.startsWith('No lead matches') && description.includes('Only leads of this view'),
    );
  });

  it('shows no contact while contacts are masked', async () => {
    const { quickInput } = workbench;
    await meanwhile('Dashly Leads: Toggle Masking of Contacts');
    await quickInput.fill('long.integers@');
    await quickInput.waitForRow('the pseudonym', ({ label }) => /^Lead [0-9A-F]{4}/.test(label));
    const said = (await quickInput.rows())
      .map(({ label, description, ariaLabel }) => `${label} ${description} ${ariaLabel}`)
      .join();
    assert.doesNotMatch(said, /Long Integers|long\.integers/);
    await meanwhile('Dashly Leads: Toggle Masking of Contacts');
  });
});
