import assert from 'node:assert/strict';
import { fault } from '../service/faults';
import { waitUntil } from '../vscode/condition';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('The top of a card', () => {
  let workbench: Workbench;
  let served: ServedApp;
  let card: LeadCard;
  before(async () => {
    served = await serveApp({ seed: 3, leads: 200 });
    const soon = new Date(Date.now() + 60_000).toISOString().slice(0, 19);
    served.app.add(
      {
        $name: 'Ada Lovelace',
        $email: 'ada@example.com',
        $phone: '+44 20 7946 0001',
        $user_id: 'ada-1815',
        $last_seen: soon,
      },
      'online',
    );
    workbench = await openWorkbench({ size: { width: 1024, height: 640 } });
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
  });
  afterEach(async () => {
    served.api.faults.clear();
    await workbench.closeEditors();
  });

  /** What has the keyboard inside the card: the name of an element, and its label. */
  function focused(): Promise<string> {
    return card.frame.locator('html').evaluate(() => {
      const element = document.activeElement;
      return `${element?.localName} ${element?.getAttribute('aria-label') ?? ''}`;
    });
  }

  async function press(key: string): Promise<string> {
    await workbench.page.keyboard.press(key);
    return focused();
  }

  it('has at most five stops of the Tab key before the tabs', async () => {
    // Sets where the Tab key begins.
    await card.frame.locator('h1').click();
    const stops = [];
    while (!stops.at(-1)?.startsWith('vscode-panel-tab')) {
      assert.ok(stops.length <= 5, stops.join());
      stops.push(await press('Tab'));
    }
    assert.match(stops[0] ?? '', /Keep This Card Open/);
  });

  it('goes from button to button by the arrow keys', async () => {
    await card.frame.locator('h1').click();
    assert.match(await press('Tab'), /Keep This Card Open/);
    assert.match(await press('ArrowRight'), /Copy JSON/);
    assert.match(await press('End'), /More Actions/);
    assert.match(await press('ArrowRight'), /Keep This Card Open/);
    assert.match(await press('ArrowLeft'), /More Actions/);
    assert.match(await press('Tab'), /Copy E-mail/);
    assert.match(await press('ArrowRight'), /Copy Phone/);
    // Whoever comes back is where they were.
    assert.match(await press('Shift+Tab'), /More Actions/);
  });

  it('shows a button to copy where one points', async () => {
    const button = card.frame.locator('vscode-button[aria-label="Copy Phone"]');
    const opacity = () => button.evaluate((each) => getComputedStyle(each).opacity);
    await card.frame.locator('.footer').hover();
    await waitUntil('it is not seen', async () => (await opacity()) === '0');
    await card.frame.locator('.contact').filter({ has: button }).hover();
    await waitUntil('it is seen', async () => (await opacity()) === '1');
  });

  it('leaves room for the properties, in a window of 1024 by 640', async () => {
    const first = await card.frame.locator('.property').first().boundingBox();
    assert.ok(first && first.y < 320, `the first property stands at ${first?.y}`);
  });

  it('says in one line what could not be read, and reads it again', async () => {
    served.api.faults.add(fault.error('Error500'), { path: '/users/' });
    await card.button('Refresh').click();
    const notice = card.frame.locator('.notice');
    await notice.getByText(/^The details and conversations could not be read again\./).waitFor();
    assert.equal(await notice.count(), 1);
    assert.match(await notice.innerText(), /Shown as read/);
    const words = await notice.locator('.notice-words').boundingBox();
    const button = await card.button('Retry').boundingBox();
    assert.ok(words && button && words.x + words.width <= button.x, 'the button stands behind the words');
    served.api.faults.clear();
    await card.button('Retry').click();
    await notice.waitFor({ state: 'detached' });
  });

  it('asks for a new token where the token is what fails', async () => {
    served.api.faults.add(fault.error('NotAuthenticated'), { path: '/users/' });
    await card.button('Refresh').click();
    await card.button('Replace Token…').click();
    await workbench.quickInput.opened(/Token/);
    await workbench.quickInput.cancel();
  });
});
