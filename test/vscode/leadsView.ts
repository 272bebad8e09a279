import type { Locator, Page } from './browser';
import { waitUntil } from './condition';
import { chooseMenuItem } from './menu';
import { escapeRegExp, matches } from './quickInput';

/** One row of the tree, as it is in sight. */
export interface TreeRow {
  /** Its place among all rows, from 0. */
  index: number;
  label: string;
  description: string;
  /** What a screen reader says. */
  ariaLabel: string;
  /** The classes of its icon, such as `codicon-dashly-leads-online`. */
  icon: string;
  selected: boolean;
  focused: boolean;
}

/** A tree of the Dashly Leads view container: "Leads", or the one at another place. */
export class LeadsView {
  readonly #page: Page;
  readonly #pane: Locator;
  /** The side bar while the container is open. */
  readonly container: Locator;
  readonly tree: Locator;
  readonly rowLocator: Locator;
  /** What the view shows in place of rows: its text and buttons. */
  readonly welcome: Locator;

  /** @param place of the tree among those of the container, from 0 */
  constructor(page: Page, place = 0) {
    this.#page = page;
    this.container = page.locator('.part.sidebar:has([id="workbench.view.extension.dashlyLeads"])');
    this.#pane = this.container.locator('.pane').nth(place);
    this.tree = this.#pane.locator('.monaco-list').first();
    this.rowLocator = this.tree.locator('.monaco-list-row');
    this.welcome = this.container.locator('.welcome-view-content:visible');
  }

  /** Opens the view container, when it is not open. */
  async open(): Promise<void> {
    const entry = this.#page.locator('.activitybar .action-item:has(> a.action-label[aria-label^="Dashly Leads"])');
    const sidebar = this.#page.locator('.part.sidebar');
    await entry.waitFor();
    await waitUntil('the Dashly Leads view is open', async () => {
      if (await this.container.isVisible()) return true;
      // It may be what the window is about to show again after a reload: a click would hide it.
      if ((await sidebar.isVisible()) && (await sidebar.locator('[id^="workbench.view."]').count()) === 0) return false;
      // A click on the entry of a container that is just being shown would hide it.
      if (await entry.and(this.#page.locator('.checked')).isVisible()) return false;
      await entry.click();
      await this.container.waitFor({ timeout: 5000 });
      return true;
    });
  }

  /** Folds the view away, so that only its header is left. */
  async collapse(): Promise<void> {
    const header = this.#pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    await waitUntil('the view is folded', async () => (await header.getAttribute('aria-expanded')) === 'false');
  }

  /** Unfolds the view by a click, as a person does. */
  async unfold(): Promise<void> {
    const header = this.#pane.locator('.pane-header');
    await header.click();
    await waitUntil('the view is unfolded', async () => (await header.getAttribute('aria-expanded')) === 'true');
  }

  /** The text of the title bar: the names of container and view, and the view's description. */
  async title(): Promise<string> {
    const parts = await this.container
      .locator('.composite.title .title-label')
      .or(this.#pane.locator('.pane-header').locator('.title, .description'))
      .allInnerTexts();
    return parts
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ');
  }

  /** The message between title and rows. */
  async message(): Promise<string> {
    // At once: asked for one that goes meanwhile, the driver would wait for it to come back.
    const [text = ''] = await this.#pane.locator('.tree-explorer-viewlet-tree-view .message:visible').allInnerTexts();
    return text.trim();
  }

  /** Waits until the message holds a text, or matches. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    let last = '';
    await waitUntil(`the message says ${String(text)}`, async () => {
      last = await this.message();
      return matches(last, text);
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it is "${last}"`);
    });
  }

  /** The rows in sight, from the top. */
  async rows(): Promise<TreeRow[]> {
    const rows = await this.rowLocator.evaluateAll((elements) =>
      elements.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        // Without the isolates around a right-to-left name, which are not seen.
        label: (row.querySelector('.label-name')?.textContent ?? '').replace(/[\u2068\u2069]/g, ''),
        description: row.querySelector('.label-description')?.textContent ?? '',
        ariaLabel: row.getAttribute('aria-label') ?? '',
        icon: row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '',
        selected: row.classList.contains('selected'),
        focused: row.classList.contains('focused'),
      })),
    );
    return rows.sort((a, b) => a.index - b.index);
  }

  /** How many rows the tree has, in sight or not. */
  async count(): Promise<number> {
    return this.rowLocator.evaluateAll(([row]) => Number(row?.getAttribute('aria-setsize') ?? 0));
  }

  /** Waits until the tree has this many rows, in sight or not. */
  async waitForCount(count: number, milliseconds = 20_000): Promise<void> {
    let last = -1;
    await waitUntil(
      `the tree has ${count} rows`,
      async () => {
        last = await this.count();
        return last === count;
      },
      milliseconds,
    ).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it has ${last}`);
    });
  }

  /** Waits until a row in sight satisfies `test`. */
  async waitForRow(what: string, test: (row: TreeRow) => boolean): Promise<TreeRow> {
    return waitUntil(`the tree shows ${what}`, async () => (await this.rows()).find(test));
  }

  /** Waits until there are rows at all; gives those in sight. */
  async waitForRows(): Promise<TreeRow[]> {
    return waitUntil('the tree shows rows', async () => {
      const rows = await this.rows();
      return rows.length > 0 && rows;
    });
  }

  /** Every row of the tree, by scrolling from the first to the last. Leaves the last row focused. */
  async allRows(): Promise<TreeRow[]> {
    const count = await this.count();
    const found = new Map<number, TreeRow>();
    await this.toStart();
    await waitUntil(
      `all ${count} rows were in sight`,
      async () => {
        for (const row of await this.rows()) found.set(row.index, row);
        if (found.size === count) return true;
        await this.#page.keyboard.press('PageDown');
        return false;
      },
      10_000 + count * 20,
    );
    return [...found.values()].sort((a, b) => a.index - b.index);
  }

  /** The row in sight with this label (the whole label, when it is a string). */
  row(label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^\\u2068?${escapeRegExp(label)}\\u2069?$`) : label;
    return this.rowLocator.filter({ has: this.#page.locator('.label-name').filter({ hasText: name }) }).first();
  }

  /** The row at this place, from 0; it must be in sight. */
  rowAt(index: number): Locator {
    return this.tree.locator(`.monaco-list-row[data-index="${index}"]`);
  }

  /** Clicks a row; with `modifiers` (`ControlOrMeta`, `Shift`) as a person selects several. */
  async select(row: Locator, ...modifiers: ('ControlOrMeta' | 'Shift')[]): Promise<void> {
    // On the label: the middle of a row may be under the actions that appear there.
    await row
      .locator('.monaco-icon-label')
      .first()
      .click({ modifiers, position: { x: 4, y: 8 } });
  }

  async doubleClick(row: Locator): Promise<void> {
    await row
      .locator('.monaco-icon-label')
      .first()
      .dblclick({ position: { x: 4, y: 8 } });
  }

  /** Puts the keyboard focus on the tree. */
  async focus(): Promise<void> {
    await this.tree.focus();
  }

  /** Focuses the tree's first row and scrolls it into sight. */
  async toStart(): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Home');
    await this.rowAt(0).waitFor();
  }

  /** Focuses the tree's last row and scrolls it into sight. */
  async toEnd(): Promise<void> {
    // The key does nothing while VS Code draws all rows anew, and goes to the row that was the last one before.
    await waitUntil('the last row is in sight', async () => {
      await this.focus();
      await this.#page.keyboard.press('End');
      return this.rowAt((await this.count()) - 1).isVisible();
    });
  }

  /** Clicks an icon of the view's title bar, or the entry of its "…" menu, by its title. */
  async clickTitleAction(title: string): Promise<void> {
    // A view that is alone in its container has its actions in the title of the container.
    const header = this.#pane.locator('.pane-header');
    const bar = (await header.isVisible()) ? header : this.container.locator('.composite.title');
    await bar.hover({ position: { x: 60, y: 12 } });
    const icon = bar.locator(`.action-label[aria-label^="${title}"]`).first();
    const more = bar
      .locator('.action-label[aria-label^="Views and More Actions"], .action-label[aria-label^="More Actions"]')
      .first();
    await icon.or(more).first().waitFor();
    if (await icon.isVisible()) return icon.click();
    await more.click();
    await chooseMenuItem(this.#page, title);
  }

  /** Clicks an icon that a row shows while the mouse is over it. */
  async clickRowAction(row: Locator, title: string): Promise<void> {
    await row.hover();
    await row.locator(`.actions .action-label[aria-label^="${title}"]`).click();
  }

  /** Opens a row's context menu and clicks an entry. */
  async clickContextMenu(row: Locator, title: string): Promise<void> {
    await row.click({ button: 'right', position: { x: 40, y: 8 } });
    await chooseMenuItem(this.#page, title);
  }

  /** The entries of a row's context menu. The menu is closed again. */
  async contextMenu(row: Locator): Promise<string[]> {
    await row.click({ button: 'right', position: { x: 40, y: 8 } });
    const items = this.#page.locator('.monaco-menu .action-item .action-label:not(.separator)');
    await items.first().waitFor();
    const titles = await items.allInnerTexts();
    await this.#page.keyboard.press('Escape');
    return titles.map((title) => title.trim());
  }

  /** Waits until the view says this in place of rows. */
  async waitForWelcome(text: string | RegExp): Promise<void> {
    let last = '';
    await waitUntil(`the empty view says ${String(text)}`, async () => {
      last = (await this.welcome.allInnerTexts()).join('\n');
      return matches(last, text);
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it says "${last}"`);
    });
  }

  /** Clicks a button of the empty view. */
  async clickWelcomeButton(title: string): Promise<void> {
    await this.welcome.getByRole('button', { name: title }).click();
  }
}
