import type { Locator, Page } from './browser';
import { waitUntil } from './condition';

/** One row of a quick pick. */
export interface QuickPickRow {
  label: string;
  description: string;
  detail: string;
  /** What a screen reader says. */
  ariaLabel: string;
  /** The row that Enter accepts. */
  focused: boolean;
}

/** The box at the top of the workbench: input boxes, quick picks, the command palette. */
export class QuickInput {
  readonly #page: Page;
  readonly widget: Locator;
  readonly input: Locator;
  /** The rows of a quick pick that are in sight. */
  readonly rowLocator: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input');
    this.rowLocator = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** Waits until the box is open, with this title when one is given. */
  async opened(title?: string | RegExp): Promise<void> {
    await this.widget.waitFor();
    if (title === undefined) return;
    await waitUntil(`the quick input has the title ${String(title)}`, async () => matches(await this.title(), title));
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').innerText()).trim();
  }

  /** The text of the input. A password box gives its password. */
  async value(): Promise<string> {
    return this.input.inputValue();
  }

  async isPassword(): Promise<boolean> {
    return (await this.input.getAttribute('type')) === 'password';
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  /** The line under the input: the prompt, or what is wrong with the value. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').innerText()).trim();
  }

  /** Waits until the line under the input has this text. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    let last = '';
    await waitUntil(`the quick input says ${String(text)}`, async () => {
      last = await this.message();
      return matches(last, text);
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; it says "${last}"`);
    });
  }

  /** Puts a text in place of what the input holds. */
  async fill(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Types a text key by key, as a person does. */
  async type(text: string): Promise<void> {
    await this.input.pressSequentially(text);
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Enter. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Escape, until the box is closed. */
  async cancel(): Promise<void> {
    await this.input.press('Escape');
    await this.closed();
  }

  /** The rows in sight, from the top. */
  async rows(): Promise<QuickPickRow[]> {
    // What keeps VS Code from making links is not seen.
    return this.rowLocator.evaluateAll((rows) =>
      rows
        .map((row) => ({
          index: Number(row.getAttribute('data-index')),
          label: row.querySelector('.quick-input-list-row .label-name')?.textContent ?? '',
          description: (row.querySelector('.quick-input-list-row .label-description')?.textContent ?? '').replaceAll(
            '\u200b',
            '',
          ),
          detail: (row.querySelector('.quick-input-list-label-meta')?.textContent ?? '').replaceAll('\u200b', ''),
          ariaLabel: (row.getAttribute('aria-label') ?? '').replaceAll('\u200b', ''),
          focused: row.classList.contains('focused'),
        }))
        .sort((a, b) => a.index - b.index)
        .map(({ index: _, ...row }) => row),
    );
  }

  /** Waits until a row that satisfies `test` is in sight. */
  async waitForRow(what: string, test: (row: QuickPickRow) => boolean): Promise<QuickPickRow> {
    return waitUntil(`the quick pick shows ${what}`, async () => (await this.rows()).find(test));
  }

  /** The row in sight with this label (its beginning, when it is a string). */
  row(label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^\\s*${escapeRegExp(label)}`) : label;
    return this.rowLocator.filter({ has: this.#page.locator('.label-name').filter({ hasText: name }) }).first();
  }

  /** Clicks the row with this label. */
  async pick(label: string | RegExp): Promise<void> {
    await this.row(label).click();
  }

  /** Clicks a button of a row, by its tooltip. */
  async clickRowButton(label: string | RegExp, button: string | RegExp): Promise<void> {
    const row = this.row(label);
    await row.hover();
    await row.locator('.action-label').and(this.#page.getByLabel(button)).first().click();
  }

  /** Clicks a button of the title bar, such as "Back", by its tooltip. */
  async clickTitleButton(button: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-titlebar .action-label').and(this.#page.getByLabel(button)).first().click();
  }
}

/** Whether a text contains a string, or matches a pattern. */
export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
