/**
 * Prepares VS Code and the browser out of npm packages, once. Every function here can be called any number of times, by
 * several processes at once: what is prepared already costs a few file reads.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, packagesFolder } from './folders';
import { writeFontsConfiguration } from './fonts';
import { withLock } from './lock';

const codeServerFolder = join(packagesFolder, 'code-server');

/** Our own JavaScript for packages of VS Code that work only with a native part, which would have to be compiled. */
const replacements = {
  'spdlog.js': '@vscode/spdlog/index.js',
  'native-watchdog.js': 'native-watchdog/index.js',
};

/** Where the browser of the npm package is unpacked to. */
export const browserFolder = join(cacheFolder, 'browser');

/**
 * Makes sure that VS Code can be started from `test/vscode/node_modules`.
 *
 * @throws Error with what npm said, when the packages could not be installed.
 */
export async function prepareVscode(): Promise<void> {
  const lockFile = await readFile(join(__dirname, 'package-lock.json'));
  await once('vscode', lockFile, async () => {
    console.log(`Preparing VS Code ${await vscodeVersion()} from npm packages (170 MB, once)…`);
    const start = Date.now();
    // The packages' own install scripts would compile native modules and download from elsewhere; none of it is needed.
    await npm(__dirname, 'ci', '--ignore-scripts');
    const lib = join(codeServerFolder, 'lib/vscode');
    // VS Code's shrinkwrap lacks one peer dependency, hence --legacy-peer-deps.
    await npm(lib, 'ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps');
    await copyRipgrep(join(lib, 'node_modules/@vscode/ripgrep/bin'));
    for (const [file, target] of Object.entries(replacements)) {
      await copyFile(join(__dirname, 'replacements', file), join(lib, 'node_modules', target));
    }
    console.log(`VS Code is ready (${((Date.now() - start) / 1000).toFixed(0)} s).`);
  });
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
    throw new Error('The packaged browser runs on 64-bit Linux only. Set CHROME_PATH to an installed Chrome or Chromium.');
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

/** The version of VS Code that the code-server package carries: its second and third numbers are VS Code's. */
async function vscodeVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(__dirname, 'package.json'), 'utf8')) as {
    dependencies: { 'code-server': string };
  };
  return manifest.dependencies['code-server'].replace(/^\d+/, '1');
}

/** Runs `work` unless it was done before from the same `source` with the same Node.js on the same kind of machine. */
async function once(name: 'vscode' | 'browser', source: Buffer, work: () => Promise<void>): Promise<void> {
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
    () => console.log(`Another process prepares ${name === 'vscode' ? 'VS Code' : 'the browser'} at this moment; waiting for it…`),
  );
}

async function copyRipgrep(target: string): Promise<void> {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  await mkdir(target, { recursive: true });
  await copyFile(join(packagesFolder, `@vscode/ripgrep-${process.platform}-${process.arch}/bin`, name), join(target, name));
  await chmod(join(target, name), 0o755);
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
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += String(text)));
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
