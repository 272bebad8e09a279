import type { Page } from './browser';

/** What a webview writes to the console before it waits for its service worker to take over. */
const waiting = /^(Found unexpected|No) service worker controller.* Waiting for controllerchange\.$/s;

/** How long an active service worker may leave a webview alone, in milliseconds. It takes over at once, or never. */
const patience = 2000;

/**
 * Mends a fault of the packaged workbench. A webview's page is controlled by code-server's own service worker until the
 * webview's has taken over; when that one becomes active just while another webview is loaded, it does not take over the
 * latter, which says so in the console, waits for ever and stays empty. Here the webview's service worker is registered
 * anew, which makes it take over all webviews. Nothing else is mended.
 *
 * @param mended told each time.
 */
export function mendWaitingWebviews(page: Page, mended: () => void): void {
  page.on('console', (message) => {
    if (!waiting.test(message.text())) return;
    const { url } = message.location();
    for (const frame of page.frames().filter((one) => one.url() === url)) {
      // The webview may be closed meanwhile.
      void frame.evaluate(registerAnew, patience).then(
        (done) => done && mended(),
        () => undefined,
      );
    }
  });
}

/** Runs in the webview. @returns false when its service worker took over by itself. */
async function registerAnew(milliseconds: number): Promise<boolean> {
  const workers = navigator.serviceWorker;
  for (let waited = 0; ; waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const registration = await workers.getRegistration();
    const script = registration?.active?.scriptURL;
    if (!registration || !script?.includes('/service-worker.js?')) waited = 0;
    else if (workers.controller?.scriptURL === script) return false;
    else if (waited >= milliseconds) {
      await registration.unregister();
      await workers.register(script);
      return true;
    }
  }
}
