/**
 * `npm run test:host`: the tests that need a real extension host. `test/host/**\/*.test.ts` run in a Node.js extension
 * host, of desktop VS Code where it can be had, else of the npm-packaged one; `test/host/worker/` runs in a web worker
 * extension host. `-- node` or `-- worker` runs one of them.
 */
import { runTests } from '@vscode/test-electron';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../vscode/build';
import { desktopVscode } from '../vscode/desktopVscode';
import type { HostKind } from '../vscode/development';
import { runInExtensionHost } from '../vscode/extensionHost';
import { projectFolder } from '../vscode/folders';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { bundleSuite } from './bundle';

const timeLimit = 4 * 60_000;

async function main(): Promise<number> {
  endGroupsOnSignals();
  const wanted = process.argv[2];
  if (wanted !== undefined && wanted !== 'node' && wanted !== 'worker') throw new Error(`There is no extension host "${wanted}".`);
  build();
  const hosts: HostKind[] = wanted ? [wanted] : ['node', 'worker'];
  let code = 0;
  for (const host of hosts) code = (await runSuite(host)) || code;
  return code;
}

async function runSuite(host: HostKind): Promise<number> {
  const tests = await bundleSuite(host);
  if (host === 'node') {
    const executable = await desktopVscode().catch((error: unknown) => {
      console.log(`${(error as Error).message} Using the npm-packaged VS Code.`);
      return undefined;
    });
    if (executable !== undefined) return runInDesktop(executable, tests);
  }
  console.log(`Running the tests in the ${host === 'node' ? 'Node.js' : 'web worker'} extension host of the npm-packaged VS Code…`);
  return runInExtensionHost({ host, extension: projectFolder, tests, timeLimit });
}

async function runInDesktop(vscodeExecutablePath: string, tests: string): Promise<number> {
  console.log('Running the tests in the extension host of desktop VS Code…');
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-'));
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: tests,
    launchArgs: [folder, '--user-data-dir', join(folder, '.data'), '--disable-extensions', '--disable-workspace-trust'],
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
