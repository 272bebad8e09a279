import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from './browser';
import { startCodeServer, type CodeServerOptions } from './codeServer';
import { develop, type HostKind } from './development';
import { failuresFolder } from './folders';
import { testOutputMark } from './testOutput';
import { startTimeLimit } from './timeLimit';
import type { VscodeVersion } from './versions';

export interface ExtensionHostRun {
  /** Which extension host runs extension and tests. */
  host: HostKind;
  /** In which VS Code; the oldest supported one when it is left out. */
  version?: VscodeVersion;
  /** The development folder of the extension; it must be built. */
  extension: string;
  /** Another extension that is there beside it. */
  installed?: CodeServerOptions['extension'];
  /** A CommonJS file with `run(): Promise<void>`. */
  tests: string;
  /** How long the tests may take at most on an idle machine, in milliseconds. */
  timeLimit: number;
  /** User settings on top of the quiet ones. */
  settings?: Readonly<Record<string, unknown>>;
  /** Environment variables of the server and its extension host. */
  environment?: Readonly<Record<string, string>>;
  /** Gets every line that the tests write to the console; printed when it is left out. */
  onLine?: (line: string) => void;
}

/**
 * Runs tests inside an extension host of the npm-packaged VS Code, in a fresh window with an empty folder.
 *
 * @returns the exit code: 0 when `run()` was fulfilled.
 * @throws Error when the window crashed or the time was over.
 */
export async function runInExtensionHost(run: ExtensionHostRun): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'dashly-leads-vscode-'));
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-folder-'));
  const server = await startCodeServer({
    home,
    ...(run.version && { version: run.version }),
    ...(run.installed && { extension: run.installed }),
    ...(run.settings && { settings: run.settings }),
    ...(run.environment && { environment: run.environment }),
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.address });
    const print = run.onLine ?? ((line: string) => console.log(line));
    // VS Code calls these two functions of its page, when they exist, while it runs tests.
    const log: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_severity: string, args: unknown[]) => {
      const text = format(...args);
      log.push(text);
      if (text.startsWith(testOutputMark)) print(text.slice(testOutputMark.length));
    });
    const exit = new Promise<number>((resolve, reject) => {
      const endLimit = startTimeLimit(run.timeLimit, () =>
        reject(
          new Error(
            `The tests in the extension host did not end within ${run.timeLimit / 1000} s, as an idle machine counts.`,
          ),
        ),
      );
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        endLimit();
        resolve(code);
      });
      page.on('crash', () => reject(new Error('The window of VS Code crashed.')));
    });
    await develop(page, {
      host: run.host,
      authority: `127.0.0.1:${server.port}`,
      extension: run.extension,
      tests: run.tests,
    });
    await page.goto(`${server.address}/?folder=${encodeURIComponent(folder)}`);
    try {
      const code = await exit;
      if (code !== 0) await keepLog(run.host, log);
      return code;
    } catch (error) {
      await keepLog(run.host, log);
      throw error;
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps all that VS Code, its extension host and the tests have written. */
async function keepLog(host: HostKind, lines: string[]): Promise<void> {
  await mkdir(failuresFolder, { recursive: true });
  const file = join(failuresFolder, `extension-host-${host}.log`);
  await writeFile(file, lines.join('\n'));
  console.log(`See ${file}`);
}
