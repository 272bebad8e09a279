import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filters } from '../../src/dashly/lead';
import type { Locator } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { choose, filterSteps } from './helpers/filterSteps';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const fileName = 'many-sessions.leads-filter.json';
const ofFile: Filters = { type: 'and', filters: [{ type: 'gt', property_name: '$sessions', value: { value: 9 } }] };

describe('Filtering leads', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 1_500, seed: 3 });
    const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-filters-'));
    await writeFile(join(folder, fileName), JSON.stringify(ofFile, null, 2));
    // In the browser VS Code saves by itself as somebody types; on a desktop it does not.
    workbench = await openWorkbench({ folder, settings: { 'files.autoSave': 'off' } });
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(async () => {
    if (await workbench.quickInput.widget.isVisible()) await workbench.quickInput.cancel();
    await workbench.notifications.clear();
  });

  const matching = (filters: Filters): number => served.app.query({ filters }).length;
  const words = (count: number): string => `${count.toLocaleString('en')} leads match`;
  const built: Filters = {
    type: 'and',
    filters: [
      { type: 'gt', property_name: '$sessions', value: { value: 3 } },
      { type: 'known', property_name: '$email', value: {} },
      { type: 'daysless', property_name: '$last_seen', value: { value: 30, unit: 'days' } },
    ],
  };

  /** The view shows the leads of these filters: so many of them, and the first of them first. */
  async function waitForLeads(filters: Filters): Promise<void> {
    const ids = served.app.query({ filters });
    await waitUntil('the service was asked for these leads', () =>
      served.api.requests.some(({ params }) => params.limit !== '1' && params.filters === JSON.stringify(filters)),
    );
    const count = ids.length > 50 ? 51 : ids.length;
    await workbench.leads.waitForCount(count);
  }

  async function putIntoEditor(text: string): Promise<void> {
    await workbench.setClipboard(text);
    await workbench.editor().locator('.view-lines').click();
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await workbench.page.keyboard.press('ControlOrMeta+v');
  }

  it('is built of three conditions by keyboard only, and says at each step how many leads match', async () => {
    const { quickInput, page } = workbench;
    await page.keyboard.press('F1');
    await quickInput.opened();
    await quickInput.type('Dashly Leads: Filter…');
    await quickInput.waitForRow('the command', ({ label, focused }) => label === 'Dashly Leads: Filter…' && focused);
    await quickInput.press('Enter');
    await choose(workbench, 'property', '$sessions', 'Sessions');
    await choose(workbench, 'condition', 'more than', 'is more than …');
    await quickInput.waitForMessage('A number');
    await quickInput.type('three');
    await quickInput.waitForMessage('Type a number');
    assert.doesNotMatch(await quickInput.title(), /match/);
    for (let letter = 0; letter < 5; letter++) await quickInput.press('Backspace');
    await quickInput.type('3');
    await quickInput.opened(words(matching({ type: 'and', filters: built.filters.slice(0, 1) })));
    await quickInput.press('Enter');

    await choose(workbench, 'list', 'Add Con', 'Add Condition…');
    await choose(workbench, 'property', '$email', 'E-mail');
    await choose(workbench, 'condition', 'is set', 'is set');
    await quickInput.opened(words(matching({ type: 'and', filters: built.filters.slice(0, 2) })));

    await choose(workbench, 'list', 'Add Con', 'Add Condition…');
    await choose(workbench, 'property', '$last_seen', 'Last seen');
    await choose(workbench, 'condition', 'less than', 'is less than … ago');
    await quickInput.waitForMessage('How long ago');
    await quickInput.type('30 d');
    await quickInput.opened(words(matching(built)));
    await quickInput.press('Enter');

    await quickInput.waitForRow(
      'the way to apply, active',
      ({ label, focused }) => label.trim() === 'Apply' && focused,
    );
    const rows = (await quickInput.rows()).map(({ label }) => label);
    assert.deepEqual(rows.slice(1, 4), [
      'Sessions is more than 3',
      'E-mail is set',
      'Last seen is less than 30 days ago',
    ]);
    await quickInput.press('Enter');
    await quickInput.closed();
    await waitForLeads(built);
  });

  it('goes back at every step, and leaves the view as it is when the person leaves', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Filter…');
    await quickInput.opened('Filter Leads');
    await quickInput.pick('Sessions is more than 3');
    await waitUntil('the value is there to be edited', async () => (await quickInput.value()) === '3');
    await quickInput.clickTitleButton('Back');
    await quickInput.waitForRow('the condition, active', ({ label, focused }) => label === 'is more than …' && focused);
    await quickInput.clickTitleButton('Back');
    await quickInput.waitForRow('the property, active', ({ label, focused }) => label === 'Sessions' && focused);
    await quickInput.clickTitleButton('Back');
    await quickInput.waitForRow('the list', ({ label }) => label.trim() === 'Add Condition…');
    await quickInput.clickRowButton('E-mail is set', 'Negate');
    await quickInput.waitForRow('the negation', ({ label }) => label === 'E-mail is not set');
    await quickInput.clickRowButton('Last seen', 'Remove');
    await waitUntil(
      'the condition has gone',
      async () => !(await quickInput.rows()).some(({ label }) => label.startsWith('Last seen')),
    );
    await quickInput.pick('Match Any of the Conditions');
    await quickInput.waitForRow('the other way', ({ label }) => label.trim() === 'Match All of the Conditions');
    await quickInput.opened(
      words(
        matching({
          type: 'or',
          filters: [built.filters[0]!, { type: 'unknown', property_name: '$email', value: {} }],
        }),
      ),
    );
    const before = served.api.requests.length;
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Filter…');
    await quickInput.waitForRow('the filter of the view', ({ label }) => label === 'E-mail is set');
    await quickInput.opened(words(matching(built)));
    await quickInput.cancel();
    assert.deepEqual(
      served.api.requests.slice(before).filter(({ params }) => params.limit !== '1'),
      [],
    );
  });

  it('is broken as JSON, and says by a squiggle and at saving what is wrong; mended, it is applied', async () => {
    const { page } = workbench;
    const before = served.api.requests.length;
    await workbench.runCommand('Dashly Leads: Edit Filter as JSON');
    await workbench.waitForTab('of the filter', ({ label, active }) => active && label === 'view.leads-filter.json');
    assert.deepEqual(JSON.parse(await workbench.editorText()), built);

    await putIntoEditor(JSON.stringify(built, null, 2).replace('"gt"', '"gte"'));
    await workbench.editor().locator('.squiggly-warning').first().waitFor();
    await page.keyboard.press('F8');
    const marker = page.locator('.marker-widget .message');
    await marker.waitFor();
    assert.match(await marker.innerText(), /There is no such condition\./);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+s');
    await workbench.notifications.waitFor(
      'The filter is not applied. Condition 1 ($sessions): there is no condition “gte”.',
    );
    assert.deepEqual(served.api.requests.slice(before), []);
    // It is not saved: who closes it is asked.
    await workbench.waitForTab('that is not saved', ({ label, dirty }) => label === 'view.leads-filter.json' && dirty);

    const mended: Filters = { ...built, filters: built.filters.slice(0, 2), type: 'or' };
    await putIntoEditor(JSON.stringify(mended, null, 2));
    await page.keyboard.press('ControlOrMeta+s');
    await waitForLeads(mended);
    await workbench.waitForTab('that is saved', ({ label, dirty }) => label === 'view.leads-filter.json' && !dirty);
    await workbench.editor().locator('.squiggly-warning').waitFor({ state: 'detached' });
  });

  it('comes from a file of the workspace', async () => {
    const { quickInput, page } = workbench;
    await page.keyboard.press('ControlOrMeta+p');
    await quickInput.opened();
    await quickInput.type(fileName);
    await quickInput.waitForRow('the file', ({ label }) => label === fileName);
    await quickInput.accept();
    await workbench.waitForTab('of the file', ({ label, active }) => active && label === fileName);
    await page.locator('.editor-actions .action-label[aria-label^="Apply Filter File to Leads"]').click();
    await waitForLeads(ofFile);
    // The document of the filter follows the view.
    await page.locator('.tab', { hasText: 'view.leads-filter.json' }).click();
    await waitUntil(
      'the document shows the filter of the file',
      async () => JSON.stringify(JSON.parse(await workbench.editorText())) === JSON.stringify(ofFile),
    );
  });

  it('shows who is online among the loaded leads, and says that it is among those', async () => {
    const { quickInput, leads } = workbench;
    await workbench.runCommand('Dashly Leads: Filter…');
    await choose(workbench, 'list', 'Add Con', 'Add Condition…');
    await choose(workbench, 'property', 'Presence', 'Presence');
    await waitUntil('the step says what it cannot do', async () =>
      (await quickInput.placeholder()).includes('the service cannot filter by presence'),
    );
    await quickInput.type('Offline');
    await quickInput.waitForRow('offline, active', ({ label, focused }) => label === 'Offline' && focused);
    await quickInput.press('Enter');
    await quickInput.opened('of any presence');
    await quickInput.waitForRow(
      'the presence',
      ({ label, description }) => label === 'Offline' && description.includes('loaded leads only'),
    );
    await choose(workbench, 'list', 'Apply', 'Apply');
    await quickInput.closed();
    await waitUntil('only these leads are in sight', async () => {
      const rows = (await leads.rows()).filter(({ ariaLabel }) => /, (online|idle|offline)/.test(ariaLabel));
      return rows.length > 0 && rows.every(({ ariaLabel }) => ariaLabel.includes(', offline'));
    });
  });

  it('is negated by keyboard, and goes on as JSON that is not applied before it is saved', async () => {
    const { quickInput, page } = workbench;
    await workbench.runCommand('Dashly Leads: Clear Filter');
    await workbench.runCommand('Dashly Leads: Filter…');
    await choose(workbench, 'property', '$email', 'E-mail');
    await choose(workbench, 'condition', 'is set', 'is set');
    await quickInput.opened(filterSteps.list);
    await quickInput.press('ArrowDown');
    await quickInput.waitForRow('the condition, active', ({ label, focused }) => label === 'E-mail is set' && focused);
    const button = (title: string): Locator =>
      page.locator(`.quick-input-list .action-label:focus[aria-label="${title}"]`);
    await waitUntil('the keyboard is on the buttons of the row', async () => {
      if ((await button('Edit').count()) > 0) return true;
      await page.keyboard.press('Tab');
      return false;
    });
    await page.keyboard.press('ArrowRight');
    await button('Negate').waitFor();
    await page.keyboard.press('Enter');
    await quickInput.waitForRow(
      'the negation, active',
      ({ label, focused }) => label === 'E-mail is not set' && focused,
    );
    const before = served.api.requests.length;
    await choose(workbench, 'list', 'JSON', 'Edit as JSON');
    await quickInput.closed();
    await workbench.waitForTab('that is not saved', ({ label, dirty }) => label === 'view.leads-filter.json' && dirty);
    const draft: Filters = { type: 'and', filters: [{ type: 'unknown', property_name: '$email', value: {} }] };
    assert.deepEqual(JSON.parse(await workbench.editorText()), draft);
    assert.deepEqual(
      served.api.requests.slice(before).filter(({ params }) => params.limit !== '1'),
      [],
    );
    await page.keyboard.press('ControlOrMeta+s');
    await waitForLeads(draft);
  });

  it('is saved over what the view was filtered by meanwhile', async () => {
    const { page } = workbench;
    const phone: Filters = { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] };
    const isUnsaved = ({ label, dirty }: { label: string; dirty: boolean }): boolean =>
      label === 'view.leads-filter.json' && dirty;
    await workbench.runCommand('Dashly Leads: Edit Filter as JSON');
    await workbench.quickInput.closed();
    await putIntoEditor(JSON.stringify(phone));
    await workbench.waitForTab('that is not saved', isUnsaved);
    await workbench.runCommand('Dashly Leads: Clear Filter');
    await workbench.leads.waitForCount(51);
    await workbench.editor().locator('.view-lines').click();
    await page.keyboard.press('ControlOrMeta+s');
    await waitForLeads(phone);
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  it('is applied by auto save when it is right, and nothing is said of it while it is typed', async () => {
    await workbench.changeSettings({ 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 });
    await workbench.runCommand('Dashly Leads: Edit Filter as JSON');
    await putIntoEditor('[{"type": "kno');
    const right: Filters = { type: 'and', filters: [{ type: 'known', property_name: '$phone', value: {} }] };
    await waitUntil('the text is saved', async () =>
      (await workbench.tabs()).some(({ label, dirty }) => label === 'view.leads-filter.json' && !dirty),
    );
    await putIntoEditor(JSON.stringify(right));
    await waitForLeads(right);
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  it('is taken away by a command', async () => {
    await workbench.runCommand('Dashly Leads: Clear Filter');
    await waitUntil('the title shows all leads', async () => (await workbench.leads.title()).includes('1,500'));
    await workbench.leads.waitForCount(51);
  });

  it('comes from a value on the card', async () => {
    const card = new LeadCard(workbench);
    const id = served.app.query({ filters: built })[0]!;
    await card.openId(id);
    await card.tab('Properties');
    await card.rowAction('$sessions', 'Find Leads With This Value');
    const value = Number(served.app.record(id)!.props.$sessions);
    await waitForLeads({ type: 'and', filters: [{ type: 'eq', property_name: '$sessions', value: { value } }] });
    await workbench.leads.waitForMessage(`Sessions is ${value}`);
  });
});
