/**
 * `npm run screenshots`: the pictures of README and docs, of the packaged extension in the real workbench on the sample app,
 * into `media/screenshots`; `tour-dark.png` moves. `-- <part of a name>` makes some.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../vscode/condition';
import { projectFolder, vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { openWorkbench, startSession, stopSession } from '../vscode/session';
import type { Theme, Workbench } from '../vscode/workbench';
import { LeadCard } from './helpers/leadCard';
import { MovingPicture } from './helpers/movingPicture';
import { openShop } from './shop';

interface Scene {
  /** The picture's name, without the theme. */
  name: string;
  themes: Theme[];
  /** Brings the window into the state to be shown. @param open opens a shop in it, for what the sample app has not */
  show: (workbench: Workbench, open: () => Promise<Shop>) => Promise<void>;
}

type Shop = Awaited<ReturnType<typeof openShop>>;

const scenes: Scene[] = [
  {
    name: 'welcome',
    themes: ['dark'],
    show: async ({ leads }) => {
      await leads.open();
      await leads.waitForWelcome('Connect an App');
    },
  },
  { name: 'card', themes: ['dark', 'light', 'high-contrast'], show: showCard },
  {
    name: 'search',
    themes: ['dark'],
    show: async (workbench) => {
      await showCard(workbench);
      await workbench.runCommand('Dashly Leads: Search Leads…');
      await workbench.quickInput.opened();
      await workbench.quickInput.type('maria');
      // What the service found as well, not only what was loaded.
      await waitUntil('the search shows several leads', async () => (await workbench.quickInput.rows()).length > 8);
    },
  },
  {
    name: 'online',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      const { online, row } = await shop.showOnline();
      await online.select(row);
      await shop.card.waitForName('Maria Novak');
      await shop.card.detailsRead();
    },
  },
  {
    name: 'find-visitor',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      await workbench.runCommand('Dashly Leads: Find Visitor…');
      await workbench.quickInput.opened(/^Find Visitor of/);
      await workbench.quickInput.fill(`Cookie: theme=dark; dashly_uid=${shop.maria}`);
      await workbench.quickInput.opened(/1 match$/);
    },
  },
  {
    name: 'follow',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      const { online, row } = await shop.showOnline();
      await online.clickContextMenu(row, 'Follow Events');
      await shop.card.frame.getByText(/^Listening, last asked/).waitFor();
      shop.track('Product viewed', { name: 'Espresso beans', price: 14.5, in_stock: true });
      shop.track('Cart viewed', { items: ['Espresso beans', 'Filter papers'], total: 19.9 });
      shop.track('Order completed', { order: '2026-1118', total: 19.9, shipping: { carrier: 'DHL', city: 'Brno' } });
      const arrived = shop.card.frame.locator('.occurrences > li.arrived');
      await waitUntil('all have come in', async () => (await arrived.count()) === 3);
      await shop.card.frame.locator('.follow-bar').evaluate((bar) => bar.scrollIntoView({ block: 'center' }));
    },
  },
  {
    name: 'conversation',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      await shop.card.open('Maria Novak');
      await shop.card.detailsRead();
      await shop.card.tab('Conversations');
      await shop.card.frame.locator('[data-conversation]').first().click();
      await shop.card.frame.getByText('The conversation begins here.').waitFor();
    },
  },
  {
    name: 'segment',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      await shop.card.open('Maria Novak');
      await shop.card.detailsRead();
      await shop.card.tab('More');
      await shop.card.button('Show Leads of This Segment: Phone or many sessions').click();
      await workbench.leads.waitForMessage(' · Phone or many sessions · ');
      await workbench.leads.waitForRows();
    },
  },
  {
    name: 'explore',
    themes: ['dark'],
    show: async (workbench, open) => {
      const shop = await open();
      await workbench.runCommand('Dashly Leads: Explore Properties…');
      await workbench.quickInput.opened('Explore Properties');
      await workbench.quickInput.pick('All 1,3');
      await workbench.quickInput.closed();
      const { frame } = shop.card;
      await frame
        .locator('.source')
        .getByText(/^All 1,301 leads of the list/)
        .waitFor({ timeout: 30_000 });
      await frame.locator('.row-title').getByText('Country', { exact: true }).click();
      await frame.locator('.detail').getByRole('heading', { name: 'Country' }).waitFor();
      await frame.getByRole('button', { name: 'Count Exactly', exact: true }).click();
      await frame
        .locator('.detail')
        .getByText(/Exactly/)
        .waitFor();
    },
  },
];

async function showCard(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Dashly Leads: Open the Sample App');
  await workbench.leads.open();
  const rows = await workbench.leads.waitForRows();
  const named = rows.find(
    ({ label, description }) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(label) && description.includes('@'),
  );
  await workbench.leads.select(workbench.leads.rowAt(named?.index ?? 0));
  await workbench.card().getByText('Details read').first().waitFor();
}

/** From the list to a card, to the next one, to its events, and by a search to another lead. */
async function takeTour(workbench: Workbench): Promise<Buffer> {
  const { leads, quickInput } = workbench;
  const card = new LeadCard(workbench);
  const picture = new MovingPicture(workbench);
  await showCard(workbench);
  await picture.take(2000);
  const named = (await leads.waitForRows()).filter(
    ({ label, selected }) => /^[A-Z][a-z]+ [A-Z]/.test(label) && !selected,
  );
  for (const { index, label } of named.slice(2, 4)) {
    await leads.select(leads.rowAt(index));
    await card.waitForName(label);
    await card.detailsRead();
    await picture.take(1000);
  }
  await card.tab('Events');
  await card.frame.locator('.event-rows .event').first().waitFor();
  await picture.take(2000);
  await workbench.runCommand('Dashly Leads: Search Leads…');
  await quickInput.opened();
  await picture.take(700);
  for (const letter of 'maria') {
    await quickInput.type(letter);
    await picture.take(150);
  }
  await waitUntil('the service has found some', async () => (await quickInput.rows()).length > 8);
  await picture.take(1500);
  await quickInput.accept();
  await quickInput.closed();
  await card.detailsRead();
  await picture.take(2500);
  return picture.encode();
}

async function main(): Promise<void> {
  endGroupsOnSignals();
  const wanted = process.argv.slice(2);
  await packageExtension();
  await startSession(vsixFile);
  try {
    for (const { name, themes, show } of scenes) {
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      for (const theme of themes) {
        const workbench = await openWorkbench({ size: { width: 1200, height: 760 } });
        await workbench.setTheme(theme);
        let shop: Shop | undefined;
        await show(workbench, async () => (shop = await openShop(workbench)));
        // Nothing is pointed at, so that no tooltip is in the way.
        await workbench.page.mouse.move(1190, 740);
        await workbench.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
        const file = join(projectFolder, 'media/screenshots', `${name}-${theme}.png`);
        await workbench.screenshot(file);
        console.log(file);
        await workbench.close();
        await shop?.close();
      }
    }
    if (wanted.length === 0 || wanted.some((part) => 'tour'.includes(part))) {
      const workbench = await openWorkbench({ size: { width: 1000, height: 640 } });
      await workbench.setTheme('dark');
      const file = join(projectFolder, 'media/screenshots/tour-dark.png');
      await writeFile(file, await takeTour(workbench));
      console.log(file);
      await workbench.close();
    }
  } finally {
    await stopSession();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
