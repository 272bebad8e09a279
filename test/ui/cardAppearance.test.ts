import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SaidPart } from '../../src/sample/conversation';
import { eventTypes } from '../../src/sample/leadHistory';
import { cacheFolder } from '../vscode/folders';
import { openWorkbench, themes } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';
import { violations } from './helpers/violations';

const tabs = ['Properties', 'Events', 'Conversations', 'More'] as const;

/** A lead with something of everything. */
function addRichLead({ app }: ServedApp): string {
  const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19);
  const events = eventTypes.slice(0, 9).flatMap(({ id }, index): [string, string | number][] => [
    [`$event_${id}_first`, at(700 - index * 71)],
    [`$event_${id}_last`, at(index * 23)],
    [`$event_${id}_count`, Math.min(400, 2 ** index)],
  ]);
  const id = app.add(
    {
      $name: 'Ada Lovelace',
      $email: 'ada@example.com',
      $phone: '+44 20 7946 0001',
      $user_id: 'ada-1815',
      $last_seen: at(0),
      $sessions: 42,
      $country: 'United Kingdom',
      $city: 'London',
      $initial_referrer: 'https://www.example.org/blog/analytical-engine?utm_source=newsletter',
      $last_utm_source: 'newsletter',
      $orders_count: 3,
      $revenue: 1815.5,
      plan: 'enterprise',
      newsletter: true,
      interests: ['engines', 'poetry', 'flying'],
      ...Object.fromEntries(events),
    },
    'online',
  );
  app.conversations.begin(id, everyKindOfPart(id));
  return id;
}

/** What is said and done in a conversation of many kinds. */
function everyKindOfPart(lead: string): SaidPart[] {
  const olga = { id: '9', name: 'Olga', avatar: null, type: 'admin' } as const;
  const bot = { id: '10', name: 'Helper', avatar: null, type: 'bot' } as const;
  const team = { name: 'Support team', avatar: null, type: 'default_admin' } as const;
  const file = { id: '1', type: 'file', filename: 'offer.pdf', mime_type: 'application/pdf', size: 52_100 };
  return [
    { body: 'Is there an API?' },
    { type: 'auto_reply', from: team, sent_via: 'message_auto', body: 'Thank you for writing!' },
    { type: 'assigned', from: team, assignee: { id: '9', name: 'Olga' } },
    { type: 'note', from: olga, body: 'Asked the same in May.' },
    { type: 'reply_admin', from: olga, sent_via: 'email_admin', body: '<p>There is.<br>Here is our offer:</p>' },
    { type: 'reply_admin', from: olga, attachments: [{ ...file, url: 'https://files.example.com/1', created: 0 }] },
    { type: 'chat_bot_admin', from: bot, body: 'Was that helpful?', read: false },
    { type: 'chat_bot_user', from: lead, body: 'Yes', edited: 1 },
    { type: 'tag_added', from: olga, tag: { id: '3', name: 'billing' } },
    { type: 'reply_user', from: lead, body: 'x'.repeat(300), read: false },
    { type: 'video_call', from: olga },
    { type: 'closed', from: olga },
  ];
}

describe('The look of a card', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  const errors: string[] = [];

  before(async () => {
    served = await serveApp({ seed: 3, leads: 400 });
    workbench = await openWorkbench();
    card = new LeadCard(workbench);
    workbench.page.on('pageerror', (error) => errors.push(error.message));
    await connectApp(workbench, served);
    await workbench.notifications.clear();
    await card.openId(addRichLead(served));
    await card.detailsRead();
    await card.frame.getByRole('tab', { name: 'Events 9' }).waitFor();
    await card.tab('Conversations');
    await card.frame.locator('.item-line').first().click();
    await card.frame.getByText('The conversation begins here.').waitFor();
  });
  after(async () => {
    assert.deepEqual(errors, []);
    await workbench.close();
    await served.server.close();
  });

  for (const theme of themes()) {
    describe(`in the ${theme} theme`, () => {
      before(() => workbench.setTheme(theme));

      for (const tab of tabs) {
        it(`has no violation that axe-core finds: ${tab}`, async () => {
          await card.tab(tab);
          assert.deepEqual(await violations(card.frame), []);
          await workbench.screenshot(join(cacheFolder, 'card', `${theme}-${tab.toLowerCase()}.png`));
        });
      }
    });
  }

  // In a group of its own: the tests outside of groups would run first, and leave the window narrow.
  describe('in little room', () => {
    it('has no header over the values, which stand under their names, and reaches them by keyboard', async () => {
      await workbench.page.setViewportSize({ width: 750, height: 900 });
      await card.tab('Properties');
      await card.frame.getByRole('columnheader', { name: 'Value' }).waitFor({ state: 'detached' });
      const property = card.property('$name').locator('vscode-data-grid-cell');
      const [name, value] = [await property.first().boundingBox(), await property.last().boundingBox()];
      assert.ok(name && value && value.y >= name.y + name.height && value.x === name.x);
      await card.frame.getByRole('textbox', { name: 'Filter properties' }).focus();
      await workbench.page.keyboard.press('Tab');
      await workbench.page.keyboard.press('ArrowDown');
      await card.frame.locator('.property vscode-data-grid-cell:focus').waitFor();
    });

    it('does not light up the heading of a group, because it does nothing', async () => {
      await card.tab('Properties');
      const group = card.frame.locator('vscode-data-grid-row.group').first();
      const background = () => group.evaluate((row) => getComputedStyle(row).backgroundColor);
      const before = await background();
      await group.hover();
      assert.equal(await background(), before);
    });

    it('needs no room to the side in a column of 300 pixels, nor at twice the size', async () => {
      for (const [width, zoom] of [
        [300, 1],
        [700, 2],
      ] as const) {
        await workbench.page.setViewportSize({ width: width + 350, height: 900 });
        await card.frame
          .locator('html')
          .evaluate((root, factor) => (root as HTMLElement).style.setProperty('zoom', String(factor)), zoom);
        for (const tab of tabs) {
          await card.tab(tab);
          const { needed, given } = await card.frame
            .locator('html')
            .evaluate((root) => ({ needed: root.scrollWidth, given: root.clientWidth }));
          assert.ok(needed <= given, `${tab} needs ${needed} of ${given} pixels`);
          await workbench.screenshot(join(cacheFolder, 'card', `narrow-${zoom}-${tab.toLowerCase()}.png`));
        }
      }
    });

    it('writes a right-to-left name from the left edge of the card', async () => {
      await card.openId(served.app.add({ $name: 'ندى الحسن', $last_seen: '2014-06-17T08:56:03' }));
      const { name, heading } = await card.frame.locator('h1').evaluate((h1) => {
        const text = document.createRange();
        text.selectNodeContents(h1);
        return { name: text.getBoundingClientRect().left, heading: h1.getBoundingClientRect().left };
      });
      assert.ok(Math.abs(name - heading) < 1, `${name} is not ${heading}`);
    });
  });
});
