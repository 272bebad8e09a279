import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from './browser';
import type { CodeServer } from './codeServer';
import { waitUntil } from './condition';
import { extensionId } from './extensionId';
import { LeadsView } from './leadsView';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { slowness } from './timeLimit';
import { UserSettings } from './userSettings';
import { mendWaitingWebviews } from './webviewWorker';

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light' | 'light-2026' | 'dark-2026';

const themes: Record<Theme, { name: string; workbenchClass: string }> = {
  light: { name: 'Default Light Modern', workbenchClass: 'vs' },
  dark: { name: 'Default Dark Modern', workbenchClass: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', workbenchClass: 'hc-black' },
  'high-contrast-light': { name: 'Default High Contrast Light', workbenchClass: 'hc-light' },
  // The defaults of the newest VS Code; the oldest has not got them.
  'light-2026': { name: 'Light 2026', workbenchClass: 'vs' },
  'dark-2026': { name: 'Dark 2026', workbenchClass: 'vs-dark' },
};

/** One tab of an editor group. */
export interface EditorTab {
  label: string;
  active: boolean;
  /** Shown in italics: the next preview takes its place. */
  preview: boolean;
  /** It has changes that are not saved. */
  dirty: boolean;
}

/**
 * One window of VS Code, driven as a person does: by mouse and keyboard, looking at what is on the screen. Everything
 * waits on conditions, and throws when they do not come true in time.
 */
export class Workbench {
  readonly page: Page;
  readonly leads: LeadsView;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly settings: UserSettings;
  readonly #server: CodeServer;
  readonly #context: BrowserContext;
  readonly #console: string[] = [];

  private constructor(context: BrowserContext, page: Page, server: CodeServer) {
    this.#context = context;
    this.page = page;
    this.#server = server;
    this.leads = new LeadsView(page);
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.settings = new UserSettings(server.home);
    page.on('console', (message) => this.#console.push(message.text()));
    page.on('pageerror', (error) => this.#console.push(String(error)));
    mendWaitingWebviews(page, () => console.log('      (a webview that had lost its service worker was mended)'));
  }

  /** What VS Code, its extension host and the webviews have written to the browser's console until now. */
  get consoleText(): string {
    return this.#console.join('\n');
  }

  /**
   * Makes a window in which nothing is opened yet.
   * @param context without other windows; its browser data (and so accounts and secrets) is emptied, but for what VS Code
   *   itself was loaded from: that is most of the time until a window is there
   */
  static async create(
    context: BrowserContext,
    server: CodeServer,
    size = { width: 1280, height: 800 },
  ): Promise<Workbench> {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.address });
    const page = await context.newPage();
    await page.setViewportSize(size);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', {
      origin: server.address,
      storageTypes: 'cookies,local_storage,indexeddb,service_workers,cache_storage',
    });
    await devtools.detach();
    return new Workbench(context, page, server);
  }

  /** Another window with the same browser data: its accounts and secrets are shared with this one. */
  async another(): Promise<Workbench> {
    return new Workbench(this.#context, await this.#context.newPage(), this.#server);
  }

  /** Opens a folder (an empty one, when none is given) or a `.code-workspace`, and waits until the workbench is there. */
  async open(folder?: string): Promise<void> {
    const path = folder ?? (await mkdtemp(join(tmpdir(), 'dashly-leads-folder-')));
    const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
    await this.page.goto(`${this.#server.address}/?${kind}=${encodeURIComponent(path)}`);
    await this.#shown();
    if (kind === 'workspace') await this.#foldersShown();
  }

  /** Reloads the window and waits until the workbench is there again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#shown();
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** Runs a command of the palette by its whole title, such as "Dashly Leads: Refresh". */
  async runCommand(title: string): Promise<void> {
    const { quickInput } = this;
    const { input } = quickInput;
    // Another quick input may just be closing, and a palette that is open learns of no command registered later.
    await waitUntil(
      `the palette runs "${title}"`,
      async () => {
        if (!(await input.isVisible())) {
          await this.#leaveWebview();
          await this.page.keyboard.press('F1');
          await input.waitFor({ timeout: 2000 });
        }
        await input.fill(`>${title}`, { timeout: 2000 });
        const isActive = async (): Promise<boolean> => {
          const rows = await quickInput.rows();
          const wanted = rows.find(({ label }) => label === title);
          // Another command that matches as well may stand above it.
          if (wanted && !wanted.focused) await input.press('ArrowDown', { timeout: 2000 });
          return wanted?.focused === true;
        };
        await waitUntil('it is the active row', isActive, 2000).catch(async (error: unknown) => {
          await this.page.keyboard.press('Escape');
          throw error;
        });
        // By keyboard: the rows are filtered a moment after the text is there, and a click would hit the one that came there.
        await input.press('Enter', { timeout: 2000 });
        return true;
      },
      30_000,
    );
  }

  /**
   * Takes the keyboard out of a webview, if it is there. After a command VS Code gives it back to where it was, to a webview
   * by a message: on a busy machine that arrives after the command has opened its quick input, and closes it.
   */
  async #leaveWebview(): Promise<void> {
    const isInWebview = await this.page.evaluate(() => document.activeElement?.matches('iframe.webview') ?? false);
    if (isInWebview) await this.page.locator('.activitybar [role="tab"]').first().focus();
  }

  /** Closes all editors, none of which may have changes, and waits until they are gone. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await waitUntil('all editors are closed', async () => (await this.tabs()).length === 0);
  }

  /** Whether VS Code's storage in the browser holds this text; it is written some seconds after a change. */
  async keeps(text: string): Promise<boolean> {
    return this.page.evaluate(async (wanted) => {
      for (const { name } of await indexedDB.databases()) {
        if (!name?.startsWith('vscode-web-state-db')) continue;
        const values = await new Promise<unknown[]>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(new Error(`${name} cannot be opened`));
          opening.onsuccess = () => {
            const reading = opening.result.transaction('ItemTable').objectStore('ItemTable').getAll();
            reading.onerror = () => reject(new Error(`${name} cannot be read`));
            reading.onsuccess = () => {
              opening.result.close();
              resolve(reading.result);
            };
          };
        });
        if (values.some((value) => String(value).includes(wanted))) return true;
      }
      return false;
    }, text);
  }

  /** Whether the palette offers a command at this moment. The palette is closed again. */
  async offersCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    const row = await waitUntil('the palette has looked', async () => (await this.quickInput.rows())[0]);
    const found = (await this.quickInput.rows()).some(({ label }) => label === title) || row.label === title;
    await this.quickInput.cancel();
    return found;
  }

  /** The page inside the lead card that is in sight. */
  card(): FrameLocator {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extensionId}"]:not([src*="purpose=webviewView"]):visible`)
      .frameLocator('iframe#active-frame');
  }

  /** The tabs of all editor groups, from the left. */
  async tabs(): Promise<EditorTab[]> {
    return this.page.locator('.tabs-container .tab').evaluateAll((tabs) =>
      tabs.map((tab) => ({
        // Newer versions of VS Code show the extension of a file's name in an element of its own.
        label: [...tab.querySelectorAll('.label-name, .label-suffix')].map((part) => part.textContent).join(''),
        active: tab.classList.contains('active'),
        preview: tab.querySelector('.monaco-icon-label.italic, .label-name.italic') !== null,
        dirty: tab.classList.contains('dirty'),
      })),
    );
  }

  /** Waits until a tab satisfies `test`. */
  async waitForTab(what: string, test: (tab: EditorTab) => boolean): Promise<EditorTab> {
    return waitUntil(`there is a tab ${what}`, async () => (await this.tabs()).find(test));
  }

  /** The text editor that was used last, when a text is in front. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** The whole text of the active text editor, by select all and copy. The clipboard is put back as it was. */
  async editorText(): Promise<string> {
    // Only where the editor has the focus, and no webview, may the page read the clipboard.
    await this.editor().locator('.view-lines').click();
    const before = await this.clipboard();
    const mark = `nothing copied yet ${Date.now()}`;
    await this.setClipboard(mark);
    const text = await waitUntil('the text of the editor is copied', async () => {
      await this.editor().locator('.view-lines').click();
      await this.page.keyboard.press('ControlOrMeta+a');
      await this.page.keyboard.press('ControlOrMeta+c');
      return waitUntil(
        'the clipboard changes',
        async () => {
          const copied = await this.clipboard();
          return copied !== mark && { copied };
        },
        2000,
      );
    });
    await this.setClipboard(before);
    return text.copied;
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** The texts of the status bar, from the left. */
  async statusBar(): Promise<string[]> {
    return (await this.page.locator('.statusbar-item:visible').allInnerTexts())
      .map((text) => text.trim())
      .filter(Boolean);
  }

  /** An entry of the status bar, by a part of its text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item:visible').filter({ hasText: text }).first();
  }

  /** The modal dialog, when one is open. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Waits for the modal dialog; gives its message and detail. */
  async dialogText(): Promise<string> {
    await this.dialog().waitFor();
    return (await this.dialog().locator('.dialog-message-container').innerText()).trim();
  }

  /** Clicks a button of the modal dialog and waits until it is closed; another one may take its place at once. */
  async answerDialog(button: string): Promise<void> {
    const answered = await this.dialog().elementHandle();
    await this.dialog().getByRole('button', { name: button, exact: true }).click();
    await answered.waitForElementState('hidden');
  }

  /**
   * Changes user settings for this window and those opened later; `undefined` removes one. To be called with nothing
   * open that the command palette would close.
   */
  async changeSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.settings.change(values);
    // VS Code in the browser does not see that the file has changed, but reads all of it after it wrote one setting.
    const minimap = async () => (await this.settings.read())['editor.minimap.enabled'] !== false;
    const before = await minimap();
    await this.runCommand('View: Toggle Minimap');
    await waitUntil('VS Code has written a setting', async () => (await minimap()) !== before);
  }

  /** Changes the colour theme, and waits until the window has it. */
  async setTheme(theme: Theme): Promise<void> {
    const { name, workbenchClass } = themes[theme];
    await this.changeSettings({ 'workbench.colorTheme': name });
    await this.page.locator(`.monaco-workbench.${workbenchClass}`).waitFor();
  }

  /** What stands in the window, in one line, for where no picture can be looked at: the focus, the quick input, the tabs. */
  async inSight(): Promise<string> {
    const { quickInput } = this;
    const focus = await this.page.evaluate(() => {
      const { activeElement } = document;
      return `${activeElement?.tagName.toLowerCase()}.${activeElement?.className}`;
    });
    const input = (await quickInput.widget.isVisible())
      ? { title: await quickInput.title(), value: await quickInput.value(), rows: await quickInput.rows() }
      : 'closed';
    return JSON.stringify({ focus, input, tabs: await this.tabs(), notifications: await this.notifications.texts() });
  }

  /** Writes a picture of the window. @param file an absolute path ending in `.png`. */
  async screenshot(file: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    // A click or a focus can have scrolled the workbench by some pixels within the page, which no person could do.
    await this.page.evaluate(() => {
      for (const element of document.querySelectorAll(
        'html, body, .monaco-workbench, .monaco-workbench > .monaco-grid-view',
      ))
        element.scrollTop = 0;
    });
    await this.page.screenshot({ path: file });
  }

  /**
   * VS Code in a browser now and then (1.105.1 in one of ten windows) does not take the folders of a workspace that it has
   * never opened before: its Explorer says that there are none, until the window is reloaded.
   */
  async #foldersShown(): Promise<void> {
    const folder = this.page.locator('.explorer-folders-view .monaco-list-row').first();
    await folder.waitFor({ timeout: 5000 * slowness() }).catch(() => this.reload());
    await folder.waitFor();
  }

  async #shown(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar a.action-label').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }
}
