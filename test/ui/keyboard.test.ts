import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filters } from '../../src/dashly/lead';
import { waitUntil } from '../vscode/condition';
import { LeadsView } from '../vscode/leadsView';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/**
 * Everyday questions, each answered by keyboard alone while VS Code serves a screen reader. A step is a key that is pressed,
 * or a text that is typed.
 */
describe('By keyboard alone, with a screen reader', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let folder: string;
  let ada: string;
  let steps: number;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 400 });
    ada = served.app.add({ $name: 'Ada Lovelace', $email: 'ada@example.com', $phone: '+44 20 7946 0001' }, 'offline');
    folder = await mkdtemp(join(tmpdir(), 'dashly-leads-keyboard-'));
    await writeFile(join(folder, 'lead.test.ts'), 'const lead = \n;');
    const settings = {
      'files.autoSave': 'off',
      'editor.accessibilitySupport': 'on',
      'dashlyLeads.events.followInterval': 1,
    };
    workbench = await openWorkbench({ folder, settings });
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    steps = 0;
  });

  async function press(key: string): Promise<void> {
    steps++;
    await workbench.page.keyboard.press(key);
  }

  async function type(text: string): Promise<void> {
    steps++;
    await workbench.quickInput.type(text);
  }

  /** After a list has been closed VS Code gives the keyboard back to a card a moment later, and would close the next one. */
  async function cardHasKeyboard(): Promise<void> {
    await workbench.quickInput.closed();
    await waitUntil('the card has the keyboard', () => card.frame.locator('body').evaluate(() => document.hasFocus()));
  }

  /** Three steps. */
  async function run(command: string): Promise<void> {
    await press('F1');
    await workbench.quickInput.opened();
    await choose(command);
  }

  /** Two steps: what narrows a list down to a row, and Enter. */
  async function choose(label: string, typed = label): Promise<void> {
    await type(typed);
    await accept(label);
  }

  /** The same in the step with this title. */
  async function chooseIn(step: string, label: string): Promise<void> {
    await workbench.quickInput.opened(step);
    await choose(label);
  }

  async function accept(label: string): Promise<void> {
    await workbench.quickInput.waitForRow(`${label}, active`, (row) => row.label.trim() === label && row.focused);
    await press('Enter');
  }

  /**
   * The rows are those of these filters. Only then does VS Code leave the keyboard where it is: it gives it back to a tree that
   * has just been drawn anew, also when a list was opened at that moment, which closes that.
   */
  async function listShows(filters?: Filters): Promise<void> {
    const ids = served.app.query(filters && { filters });
    await workbench.leads.waitForMessage(`${ids.length} leads`);
    const isThere = ids.includes(ada);
    await waitUntil('the rows are these leads', async () => {
      const labels = (await workbench.leads.rows()).map(({ label }) => label);
      return labels.length > 0 && labels.includes('Ada Lovelace') === isThere;
    });
  }

  it('how to go about by keyboard: 3 steps to the list, and 1 more', async () => {
    await run('Dashly Leads: Focus on Leads View');
    await workbench.quickInput.closed();
    const { tree } = workbench.leads;
    await waitUntil('the list has the keyboard', () => tree.evaluate((list) => list.contains(document.activeElement)));
    await press('Alt+F1');
    await workbench.waitForTab('of the help', ({ active, label }) => active && label.includes('Accessibility Help'));
    const text = await workbench.editorText();
    assert.match(text, /Up and Down go from row to row/);
    assert.equal(steps, 4);
    await workbench.closeEditors();
  });

  it('who is online now: 3 steps', async () => {
    served.app.comeOnline(ada);
    await run('Dashly Leads: Focus on Online Now View');
    const online = new LeadsView(workbench.page, 1);
    const { ariaLabel } = await online.waitForRow('her', ({ label }) => label === 'Ada Lovelace');
    assert.match(ariaLabel, /^Ada Lovelace, lead, online/);
    assert.equal(steps, 3);
  });

  it('find this e-mail: 5 steps; did this event reach this lead: 3 more', async () => {
    served.app.site.track(ada, 'Order completed', { total: 19.9 });
    await run('Dashly Leads: Search Leads…');
    await workbench.quickInput.opened(/^Search Leads of/);
    await choose('Ada Lovelace', 'ada@example.com');
    await workbench.quickInput.closed();
    await card.waitForName('Ada Lovelace');
    assert.equal(steps, 5);
    await run('Dashly Leads: Follow Events');
    await card.frame.locator('.occurrences > li').filter({ hasText: 'Order completed' }).first().waitFor();
    assert.equal(steps, 8);
    served.app.site.track(ada, 'Cart viewed');
    await card.frame.locator('[aria-live]').filter({ hasText: 'Cart viewed' }).waitFor({ state: 'attached' });
  });

  it('what has changed on this lead: 4 steps', async () => {
    served.app.change(ada, { plan: 'enterprise' }, 'online');
    await run('Dashly Leads: Refresh');
    await workbench.leads.waitForRow('what the list says of her', ({ label }) => label === 'Ada Lovelace');
    await cardHasKeyboard();
    steps = 0;
    await run('Dashly Leads: Compare Lead With Earlier State');
    await workbench.quickInput.opened(/^Compare Ada Lovelace/);
    await press('Enter');
    await workbench.waitForTab('of the comparison', ({ active, label }) => active && label.includes('↔'));
    assert.equal(steps, 4);
  });

  it('the JSON of this lead into my file: 3 steps', async () => {
    await workbench.closeEditors();
    await press('ControlOrMeta+p');
    await choose('lead.test.ts');
    await workbench.waitForTab('of the file', ({ active, label }) => active && label === 'lead.test.ts');
    await press('End');
    steps = 0;
    await run('Dashly Leads: Insert Lead JSON at Cursor');
    await waitUntil('it is in the file', async () => (await workbench.editorText()).includes(`"id": "${ada}"`));
    assert.equal(steps, 3);
  });

  it('leads without a phone: 8 steps', async () => {
    const filters: Filters = { type: 'and', filters: [{ type: 'unknown', property_name: '$phone', value: {} }] };
    await run('Dashly Leads: Filter…');
    await chooseIn('(1/3)', 'Phone');
    await chooseIn('(2/3)', 'is not set');
    await accept('Apply');
    await workbench.quickInput.closed();
    await listShows(filters);
    assert.equal(steps, 8);
  });

  it('a CSV of all who paid: 8 steps for the filter, 11 for the file', async () => {
    const filters: Filters = { type: 'and', filters: [{ type: 'known', property_name: '$revenue', value: {} }] };
    await run('Dashly Leads: Clear Filter');
    await listShows();
    steps = 0;
    await run('Dashly Leads: Filter…');
    await chooseIn('(1/3)', 'Revenue');
    await chooseIn('(2/3)', 'is set');
    await accept('Apply');
    await workbench.quickInput.closed();
    await listShows(filters);
    await run('Dashly Leads: Export Leads…');
    const path = join(folder, 'paid.csv');
    await chooseIn('1/3', 'Every lead of this view');
    await chooseIn('2/3', 'CSV');
    await chooseIn('3/3', 'All properties');
    await waitUntil('a name is proposed', async () => /-leads-\d{4}/.test(await workbench.quickInput.value()));
    await workbench.quickInput.fill(path);
    steps++;
    await press('Enter');
    await workbench.notifications.waitFor(/Exported \d+ leads to paid\.csv/);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
    assert.equal(lines.length - 1, served.app.query({ filters }).length);
    assert.equal(steps, 19);
  });
});
