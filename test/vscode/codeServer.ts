import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareVscode, type PreparedVscode } from './prepare';
import { ProcessGroup } from './processGroup';
import type { VscodeVersion } from './versions';

/** User settings that keep VS Code quiet, offline and the same at every run. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

export interface CodeServerOptions {
  /** The folder of user data: settings, secrets, extensions and logs. Made when it is missing. */
  home: string;
  /** The TCP port on loopback; a free one when it is left out. */
  port?: number;
  /** Which VS Code; the oldest supported one when it is left out. */
  version?: VscodeVersion;
  /** The extension: a package to install, or a development folder to link. None when it is left out. */
  extension?: { vsix: string } | { development: string };
  /** User settings on top of {@link quietSettings}. Written only when the home has no settings yet. */
  settings?: Readonly<Record<string, unknown>>;
  /** Whether a folder must be trusted before its settings count; else every folder is. */
  workspaceTrust?: boolean;
  /** The language VS Code tells extensions, such as `ru`; its own texts stay English. English when left out. */
  language?: string;
  /** Environment variables of the server and its extension hosts, on top of this process's. */
  environment?: Readonly<Record<string, string>>;
}

/** A running VS Code server. */
export interface CodeServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly address: string;
  readonly port: number;
  readonly home: string;
  /** What the server has written to its console until now. */
  readonly output: string;
  /** Resolves when the server has ended by itself or has been stopped. */
  readonly ended: Promise<unknown>;
  /** Ends its extension hosts by force, as a crash would. Linux only. @throws Error when there is none */
  crashExtensionHosts(): void;
  stop(): Promise<void>;
}

/**
 * Starts the VS Code server of the npm package `code-server` on loopback, without a password.
 *
 * @throws Error with the server's output, when it is not up within 30 seconds.
 */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const vscode = await prepareVscode(options.version);
  const { home, extension } = options;
  await writeSettings(home, options.settings ?? {});
  if (extension) await provideExtension(vscode, home, extension);
  if (options.language !== undefined) await provideLanguage(options.language, home);
  const sockets = await socketsFolder();
  const group = new ProcessGroup(
    vscode.node,
    [
      vscode.entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
      ...['--user-data-dir', home, '--extensions-dir', join(home, 'extensions'), '--config', join(home, 'config.yaml')],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(options.language === undefined ? [] : ['--locale', options.language]),
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...['--disable-getting-started-override', '--session-socket', join(sockets, 'session')],
    ],
    { ...serverEnvironment(sockets), ...options.environment },
  );
  const stop = async (): Promise<void> => {
    await group.stop();
    await rm(sockets, { recursive: true, force: true });
  };
  try {
    const ready = await group.waitForOutput(/HTTP server listening on (http:\/\/127\.0\.0\.1:(\d+))/, 30_000);
    return {
      address: ready[1] ?? '',
      port: Number(ready[2]),
      home,
      get output() {
        return group.output;
      },
      ended: group.ended,
      crashExtensionHosts: () => {
        const hosts = group.processes(/--type=extensionHost/);
        if (hosts.length === 0) throw new Error('No extension host is running.');
        for (const host of hosts) process.kill(host, 'SIGKILL');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without the variables by which an outer VS Code (or a shell's settings) would steer this server. */
function serverEnvironment(sockets: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|CODE_SERVER_|PORT$|PASSWORD$|HASHED_PASSWORD$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{"serviceUrl":""}', XDG_RUNTIME_DIR: sockets };
}

/**
 * A folder for the server's sockets: their paths may have 104 characters on macOS and 108 on Linux, which the home of a
 * deep checkout, or the temporary folder of macOS, leaves too few of.
 */
function socketsFolder(): Promise<string> {
  return mkdtemp(join(process.platform === 'win32' ? tmpdir() : '/tmp', 'dl-'));
}

async function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(home, 'User'), { recursive: true });
  const text = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
  await writeFile(join(home, 'User/settings.json'), `${text}\n`, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/** Installs a pack for a language that has no texts of VS Code's own: real ones would have to be downloaded. */
async function provideLanguage(language: string, home: string): Promise<void> {
  const texts = join(home, `${language}.i18n.json`);
  await writeFile(texts, JSON.stringify({ contents: {} }));
  const identifier = { id: `test.${language}`, uuid: '00000000-0000-4000-8000-000000000000' };
  const extensions = [{ extensionIdentifier: identifier, version: '1.0.0' }];
  const pack = { hash: language, extensions, translations: { vscode: texts }, label: language };
  await writeFile(join(home, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

async function provideExtension(
  { node, entry }: PreparedVscode,
  home: string,
  extension: { vsix: string } | { development: string },
): Promise<void> {
  const folder = join(home, 'extensions');
  // An earlier run may have left another version, or a link to another place.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if ('development' in extension) {
    const manifest = JSON.parse(await readFile(join(extension.development, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const name = `${manifest.publisher ?? ''}.${manifest.name ?? ''}-${manifest.version ?? ''}`;
    await symlink(extension.development, join(folder, name), 'junction');
    return;
  }
  const { status, stdout, stderr } = spawnSync(
    node,
    [entry, '--install-extension', extension.vsix, '--extensions-dir', folder, '--user-data-dir', home],
    { env: serverEnvironment(home), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`VS Code refused to install ${extension.vsix}:\n${stdout}${stderr}`);
}
