import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SampleLead } from '../../src/sample/sampleLead';
import type { Locator } from '../vscode/browser';
import { waitUntil } from '../vscode/condition';
import { cacheFolder } from '../vscode/folders';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { idsInTree } from './helpers/idsInTree';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('The segments of a card', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let ada: string;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 300, special: false });
    // The first that is added is in each of the sample app's segments, and has the tag that the last one asks for.
    const now = new Date(served.app.now()).toISOString().slice(0, 19);
    const contacts = { $name: 'Ada Lovelace', $email: 'ada@example.com', $phone: '+44 20 7946 0001' };
    ada = served.app.add({ ...contacts, $sessions: 42, $orders_count: 5, $last_seen: now });
    workbench = await openWorkbench();
    card = new LeadCard(workbench);
    await connectApp(workbench, served);
    // A card that has read its lead makes the segments known.
    await card.openId(ada);
    await card.detailsRead();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  /** Who satisfies what the segment says, by what the app holds and nothing else. */
  function members(isIn: (props: SampleLead['props']) => boolean): Set<string> {
    const { app } = served;
    return new Set(app.query().filter((id) => isIn(app.record(id)?.props ?? {})));
  }

  /** The list is called so, says how many leads it has, and holds these only. */
  async function waitForSegment(name: string, isIn: (props: SampleLead['props']) => boolean): Promise<void> {
    const ids = members(isIn);
    assert.ok(ids.size > 0 && ids.size < 300);
    await workbench.leads.waitForMessage(` · ${name} · ${ids.size} leads`);
    // The rows are drawn anew when the card has read its lead: what was selected then is selected no more.
    const loaded = await waitUntil('the tree holds the first page of the segment', async () => {
      const inTree = await idsInTree(workbench);
      return inTree.length === Math.min(50, ids.size) && inTree;
    });
    for (const id of loaded) assert.ok(ids.has(id), id);
  }

  /** The button beside a segment on the card, which follows what is selected in the tree. */
  async function showLeads(name: string): Promise<Locator> {
    await card.openId(ada);
    await card.detailsRead();
    await card.tab('More');
    return card.button(`Show Leads of This Segment: ${name}`);
  }

  const number = (value: unknown): number => (typeof value === 'number' ? value : NaN);

  it('are shown in the list, which then has their leads and their name, by mouse and by keyboard', async () => {
    await (await showLeads('Постоянные клиенты')).click();
    await waitForSegment('Постоянные клиенты', ({ $orders_count: orders }) => number(orders) > 3);
    await (await showLeads('Phone or many sessions')).press('Enter');
    await waitForSegment('Phone or many sessions', ({ $phone: phone, $sessions: sessions }) => {
      return phone !== undefined || (number(sessions) >= 20 && number(sessions) <= 60);
    });
    await workbench.screenshot(join(cacheFolder, 'segments', 'card.png'));
  });

  it('are offered in Switch View with their number and their filter, and can be saved as a view', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Dashly Leads: Switch View…');
    await quickInput.opened('Switch View');
    await quickInput.type('example.com');
    const atExample = ({ $email: email }: SampleLead['props']): boolean =>
      typeof email === 'string' && email.includes('@example.com');
    const count = String(members(atExample).size);
    const row = await quickInput.waitForRow('the segment with its count', ({ label, description }) => {
      return label === 'At example.com' && description === count;
    });
    assert.match(row.detail, /^E-mail contains “@example\.com”/);
    await workbench.screenshot(join(cacheFolder, 'segments', 'switch.png'));
    await quickInput.accept();
    await waitForSegment('At example.com', atExample);
    await workbench.runCommand('Dashly Leads: Switch View…');
    await quickInput.opened('Switch View');
    const shown = await quickInput.waitForRow('what is shown', ({ description }) =>
      description.startsWith('shown now'),
    );
    assert.deepEqual([shown.label, shown.focused], ['At example.com', true]);
    await quickInput.cancel();
    await workbench.runCommand('Dashly Leads: Save View…');
    await quickInput.opened('Save View');
    assert.equal(await quickInput.value(), 'At example.com');
    await quickInput.accept();
    await quickInput.pick('User Settings');
    await workbench.notifications.waitFor(/View “At example\.com” saved/);
  });

  it('are not called by their name where the list cannot be asked for all of their conditions', async () => {
    const before = await workbench.leads.message();
    const button = await showLeads('VIPs of this month');
    await button.click();
    const text = await workbench.dialogText();
    assert.match(text, /“VIPs of this month” cannot be shown as it is/);
    assert.match(text, /– tags: tag contains “VIP”/);
    assert.match(text, /Without it, the list holds leads that are not in the segment, too/);
    await workbench.screenshot(join(cacheFolder, 'segments', 'dialog.png'));
    await workbench.answerDialog('Cancel');
    assert.equal(await workbench.leads.message(), before);
    await button.click();
    await workbench.dialogText();
    await workbench.answerDialog('Show Without It');
    const month = 30 * 86_400_000;
    const seen = members(({ $last_seen: date }) => Date.parse(`${String(date)}Z`) > served.app.now() - month);
    await workbench.leads.waitForMessage(new RegExp(`Last seen is less than 30 days ago.* ${seen.size} leads`));
    assert.doesNotMatch(await workbench.leads.message(), /VIPs/);
  });
});
