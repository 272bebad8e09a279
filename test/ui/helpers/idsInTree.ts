import { waitUntil } from '../../vscode/condition';
import type { Workbench } from '../../vscode/workbench';

/**
 * The ids of all leads in the tree, from the top, as a person gets them: select all, copy by the menu of one of them.
 * Throws when the rows change meanwhile, which closes the menu.
 */
export async function idsInTree(workbench: Workbench): Promise<string[]> {
  const { leads, page } = workbench;
  await leads.toStart();
  await waitUntil('all rows are selected', async () => {
    // Rows that VS Code reads anew are selected no more.
    await page.keyboard.press('ControlOrMeta+a');
    return (await leads.rows()).some(({ index, selected }) => index === 3 && selected);
  });
  await workbench.setClipboard('');
  await leads.clickContextMenu(leads.rowAt(3), 'Copy Lead ID');
  const text = await waitUntil('the ids are copied', async () => (await workbench.clipboard()) || undefined, 3_000);
  return text.split('\n');
}
