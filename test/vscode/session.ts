import { rm, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, type Browser, type BrowserContext } from './browser';
import { startCodeServer, type CodeServer, type CodeServerOptions } from './codeServer';
import { develop } from './development';
import { failuresFolder } from './folders';
import { UserSettings } from './userSettings';
import type { VscodeVersion } from './versions';
import { type Theme, Workbench } from './workbench';

/** What all UI tests of one run share: one server with the installed extension, one browser. */
interface Session {
  /** What it was started with. */
  readonly vsix: string;
  readonly headed: boolean | undefined;
  readonly version: VscodeVersion | undefined;
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly settings: Record<string, unknown>;
  /** The browser data of windows that are open, or were: to be used again, because they hold what VS Code is loaded from. */
  readonly contexts: BrowserContext[];
}

let session: Session | undefined;
const open = new Set<Workbench>();

function current(): Session {
  if (!session) throw new Error('No session has been started: run the UI tests by `npm run test:ui`.');
  return session;
}

/** Starts the server with the packaged extension installed, and the browser. @param options `environment` of the server */
export async function startSession(
  vsix: string,
  options: { headed?: boolean; version?: VscodeVersion; environment?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'dashly-leads-vscode-'));
  const server = await startCodeServer({
    home,
    extension: { vsix },
    ...(options.version && { version: options.version }),
    ...(options.environment && { environment: options.environment }),
  });
  session = {
    vsix,
    headed: options.headed,
    version: options.version,
    server,
    browser: await launchBrowser(options),
    settings: await new UserSettings(home).read(),
    contexts: [],
  };
}

export async function stopSession(): Promise<void> {
  if (!session) return;
  const { server, browser } = session;
  session = undefined;
  open.clear();
  await browser.close();
  await server.stop();
  await rm(server.home, { recursive: true, force: true });
}

/** The themes that a person may have chosen, and those that this VS Code has by default. */
export function themes(): readonly Theme[] {
  const everywhere = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
  return current().version === 'newest' ? [...everywhere, 'light-2026', 'dark-2026'] : everywhere;
}

/** The server that all windows of this run are served by. */
export function server(): CodeServer {
  return current().server;
}

/**
 * Opens a window of VS Code with the user settings as they were at the start, and with no account of its own or of
 * another test. To be closed by whoever opened it.
 *
 * @param options `folder` or `.code-workspace` to open (an empty folder when left out), the window's `size`, `settings` on
 *   top of the quiet ones, and the `development` folder of another extension that runs beside the installed one
 */
export async function openWorkbench(
  options: {
    folder?: string;
    size?: { width: number; height: number };
    settings?: Readonly<Record<string, unknown>>;
    development?: string;
  } = {},
): Promise<Workbench> {
  const { browser, server, settings, contexts } = current();
  await new UserSettings(server.home).replace({ ...settings, ...options.settings });
  const unused = contexts.find((context) => context.pages().length === 0);
  const context = unused ?? (await browser.newContext());
  if (!unused) contexts.push(context);
  const workbench = await Workbench.create(context, server, options.size);
  open.add(workbench);
  workbench.page.once('close', () => open.delete(workbench));
  const { folder, development: extension } = options;
  if (extension) await develop(workbench.page, { host: 'node', authority: new URL(server.address).host, extension });
  await workbench.open(folder);
  return workbench;
}

/** A window with a server and a browser of its own. */
export interface LoneWorkbench {
  readonly workbench: Workbench;
  readonly server: CodeServer;
  close(): Promise<void>;
}

/**
 * Opens a window of the same VS Code with a server and a browser of its own: for what all windows of a server share. To be
 * closed by whoever opened it.
 *
 * @param options of the server: its `settings` on top of the quiet ones, `environment`, `workspaceTrust`, `language`, and a
 *   `home` that holds something already; of the window: the `folder` to open, and the `timeZone` of its machine. With
 *   `inWorker`, the folder of a built extension, the extension runs in a web worker of the browser, and is not installed at
 *   the server.
 */
export async function openAlone(
  options: Partial<Pick<CodeServerOptions, 'home' | 'settings' | 'environment' | 'workspaceTrust' | 'language'>> & {
    readonly folder?: string;
    readonly timeZone?: string;
    readonly inWorker?: string;
  },
): Promise<LoneWorkbench> {
  const { vsix, headed, version } = current();
  const { folder, timeZone, inWorker, ...ofServer } = options;
  const home = ofServer.home ?? (await mkdtemp(join(tmpdir(), 'dashly-leads-vscode-')));
  const installed = inWorker === undefined && { extension: { vsix } };
  const server = await startCodeServer({ ...ofServer, home, ...installed, ...(version && { version }) });
  const browser = await launchBrowser({ ...(headed !== undefined && { headed }) });
  const workbench = await Workbench.create(
    await browser.newContext({ ...(timeZone !== undefined && { timezoneId: timeZone }) }),
    server,
  );
  open.add(workbench);
  workbench.page.once('close', () => open.delete(workbench));
  if (inWorker !== undefined) {
    const { host: authority } = new URL(server.address);
    await develop(workbench.page, { host: 'worker', authority, extension: inWorker });
  }
  const { language } = ofServer;
  // VS Code asks the browser, too, which language it should have.
  if (language !== undefined)
    await workbench.page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url: server.address }]);
  await workbench.open(folder);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  return { workbench, server, close };
}

/** Keeps a picture of every open window and the logs, in `test/ui/failures`. @param title of the test that failed. */
export async function keepFailure(title: string): Promise<void> {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
  let number = 0;
  for (const workbench of open) {
    const file = join(failuresFolder, number === 0 ? name : `${name}-${number}`);
    number++;
    await workbench.screenshot(`${file}.png`).catch(() => undefined);
    await writeFile(`${file}.log`, `${server().output}\n\n${workbench.consoleText}`);
    console.log(`      see ${file}.png and .log; ${await workbench.inSight().catch(String)}`);
  }
}
