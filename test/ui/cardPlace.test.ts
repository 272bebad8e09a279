import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Where a card opens', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let alan: string;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 200 });
    const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19);
    served.app.add({ $name: 'Grace Tester', $last_seen: soon(4) });
    alan = served.app.add({ $name: 'Alan Tester', $last_seen: soon(5) });
    served.app.add({ $name: 'Ada Tester', $last_seen: soon(6) });
    await open();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  afterEach(async () => {
    if ((await workbench.tabs()).some(({ dirty }) => dirty)) {
      await workbench.page.locator('.tab.dirty').click();
      await workbench.runCommand('View: Revert and Close Editor');
    }
    await workbench.closeEditors();
  });

  async function open(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    workbench = await openWorkbench({ settings: { 'workbench.editor.untitled.labelFormat': 'name', ...settings } });
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  }

  /** The labels of the tabs, group by group from the left; the one in front with a star. */
  function groups(): Promise<string[][]> {
    return workbench.page
      .locator('.editor-group-container:has(.tab)')
      .evaluateAll((all) =>
        all
          .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
          .map((group) =>
            [...group.querySelectorAll('.tab')].map(
              (tab) =>
                (tab.querySelector('.label-name')?.textContent ?? '') + (tab.classList.contains('active') ? '*' : ''),
            ),
          ),
      );
  }

  /** Writes into the text editor in sight. */
  async function write(): Promise<void> {
    await workbench.editor().locator('.view-lines').click();
    await workbench.page.keyboard.type('written');
    await workbench.waitForTab('with what was written', ({ label, dirty }) => dirty && label.startsWith('Untitled'));
  }

  async function waitForGroups(...wanted: string[][]): Promise<void> {
    let seen: string[][] = [];
    await waitUntil(`the tabs are ${JSON.stringify(wanted)}`, async () => {
      seen = await groups();
      return JSON.stringify(seen) === JSON.stringify(wanted);
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; they are ${JSON.stringify(seen)}`);
    });
  }

  /** Goes to a row of the search by the arrow keys, which shows the lead's card. */
  async function searchTo(name: string): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Search Leads…');
    await quickInput.opened(/^Search Leads of/);
    await quickInput.fill('Tester');
    await quickInput.waitForRow('the matches of the service', ({ label }) => /^\d+ match/.test(label));
    await waitUntil(`${name} is active`, async () => {
      await quickInput.press('ArrowDown');
      return (await quickInput.rows()).find(({ focused }) => focused)?.label === name;
    });
    await card.waitForName(name);
  }

  it('is over the active editor, but not over a text that is being written, nor behind it', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await card.open('Ada Tester');
    await waitForGroups(['Untitled-1', 'Ada Tester*']);
    await workbench.page.locator('.tab').filter({ hasText: 'Untitled-1' }).click();
    await write();
    await card.open('Alan Tester');
    await waitForGroups(['Untitled-1*'], ['Alan Tester*']);
  });

  it('is again what it was before the search, after Escape', async () => {
    await card.open('Ada Tester');
    await searchTo('Alan Tester');
    await workbench.quickInput.cancel();
    await card.waitForName('Ada Tester');
    await waitForGroups(['Ada Tester*']);
  });

  it('gives way again to the text that was there before the search, after Escape', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await searchTo('Alan Tester');
    await workbench.quickInput.cancel();
    await waitForGroups(['Untitled-1*']);
  });

  it('stays what the search showed when it is clicked, or chosen by Enter', async () => {
    await card.open('Ada Tester');
    await searchTo('Alan Tester');
    await card.property('$last_seen').click();
    await workbench.quickInput.closed();
    await card.menu('Copy Lead ID');
    await waitUntil('the id is copied', async () => (await workbench.clipboard()) === alan);
    await card.waitForName('Alan Tester');
    await searchTo('Grace Tester');
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
    await waitForGroups(['Grace Tester*']);
  });

  // The last one of this window: a place that was chosen is kept as long as it is open.
  it('is where the person has put the last one', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await card.open('Ada Tester');
    await workbench.page.locator('.tab').filter({ hasText: 'Ada Tester' }).click();
    await workbench.runCommand('View: Move Editor into Right Group');
    await waitForGroups(['Untitled-1*'], ['Ada Tester*']);
    await workbench.runCommand('View: Close Editor');
    await waitForGroups(['Untitled-1*']);
    await card.open('Alan Tester');
    await waitForGroups(['Untitled-1*'], ['Alan Tester*']);
  });

  it('is beside the active editor when the setting says so', async () => {
    await workbench.close();
    await open({ 'dashlyLeads.card.location': 'beside' });
    await workbench.runCommand('File: New Untitled Text File');
    await card.open('Ada Tester');
    await waitForGroups(['Untitled-1*'], ['Ada Tester*']);
    await card.open('Alan Tester');
    await waitForGroups(['Untitled-1*'], ['Alan Tester*']);
  });
});
