import assert from 'node:assert/strict';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('Find Visitor', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  before(async () => {
    served = await serveApp({ leads: 60, special: false });
    workbench = await openWorkbench({ settings: { 'dashlyLeads.events.followInterval': 1 } });
    await connectApp(workbench, served);
    card = new LeadCard(workbench);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  async function open(text: string): Promise<void> {
    await workbench.runCommand('Dashly Leads: Find Visitor…');
    await workbench.quickInput.opened(/^Find Visitor of/);
    await workbench.quickInput.fill(text);
  }

  it('leads from a copied Cookie header to the card, which follows, and sends no other cookie anywhere', async () => {
    const { app, api } = served;
    const visitor = app.site.come('Pricing');
    await open(`Cookie: session=hunter2; dashly_uid=${visitor}; theme=dark`);
    // At once: whoever is found then is meant.
    await workbench.quickInput.accept();
    await workbench.quickInput.closed();
    await card.waitForId(visitor);
    await card.frame.getByText(/^Listening, last asked/).waitFor();
    app.site.track(visitor, 'Order completed', { total: 19.9 });
    await card.frame.locator('.occurrences > li.arrived').getByText('Order completed').waitFor();
    assert.doesNotMatch(JSON.stringify(api.requests), /hunter2/);
  });

  it('says what it takes a text for, finds by a link and by a User ID, and says what to do when nobody is found', async () => {
    const { app } = served;
    const { quickInput } = workbench;
    const [talking = '', known = ''] = app.query();
    // One that is not loaded.
    const old = app.query().at(-1) ?? '';
    const conversation = app.conversations.begin(talking, [{ body: 'Hello' }]);
    await open('waits');
    // As when the person goes to copy a link somewhere else.
    await workbench.leads.select(workbench.leads.rowAt(2));
    await waitUntil('the keyboard is in the tree', async () => (await workbench.leads.rows())[2]!.focused);
    assert.equal(await quickInput.value(), 'waits');
    await quickInput.fill(`https://dashly.io/panel/sample/conversations/${conversation}`);
    await quickInput.opened(/ — a conversation in the admin panel — 1 match$/);
    await quickInput.accept();
    await card.waitForId(talking);

    app.site.track(known, 'Registered');
    app.change(known, { $user_id: '424242' });
    await open('424242');
    await quickInput.opened(/ — a lead ID, a User ID or a phone number — 1 match$/);
    await quickInput.accept();
    await card.waitForId(known);

    app.merge(old, known);
    await open(`dashly_uid=${old}`);
    await quickInput.waitForRow('that it was merged', ({ description }) =>
      description.startsWith('Merged into another lead'),
    );
    await quickInput.fill(`dashly_uid=1${old}`);
    const none = await quickInput.waitForRow('nobody', ({ label }) =>
      label.startsWith('No visitor is found by the cookie'),
    );
    assert.match(none.detail, /copy the cookie again/);
    await quickInput.fill('https://dashly.io/panel/999/conversations/1');
    await quickInput.waitForRow('another app', ({ detail }) => detail.includes('one of another app (999)'));
    await quickInput.cancel();
    assert.deepEqual(app.createdByUserId, []);
    await waitUntil('no message is shown', async () => (await workbench.notifications.texts()).length === 0);
  });
});
