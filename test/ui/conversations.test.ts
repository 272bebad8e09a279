import assert from 'node:assert/strict';
import type { SaidPart } from '../../src/sample/conversation';
import { fault } from '../service/faults';
import { hostileTexts } from '../service/hostileTexts';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { watchForHarm } from './helpers/harm';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

const hostile =
  '<p>Look:</p><img src="https://tracker.example/x.png" onerror="alert(1)"><script>alert(2)</script>' +
  '<iframe src="https://evil.example"></iframe><a href="command:workbench.action.quit">here</a> [a](command:a) &lt;b&gt;';

describe('Conversations', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  let long: string;
  let poisoned: string;
  let harm: () => Promise<readonly string[]>;
  before(async () => {
    served = await serveApp({ leads: 60, special: false });
    const { app } = served;
    const id = app.add({ $name: 'Maria Talker', $email: 'maria@example.com', $last_seen: '2030-01-01T00:00:00' });
    const olga = { id: '9', name: 'Olga', avatar: null, type: 'admin' } as const;
    long = app.conversations.begin(
      id,
      Array.from({ length: 120 }, (_, index): SaidPart => ({ body: `Line ${index + 1} of Maria Talker` })),
      { isMobile: true },
    );
    poisoned = app.conversations.begin(id, [
      ...hostileTexts
        .slice(0, 60)
        .map(({ text }): SaidPart => ({ type: 'reply_admin', from: { ...olga, name: text }, body: text })),
      { type: 'tag_added', from: olga, tag: { id: '3', name: hostile } },
      { type: 'note', from: olga, body: 'Careful' },
      {
        body: hostile,
        attachments: [
          {
            id: '1',
            type: 'image',
            filename: '<img src=x>.png',
            mime_type: 'image/png',
            size: 2048,
            url: 'https://tracker.example/y.png',
            created: 0,
          },
        ],
      },
    ]);
    workbench = await openWorkbench({ settings: { 'dashlyLeads.conversations.refreshInterval': 1 } });
    await connectApp(workbench, served);
    card = new LeadCard(workbench);
    harm = await watchForHarm(workbench);
    await card.open('Maria Talker');
    await card.detailsRead();
    await card.tab('Conversations');
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  const line = (id: string) => card.frame.locator(`[data-conversation="${id}"]`);
  const parts = () => card.frame.locator('.parts > .part');

  it('are a line each, and open by keyboard as a transcript in which HTML is plain text and nothing is fetched', async () => {
    await line(long).waitFor();
    await line(poisoned).press('Enter');
    const last = parts().last();
    await waitUntil('the latest message is in sight', async () => (await last.innerText()).includes('Look:'));
    assert.equal(await last.locator('.part-body').innerText(), 'Look:\nhere [a](command:a) <b>');
    assert.match(await last.locator('.files').innerText(), /^\s*<img src=x>\.png\s+image\/png, 2 KB$/);
    assert.match(await parts().nth(-2).innerText(), /^Olga\s+internal note/);
    const step = parts().nth(-3);
    assert.ok((await step.innerText()).includes(`Olga added a tag: ${hostile}`));
    assert.ok((await step.getAttribute('class'))?.includes('step'));
    assert.equal(
      await card.frame
        .locator('.transcript :is(script, img, iframe, object, embed, a, form, video, audio, style)')
        .count(),
      0,
    );
    assert.deepEqual(await harm(), []);
  });

  it('have a way back by keyboard, which leaves the focus where it was', async () => {
    await card.frame.locator('.transcript h2:focus').waitFor();
    await workbench.page.keyboard.press('Escape');
    await line(poisoned).and(card.frame.locator(':focus')).waitFor();
  });

  it('come page by page as one scrolls up, each message once, and are text to quote', async () => {
    await line(long).click();
    await parts().getByText('Line 120 of').waitFor();
    served.app.conversations.say(long, { body: 'Line 121 of Maria Talker' });
    await card.frame
      .locator('[aria-live]')
      .filter({ hasText: 'new message, Maria Talker: Line 121' })
      .waitFor({ state: 'attached' });
    const isInSight = (element: Element): boolean => element.getBoundingClientRect().bottom <= window.innerHeight;
    await waitUntil('who reads the latest sees the next', () => parts().last().evaluate(isInSight));
    for (const first of [71, 21, 1]) {
      await waitUntil(`line ${first} has come`, async () => {
        await card.frame.locator('html').evaluate(() => window.scrollTo(0, 0));
        return (await parts().getByText(`Line ${first} of`, { exact: false }).count()) > 0;
      });
    }
    await card.frame.getByText('The conversation begins here.').waitFor();
    assert.deepEqual(
      await parts().locator('.part-body').allInnerTexts(),
      Array.from({ length: 121 }, (_, index) => `Line ${index + 1} of Maria Talker`),
    );
    // The page that came last has left the message that was read where it was.
    await card.frame.locator('html').evaluate(() => window.scrollTo(0, 0));
    served.app.conversations.say(long, { body: 'Line 122 of Maria Talker' });
    await parts().nth(121).waitFor();
    assert.equal(await card.frame.locator('html').evaluate(() => window.scrollY), 0, 'an older one stays in sight');
    await waitUntil('its line has the last words', async () => (await line(long).textContent())?.includes('Line 122'));
    await card.button('Open as Text').click();
    await workbench.page.getByRole('tab', { name: 'Maria Talker, conversation.txt' }).waitFor();
    const text = await workbench.editorText();
    assert.match(text, /^Conversation with Maria Talker\r?\n122 messages\. Times are in /);
    assert.ok(text.trimEnd().endsWith('Maria Talker (chat)\n    Line 122 of Maria Talker'), text.slice(-200));
  });

  it('are masked while contacts are, and so is the text', async () => {
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
    await waitUntil('the text is masked', async () => !/Maria|Talker/.test(await workbench.editorText()));
    await workbench.runCommand('View: Close Editor');
    await card.tab('Conversations');
    await parts().getByText('Line 122 of').waitFor();
    assert.doesNotMatch(await card.frame.locator('main').innerText(), /Maria|Talker/);
    await workbench.runCommand('Dashly Leads: Toggle Masking of Contacts');
  });

  it('say in one sentence that the token has no right to them, and everything else goes on', async () => {
    const clear = served.api.faults.add(fault.error('PermissionDeniedError'), { path: '/conversations' });
    await card.button('Refresh').click();
    await card.button('Back to All Conversations').click();
    const sentence = 'The token does not give the right to read conversations. Everything else works without it.';
    await card.frame.locator('.conversations .sections').getByText(sentence).waitFor();
    await line(long).click();
    await card.frame.locator('.transcript').getByText(sentence).waitFor();
    assert.equal(await card.button('Try Again').count(), 0);
    clear();
  });
});
