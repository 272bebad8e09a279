import type { Page } from './browser';
import { waitUntil } from './condition';
import { escapeRegExp } from './quickInput';

/**
 * Chooses an entry of the menu that opens. One that has only just opened ignores clicks, lest the one that opened it chooses
 * something: so again until it closes.
 */
export async function chooseMenuItem(page: Page, title: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  const item = menu
    .locator('.action-item')
    .filter({ hasText: new RegExp(`^\\s*${escapeRegExp(title)}`) })
    .first();
  await item.waitFor();
  await waitUntil(`the menu's "${title}" is chosen`, async () => {
    if (await item.isVisible()) await item.click({ timeout: 1000 });
    return !(await menu.first().isVisible());
  });
}
