/**
 * `npm run screenshots`: the pictures of README and docs, of the packaged extension in the real workbench on the sample app,
 * into `media/screenshots`. `-- <part of a name>` makes some.
 */
import { join } from 'node:path';
import { waitUntil } from '../vscode/condition';
import { projectFolder, vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { openWorkbench, startSession, stopSession } from '../vscode/session';
import type { Theme, Workbench } from '../vscode/workbench';

interface Scene {
  /** The picture's name, without the theme. */
  name: string;
  themes: Theme[];
  /** Brings the window into the state to be shown. */
  show: (workbench: Workbench) => Promise<void>;
}

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
        await show(workbench);
        const file = join(projectFolder, 'media/screenshots', `${name}-${theme}.png`);
        await workbench.screenshot(file);
        console.log(file);
        await workbench.close();
      }
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
