import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, normalize, relative } from 'node:path';
import type { Page } from './browser';

/** Which extension host runs the extension: Node.js on the server, or a web worker in the page. */
export type HostKind = 'node' | 'worker';

export interface Development {
  host: HostKind;
  /** `127.0.0.1:<port>` of the server. */
  authority: string;
  /** The development folder of the extension. */
  extension: string;
  /** A CommonJS file with `run(): Promise<void>`; in the worker it may require nothing but `vscode`. */
  tests?: string;
}

/**
 * Writes an extension of one file, to run beside ours.
 * @param folder its development folder, made when it is missing
 * @param manifest what is not the same for all of them
 * @param code CommonJS
 */
export async function writeExtension(
  folder: string,
  manifest: { readonly publisher: string; readonly name: string; readonly contributes?: object },
  code: string,
): Promise<void> {
  const all = {
    version: '0.0.0',
    engines: { vscode: '^1.105.0' },
    main: './main.js',
    activationEvents: [],
    ...manifest,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(all));
  await writeFile(join(folder, 'main.js'), code);
}

/** The path under which the page finds the extension's files when a web worker runs it. */
const workerExtensionPath = '/__extension';
/** Below the extension's: VS Code runs tests in the host of the extension that they lie in. */
const workerTestsPath = `${workerExtensionPath}/__tests/suite.js`;

/**
 * Makes the workbench that `page` will open load an extension from its development folder, and run tests inside the
 * extension host. To be called before the page is opened.
 *
 * The workbench reads its options from a `<meta>` element when its script runs; here the `developmentOptions` are added
 * to it just before. (Its query parameter for the same exists in VS Code 1.100 only.)
 */
export async function develop(page: Page, { host, authority, extension, tests }: Development): Promise<void> {
  if (host === 'worker') await serveFiles(page, authority, extension, tests);
  const scheme = host === 'worker' ? 'http' : 'vscode-remote';
  const options = {
    extensions: [{ scheme, authority, path: host === 'worker' ? workerExtensionPath : extension }],
    ...(tests && { extensionTestsPath: { scheme, authority, path: host === 'worker' ? workerTestsPath : tests } }),
  };
  await page.addInitScript((developmentOptions) => {
    document.addEventListener('readystatechange', () => {
      if (document.readyState !== 'interactive') return;
      const meta = document.getElementById('vscode-workbench-web-configuration');
      if (!meta) return;
      const config = JSON.parse(meta.getAttribute('data-settings') ?? '{}') as Record<string, object | undefined>;
      config.developmentOptions = { ...config.developmentOptions, ...developmentOptions };
      meta.setAttribute('data-settings', JSON.stringify(config));
    });
  }, options);
}

/** Of files that are no scripts; a browser takes no style sheet that is called one. */
const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Answers the worker's requests for the extension's files and the test module from the disk. */
async function serveFiles(page: Page, authority: string, extension: string, tests: string | undefined): Promise<void> {
  await page.context().route(
    (url) => url.host === authority && url.pathname.startsWith(`${workerExtensionPath}/`),
    async (route) => {
      const { pathname } = new URL(route.request().url());
      const file =
        pathname === workerTestsPath
          ? tests
          : normalize(join(extension, decodeURIComponent(relative(workerExtensionPath, pathname))));
      const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      if (body === undefined) await route.fulfill({ status: 404 });
      else await route.fulfill({ body, contentType: contentTypes[extname(pathname)] ?? 'text/javascript' });
    },
  );
}
