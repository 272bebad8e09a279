import type { Locator, Page } from './browser';
import { waitUntil } from './condition';

/** The toasts at the bottom right. VS Code shows three at most; a fourth goes to the notification centre only. */
export class Notifications {
  readonly #toasts: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.#toasts = page.locator('.notifications-toasts .notification-toast');
  }

  /** The messages in sight, the newest first. */
  async texts(): Promise<string[]> {
    return (await this.#toasts.locator('.notification-list-item-message').allInnerTexts()).map((text) => text.trim());
  }

  /** Waits for a toast with this text in its message. */
  async waitFor(text: string | RegExp): Promise<Locator> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    try {
      await toast.waitFor({ timeout: 20_000 });
    } catch {
      throw new Error(`No notification with ${String(text)}; in sight: ${JSON.stringify(await this.texts())}`);
    }
    return toast;
  }

  /**
   * Waits for a notification with this text, wherever it is: one that comes too soon after others is never a toast, and is
   * in the notification centre only.
   */
  async waitForAnywhere(text: string | RegExp): Promise<void> {
    await waitUntil(
      `there is a notification with ${String(text)}`,
      async () => {
        if ((await this.#toasts.filter({ hasText: text }).count()) > 0) return true;
        const centre = this.#page.locator('.notifications-center.visible');
        if (!(await centre.isVisible()))
          await this.#page.locator('[id="status.notifications"] a').first().click({ timeout: 1000 });
        return (await centre.locator('.notification-list-item').filter({ hasText: text }).count()) > 0;
      },
      20_000,
    );
    await this.#page.keyboard.press('Escape');
  }

  /** Waits for a toast with this text and clicks one of its buttons. */
  async click(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.waitFor(text);
    await toast.getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits until no toast with this text is in sight any more: a progress that has ended. */
  async waitUntilGone(text: string | RegExp, milliseconds = 60_000): Promise<void> {
    await this.#toasts.filter({ hasText: text }).first().waitFor({ state: 'hidden', timeout: milliseconds });
  }

  /** Closes every toast in sight that can be closed, and waits until they are gone. */
  async clear(): Promise<void> {
    await waitUntil('all notifications are closed', async () => {
      const close = this.#toasts.first().locator('.codicon-notifications-clear');
      if ((await this.#toasts.count()) === 0) return true;
      await this.#toasts.first().hover({ timeout: 1000 });
      await close.click({ timeout: 1000 });
      return false;
    });
  }
}
