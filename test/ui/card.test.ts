import assert from 'node:assert/strict';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

/** A moment as the service writes it, so many seconds ago. */
function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19);
}

describe('The card of a lead', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let ada: string;
  let alan: string;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 400 });
    const { app } = served;
    app.add({ $name: 'Grace Hopper', $email: 'grace@example.com', $last_seen: ago(-50) });
    alan = app.add({ $name: 'Alan Turing', $phone: '+44 20 7946 0001', $last_seen: ago(-60) }, 'idle');
    ada = app.add(
      {
        $name: 'Ada Lovelace',
        $email: 'ada@example.com',
        $user_id: 'ada-1815',
        $last_seen: ago(-70),
        $initial_referrer: 'https://example.org/engine?notes=g&by=ada@example.com',
        $sessions: 7,
        order_id: 1448121617782670209n,
        about: 'Writes to ada@example.com about engines',
      },
      'online',
    );
    workbench = await openWorkbench({ settings: { 'dashlyLeads.card.refreshInterval': 1 } });
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });
  beforeEach(() => served.api.faults.clear());
  afterEach(() => workbench.closeEditors());

  it('follows the selection in one tab, and leaves the keyboard in the tree', async () => {
    await card.open('Ada Lovelace');
    await workbench.page.keyboard.press('ArrowDown');
    await card.waitForName('Alan Turing');
    await workbench.page.keyboard.press('ArrowDown');
    await card.waitForName('Grace Hopper');
    assert.deepEqual(
      (await workbench.tabs()).map(({ label }) => label),
      ['Grace Hopper'],
    );
  });

  it('stays when it is pinned, by a double click or by its button', async () => {
    await workbench.leads.doubleClick(workbench.leads.row('Ada Lovelace'));
    await card.waitForName('Ada Lovelace');
    await card.open('Alan Turing');
    await card.button('Keep This Card Open').click();
    await card.button('Keep This Card Open').waitFor({ state: 'hidden' });
    await card.open('Grace Hopper');
    assert.deepEqual(
      (await workbench.tabs()).map(({ label }) => label),
      ['Ada Lovelace', 'Alan Turing', 'Grace Hopper'],
    );
    await card.open('Ada Lovelace');
    assert.equal((await workbench.tabs()).length, 3);
  });

  it('shows what the list does not give, and when that was read', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    const header = await card.frame.locator('header').innerText();
    for (const text of ['Online', 'on ', 'ada@example.com', 'ada-1815', ada]) {
      assert.ok(header.includes(text), `${text} is missing in ${header}`);
    }
    assert.doesNotMatch(header, /last seen/);
    await card.frame.locator('.property[data-key="visit:$current_session_pages"]').waitFor();
    await card.tab('More');
    const more = await card.frame.locator('#view-more').innerText();
    for (const title of ['segments', 'tags', 'notes']) {
      assert.ok(more.toLowerCase().includes(title), `${title} is missing in ${more}`);
    }
    await card.tab('Properties');
  });

  it('marks what has changed since the lead was listed, and its row says the same as the card', async () => {
    served.app.change(ada, { $sessions: 8 });
    await card.open('Ada Lovelace');
    await card.detailsRead();
    assert.match(await card.property('$sessions').innerText(), /8\s+Before: 7/);
    await card.frame.getByText('1 property has changed since the lead was listed').waitFor();
    await card.button('Keep This Card Open').click();
    await card.button('Keep This Card Open').waitFor({ state: 'hidden' });
    served.app.change(alan, { $phone: '+44 20 7946 0002' }, 'online');
    await card.open('Alan Turing');
    await workbench.leads.waitForRow('what the card has read', ({ label, description, ariaLabel }) => {
      return label === 'Alan Turing' && description === 'now · +44 20 7946 0002' && ariaLabel.includes(' online');
    });
    // The rows have changed, and that of the first lead says what its card has read: no reason to take the mark away.
    await workbench.page.getByRole('tab', { name: 'Ada Lovelace' }).click();
    await card.waitForName('Ada Lovelace');
    await card.frame.getByText('1 property has changed since the lead was listed').waitFor();
  });

  it('says how the service sent a value, when it is asked to', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    const row = card.property('$last_seen');
    await card.rowAction('$last_seen', 'Show Raw Value');
    assert.match(await row.locator('.raw').innerText(), /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"$/);
    await card.rowAction('$last_seen', 'Show Raw Value');
    await row.locator('.raw').waitFor({ state: 'detached' });
    const number = card.property('order_id').locator('.number');
    assert.equal(await number.innerText(), '1,448,121,617,782,670,209');
    assert.equal(await number.getAttribute('title'), '1448121617782670209');
  });

  it('finds properties by name and by value, and copies them', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    await card.filter('14481216');
    await waitUntil('one property is left', async () => (await card.properties()).join() === 'order_id');
    await card.rowAction('order_id', 'Copy Value');
    await waitUntil('the value is copied', async () => (await workbench.clipboard()) === '1448121617782670209');
    await card.rowAction('order_id', 'Copy as "name": value');
    await waitUntil(
      'the pair is copied',
      async () => (await workbench.clipboard()) === '"order_id": 1448121617782670209',
    );
    await card.filter('EMAIL');
    await waitUntil('the e-mail is left', async () => (await card.properties()).includes('$email'));
    await card.filter('');
  });

  it('sorts by name and by value, up, down and back', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    const asSent = await card.properties();
    const name = card.frame.getByRole('columnheader', { name: 'Name' });
    await name.click();
    assert.equal(await name.getAttribute('aria-sort'), 'ascending');
    const up = await card.properties();
    await name.click();
    assert.equal(await name.getAttribute('aria-sort'), 'descending');
    assert.notDeepEqual(await card.properties(), up);
    await name.click();
    assert.deepEqual(await card.properties(), asSent);
  });

  it('reaches each property and its actions by keyboard', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    await card.frame.getByRole('textbox', { name: 'Filter properties' }).focus();
    await workbench.page.keyboard.press('Tab');
    for (let presses = 0; presses < 3; presses++) await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    const focused = card.frame.locator('.row-actions vscode-button:focus');
    assert.equal(await focused.getAttribute('aria-label'), 'Copy Value');
    await workbench.page.keyboard.press('ArrowRight');
    assert.equal(await focused.getAttribute('aria-label'), 'Copy as "name": value');
    await workbench.page.keyboard.press('Enter');
    await waitUntil('the property is copied', async () => /^"\$\w+": /.test(await workbench.clipboard()));
    await workbench.page.keyboard.press('Escape');
    await card.frame.locator('vscode-data-grid-cell:focus').waitFor();
  });

  it('takes the keyboard from nobody when what had it is painted anew', async () => {
    const { quickInput } = workbench;
    await card.open('Ada Lovelace');
    await card.detailsRead();
    await card.property('$sessions').locator('vscode-data-grid-cell').last().focus();
    await workbench.page.keyboard.press('F1');
    await quickInput.opened();
    await quickInput.type('Dashly');
    served.app.change(ada, { $sessions: 8 });
    await card.property('$sessions').getByText('8', { exact: true }).waitFor();
    await quickInput.type(' Leads: Refresh Card');
    assert.equal(await quickInput.value(), '>Dashly Leads: Refresh Card');
    await quickInput.cancel();
    served.app.change(ada, { $sessions: 7 });
  });

  it('shows the whole address before it opens a link, and opens nothing unless told to', async () => {
    await card.open('Ada Lovelace');
    await card.rowAction('$initial_referrer', 'Open Link…');
    const text = await workbench.dialogText();
    assert.ok(text.includes('https://example.org/engine?notes=g&by=ada@example.com'), text);
    await workbench.answerDialog('Cancel');
    assert.equal(workbench.page.context().pages().length, 1);
  });

  it('pages through the history of events, the newest first', async () => {
    const busy = served.app
      .query()
      .find((id) => Object.keys(served.app.record(id)?.props ?? {}).some((name) => name.startsWith('$event_')));
    assert.ok(busy);
    served.app.change(busy, { $name: 'Busy Bee', $last_seen: ago(-90) });
    await workbench.runCommand('Dashly Leads: Refresh');
    await card.open('Busy Bee');
    await card.tab('Events');
    await card.button('Show Event History').click();
    const list = card.frame.locator('.occurrences > li');
    await list.first().waitFor();
    const times = await card.frame
      .locator('.occurrences > li > time')
      .evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
    assert.ok(times.length > 0);
    assert.deepEqual(times, [...times].sort().reverse());
  });

  it('keeps the presence true while it is looked at', async () => {
    await card.open('Grace Hopper');
    await card.detailsRead();
    await card.frame.locator('.presence.offline').waitFor();
    served.app.comeOnline(
      served.app.query({
        filters: {
          type: 'and',
          filters: [{ type: 'str_eq', property_name: '$email', value: { value: 'grace@example.com' } }],
        },
      })[0]!,
    );
    await card.frame.locator('.presence.online').waitFor();
  });

  for (const [what, name, made, sentence] of [
    [
      'forbidden',
      '403',
      fault.error('PermissionDeniedError', 'No right to user details'),
      /could not be read\. .*No right to user details/,
    ],
    ['broken', '500', fault.error('Error500'), /details and conversations could not be read\. /],
  ] as const) {
    it(`is complete with what the list gave when the details are ${what} (${name}), says what is missing, and reads it again`, async () => {
      served.api.faults.add(made, { path: '/users/' });
      await card.open('Ada Lovelace');
      const failed = card.frame.locator('.notice.failed');
      await failed.waitFor();
      assert.match(await failed.innerText(), sentence);
      assert.match(await card.property('$email').innerText(), /ada@example\.com/);
      served.api.faults.clear();
      // By itself, each second.
      await card.detailsRead();
      await failed.waitFor({ state: 'hidden' });
    });
  }

  it('is complete with what the list gave while the details are slow, or never come', async () => {
    served.api.faults.add(fault.silence(), { path: '/users/' });
    await card.open('Ada Lovelace');
    assert.match(await card.property('$email').innerText(), /ada@example\.com/);
    assert.match(await card.frame.locator('.details').innerText(), /Reading details/);
    served.api.faults.clear();
    served.api.faults.add(fault.delay(2000), { path: '/users/' });
    await card.open('Alan Turing');
    assert.match(await card.frame.locator('.details').innerText(), /Reading details/);
    await card.detailsRead();
  });

  it('says that a lead is gone, and keeps what the list gave', async () => {
    const gone = served.app.add({ $name: 'Gone Girl', $email: 'gone@example.com', $last_seen: ago(-80) });
    await workbench.runCommand('Dashly Leads: Refresh');
    await workbench.leads.waitForRow('the new lead', ({ label }) => label === 'Gone Girl');
    served.api.faults.add(fault.error('LookupError', 'No such user'), { path: `/users/${gone}` });
    await card.open('Gone Girl');
    await card.frame.locator('.notice.failed').waitFor();
    assert.match(await card.property('$email').innerText(), /gone@example\.com/);
  });

  it('gives the page masked data only, while contacts are masked', async () => {
    await card.open('Ada Lovelace');
    await card.detailsRead();
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await card.frame.getByText('Contacts are masked').waitFor();
    await card.frame.getByText('a•••@e•••.com').first().waitFor();
    for (const tab of ['Properties', 'Events', 'More']) {
      await card.tab(tab);
      const page = await card.frame.locator('html').evaluate((root) => root.outerHTML);
      assert.doesNotMatch(page, /ada@example|Lovelace|ada-1815/);
    }
    await card.tab('Properties');
    await workbench.setClipboard('nothing yet');
    await card.rowAction('$email', 'Copy Value');
    assert.match(await workbench.dialogText(), /real/);
    await workbench.answerDialog('Use Real Data');
    await waitUntil('the real value is copied', async () => (await workbench.clipboard()) === 'ada@example.com');
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await card.waitForName('Ada Lovelace');
  });
});
