import assert from 'node:assert/strict';
import type { TreeRow } from '../vscode/leadsView';
import { openWorkbench } from '../vscode/session';
import type { Workbench } from '../vscode/workbench';
import { connectApp, serveApp, type ServedApp } from './helpers/servedApp';

describe('A loaded lead', () => {
  let workbench: Workbench;
  let served: ServedApp;
  before(async () => {
    served = await serveApp({ leads: 1_500, seed: 3 });
    workbench = await openWorkbench();
    await connectApp(workbench, served);
    await workbench.notifications.clear();
  });
  after(async () => {
    await workbench.close();
    await served.server.close();
  });

  it('is brought into sight by Reveal Lead', async () => {
    const { leads, quickInput } = workbench;
    await leads.toEnd();
    const row = (await leads.rows()).find(({ index }) => index === 45)!;
    await leads.toStart();
    assert.ok(!(await leads.rows()).some(({ index }) => index === 45));
    await workbench.runCommand('Dashly Leads: Reveal Lead…');
    await quickInput.opened('Reveal Lead');
    await quickInput.fill(row.label);
    await quickInput.waitForRow('the lead', ({ label, focused }) => label === row.label && focused);
    await quickInput.accept();
    await leads.waitForRow(
      'the lead, selected, with the keyboard on it',
      ({ label, selected, focused }) => label === row.label && selected && focused,
    );
  });

  it('is found by typing its name in the tree, and by the find of VS Code', async () => {
    const { leads, page } = workbench;
    await leads.toEnd();
    const rows = await leads.rows();
    const labels = served.app
      .query()
      .slice(0, 50)
      .map((id) => String(served.app.record(id)?.props.$name ?? ''));
    // A space would act on the row: only the first word is typed, one that no other name begins with.
    const wanted = rows.find(({ index, label }) => {
      const word = label.split(' ', 1)[0]!;
      return (
        index >= 30 &&
        /^[A-Z][a-z]{3,}$/.test(word) &&
        labels.filter((name) => name.toLowerCase().startsWith(word.toLowerCase())).length === 1
      );
    })!;
    const word = wanted.label.split(' ', 1)[0]!;
    const isWanted = ({ label, focused }: TreeRow): boolean => focused && label === wanted.label;
    await leads.toStart();
    await page.keyboard.type(word);
    await leads.waitForRow('the lead whose name was typed, in focus', isWanted);
    await leads.toStart();
    // VS Code's second key for it; the first differs from version to version.
    await page.keyboard.press('F3');
    const find = leads.container.locator('.monaco-tree-type-filter input');
    await find.waitFor();
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    await leads.waitForRow('the lead that was found, in focus', isWanted);
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
  });
});
