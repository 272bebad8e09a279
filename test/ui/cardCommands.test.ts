import assert from 'node:assert/strict';
import type { Lead } from '../../src/dashly/lead';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('What can be done from the card of a lead', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let ada: string;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 200 });
    const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19);
    served.app.add({ $name: 'Alan Turing', $city: 'Maida Vale', $last_seen: soon(5) });
    ada = served.app.add({
      $name: 'Ada Lovelace',
      $email: 'ada@example.com',
      $city: 'Marylebone',
      $last_seen: soon(6),
    });
    workbench = await openWorkbench({ settings: { 'dashlyLeads.card.refreshInterval': 1 } });
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    await workbench.setClipboard('nothing yet');
  });
  afterEach(() => workbench.closeEditors());

  async function copied(): Promise<Lead> {
    return waitUntil('the JSON is copied', async () => {
      const text = await workbench.clipboard();
      return text !== 'nothing yet' && (JSON.parse(text) as Lead);
    });
  }

  it('copies the JSON', async () => {
    await card.button('Copy JSON').click();
    assert.equal((await copied()).id, ada);
  });

  it('is about its own lead in its menu, whatever is selected in the tree', async () => {
    await workbench.leads.select(workbench.leads.row('Alan Turing'), 'ControlOrMeta');
    await card.menu('Copy Lead ID');
    await waitUntil('the id is copied', async () => (await workbench.clipboard()) === ada);
  });

  it('opens its menu by the right mouse button too', async () => {
    await card.frame.locator('h1').click({ button: 'right' });
    await card.menuItem('Copy Lead JSON to New Editor').waitFor();
    await workbench.page.keyboard.press('Escape');
    await card.menuItem('Copy Lead JSON to New Editor').waitFor({ state: 'hidden' });
  });

  it('opens the JSON as a document and in a new editor', async () => {
    await card.button('Open JSON').click();
    await workbench.waitForTab('of the document', ({ label, active }) => active && label === 'Ada Lovelace.json');
    await card.open('Ada Lovelace');
    await card.menu('Copy Lead JSON to New Editor');
    await workbench.waitForTab('that is untitled', ({ active, dirty }) => active && dirty);
    assert.equal((JSON.parse(await workbench.editorText()) as Lead).id, ada);
    await workbench.runCommand('View: Revert and Close Editor');
  });

  it('compares with another lead', async () => {
    const { quickInput } = workbench;
    await card.button('Compare With…').click();
    await quickInput.opened('Compare Ada Lovelace With…');
    await quickInput.fill('Alan Turing');
    await quickInput.waitForRow('the other lead', ({ label }) => label === 'Alan Turing');
    await quickInput.accept();
    await workbench.waitForTab(
      'of the comparison',
      ({ label, active }) => active && label === 'Ada Lovelace ↔ Alan Turing',
    );
  });

  it('compares with what the card showed before, although the list has not changed', async () => {
    served.app.change(ada, { note: 'written while the card was open' });
    await card.property('note').waitFor();
    await card.button('Compare With Earlier State').click();
    await workbench.waitForTab(
      'of the comparison',
      ({ label, active }) => active && /^Ada Lovelace: .* ↔ now$/.test(label),
    );
    await workbench.page
      .locator('.monaco-diff-editor .modified .view-lines')
      .getByText('written while the card was open')
      .waitFor();
  });

  it('shows by another icon, not by its colour alone, that a value was copied', async () => {
    const button = card.frame.locator('vscode-button[aria-label="Copy E-mail"]');
    await card.frame.locator('.contact').filter({ has: button }).hover();
    const shape = (): Promise<string | null> => button.locator('path').getAttribute('d');
    const before = await shape();
    await button.click();
    await waitUntil('the icon is another one', async () => (await shape()) !== before);
    await card.frame.getByRole('status').filter({ hasText: 'Copied.' }).waitFor({ state: 'attached' });
    await waitUntil('the icon is back', async () => (await shape()) === before);
  });
});
