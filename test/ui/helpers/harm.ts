import { createServer, type AddressInfo } from 'node:net';
import type { Workbench } from '../../vscode/workbench';

/** Stands where a proxy would: what the extension host sends to another machine than this one comes here, and no further. */
export interface DeadEnd {
  readonly address: string;
  /** How often somebody came. */
  readonly connections: () => number;
  close(): void;
}

export async function openDeadEnd(): Promise<DeadEnd> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, connections: () => connections, close: () => void server.close() };
}

/** What the hostile texts lead to and would run (`test/service/hostileTexts.ts`), as an attribute of an element. */
const harmfulTarget =
  /evil\.|tracker\.|^command:(a|b|workbench\.action\.(quit|terminal))|^(javascript|vbscript|smb):|^data:text|^file:\/\/\/etc/;
/** Elements that only a text could have made: those of the texts, and an icon where no button is. */
const harmfulElements =
  '[onerror], [onload], [onclick], [ontoggle], [onfocus], [onbegin], base, math, object, template, vscode-button, ' +
  '.codicon-trash:not(.action-label):not(.monaco-button), .codicon-no-such-icon';

/**
 * Watches a window from here on for what no text may cause: a request to another server, a page or a dialog of the browser,
 * an element of the workbench that leads to or runs what a text names, an icon in the place of a text.
 * @returns what has happened, in words
 */
export async function watchForHarm({ page }: Workbench): Promise<() => Promise<readonly string[]>> {
  const happened: string[] = [];
  const { host } = new URL(page.url());
  page.on('dialog', (dialog) => happened.push(`dialog: ${dialog.message()}`));
  page.on('popup', (popup) => happened.push(`popup: ${popup.url()}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    // What a webview gets of its extension's own files VS Code serves itself, under a name that nobody is asked for.
    const isOwnFile = url.host.endsWith('.vscode-resource.vscode-cdn.net') && url.pathname.includes('/dashly-leads.');
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== host && !isOwnFile)
      happened.push(`request: ${request.url()}`);
  });
  // tsx keeps the names of functions by a function of its own, which the page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.evaluate(
    ([target, elements]) => {
      const found = new Set<string>();
      Object.assign(window, { harmFound: found });
      const look = (root: Node): void => {
        if (!(root instanceof Element)) return;
        for (const element of [root, ...root.querySelectorAll('*')]) {
          const leads = ['href', 'data-href', 'src', 'srcset', 'action', 'data', 'style'].some((name) =>
            new RegExp(target).test(element.getAttribute(name) ?? ''),
          );
          if (leads || element.matches(elements)) found.add(element.outerHTML.slice(0, 500));
        }
      };
      new MutationObserver((changes) => {
        for (const { addedNodes, target: changed, type } of changes) {
          addedNodes.forEach(look);
          if (type === 'attributes') look(changed);
        }
      }).observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['href', 'data-href', 'src'],
      });
    },
    [harmfulTarget.source, harmfulElements] as const,
  );
  return async () => [
    ...happened,
    ...(await page.evaluate(() => [...(window as unknown as { harmFound: Set<string> }).harmFound])),
  ];
}
