import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const fileName = 'checkout.ts';
const source = `declare const dashly: any;

export function paid(sum: number) {
  dashly.track('Order completed', { sum });
}

export function left() {
  dashly.track('Order complete');
}
`;

describe('Calls in a source file', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 1_500, seed: 3 });
    const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-code-'));
    await writeFile(join(folder, fileName), source);
    workbench = await openWorkbench({ folder });
    await connectApp(workbench, served);
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  const lens = () => workbench.page.locator('.codelens-decoration a');

  it('lead from track(…) to the leads with this event, to their number, and to what is wrong', async () => {
    const { page, quickInput, leads } = workbench;
    await page.keyboard.press('ControlOrMeta+p');
    await quickInput.opened();
    await quickInput.type(fileName);
    await quickInput.waitForRow('the file', (row) => row.label.includes(fileName) && row.focused);
    const before = served.api.requests.length;
    await quickInput.press('Enter');
    const links = ['Leads with this event', 'Follow', 'Leads with this event', 'Follow'];
    await waitUntil('both calls have links', async () => isDeepStrictEqual(await lens().allTextContents(), links));
    assert.equal(served.api.requests.length, before, 'nothing is asked for before somebody wants to know');

    await lens().first().click();
    // What the event is called was learnt from the leads; the view says it in words.
    await leads.waitForMessage(/Order completed, count is set/);
    const ids = served.app.query({
      filters: { type: 'and', filters: [{ type: 'known', property_name: '$event_35_count', value: {} }] },
    });
    const counted = `${ids.length.toLocaleString('en')} leads with this event`;
    await waitUntil('the link says how many', async () => (await lens().first().textContent()) === counted);
    assert.equal(await lens().nth(2).textContent(), 'Leads with this event');

    await workbench.runCommand('Dashly Leads: Events in This File');
    await quickInput.opened('Events in This File');
    const rows = await quickInput.rows();
    assert.deepEqual(
      rows.map(({ label }) => label.trim()),
      ['Order completed', 'Order complete', 'Ask the Service'],
    );
    await quickInput.pick('Ask the Service');
    await quickInput.waitForRow(
      'when it came last',
      ({ label, detail }) =>
        label.trim() === 'Order completed' &&
        new RegExp(`^${ids.length.toLocaleString('en')} leads, last .+ ago$`).test(detail),
    );
    await quickInput.press('ArrowUp');
    await quickInput.waitForRow(
      'the second call, active',
      (row) => row.label.trim() === 'Order complete' && row.focused,
    );
    await quickInput.press('Enter');
    await quickInput.closed();
    await waitUntil('the cursor is at the call', async () =>
      (await workbench.statusBar()).some((item) => item.includes('Ln 8')),
    );
  });

  it('lead from track(…) to the card of one who is on the site, which shows this event alone as it comes in', async () => {
    const { site } = served.app;
    const visitor = site.come('Checkout');
    await lens().getByText('Follow').first().click();
    const { quickInput } = workbench;
    await quickInput.opened('Follow “Order completed”');
    const name = `Visitor …${visitor.slice(-4)}`;
    await quickInput.waitForRow('who is on the site', ({ label }) => label.trim() === name);
    await quickInput.pick(name);
    const card = new LeadCard(workbench);
    await card.waitForName(`Lead ${visitor}`);
    await card.button('Only “Order completed”').waitFor();
    await card.frame.getByText(/^Listening, last asked/).waitFor();
    site.track(visitor, 'Another');
    site.track(visitor, 'Order completed', { sum: 19.9 });
    const arrived = card.frame.locator('.occurrences > li.arrived .occurrence-name');
    await arrived.first().waitFor();
    assert.deepEqual(await arrived.allInnerTexts(), ['Order completed']);
    await workbench.runCommand('View: Close Editor');
  });

  it('are looked for without loading the rest: in a new window the palette knows all the same that an app is connected', async () => {
    const another = await mkdtemp(join(tmpdir(), 'dashly-leads-code-'));
    await writeFile(join(another, 'plain.ts'), 'export const one = 1;\n');
    const window = await workbench.another();
    await window.open(another);
    await window.page.keyboard.press('ControlOrMeta+p');
    await window.quickInput.opened();
    await window.quickInput.type('plain.ts');
    await window.quickInput.waitForRow('the file', (row) => row.label.includes('plain.ts') && row.focused);
    const asked = served.api.requests.length;
    await window.quickInput.press('Enter');
    await waitUntil('the palette offers it', () => window.offersCommand('Dashly Leads: Switch View…'));
    assert.equal(served.api.requests.length, asked);
    await window.runCommand('Dashly Leads: Switch View…');
    await window.quickInput.opened('Switch View');
    await window.close();
  });
});
