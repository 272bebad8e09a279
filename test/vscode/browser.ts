import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { prepareBrowser } from './prepare';

export type { Browser, BrowserContext, FrameLocator, Locator, Page };

/**
 * Starts the headless browser: the one that `CHROME_PATH` names, else the one of the npm package.
 *
 * @param options `headed` shows its window, where there is a display and `CHROME_PATH` names a browser with windows.
 */
export async function launchBrowser(options: { headed?: boolean } = {}): Promise<Browser> {
  const { executable, environment } = await prepareBrowser();
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    headless: !options.headed,
    executablePath: executable,
    env: Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
