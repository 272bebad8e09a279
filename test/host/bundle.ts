import * as esbuild from 'esbuild';
import { join } from 'node:path';
import type { HostKind } from '../vscode/development';
import { cacheFolder, projectFolder } from '../vscode/folders';
import { testFiles } from '../vscode/testFiles';
import type { WorkerServices } from './helpers/workerServices';

/** What is tested in both hosts: of Node its tests take only what `worker/node.ts` has. */
const inBoth = /\/(accounts|documents|tree)\.test\.ts$/;

/** Which test files run in which extension host, and by which build of Mocha. */
const suites: Record<HostKind, { include: (file: string) => boolean; mocha: string; options: esbuild.BuildOptions }> = {
  node: {
    include: (file) => !file.includes('/worker/'),
    mocha: "import Mocha from 'mocha';",
    options: { platform: 'node', target: 'node20', external: ['vscode', 'mocha'] },
  },
  worker: {
    include: (file) => file.includes('/worker/') || inBoth.test(file),
    // Its browser build puts `Mocha` in place.
    mocha: "import 'mocha/mocha.js';",
    options: {
      platform: 'browser',
      target: 'es2022',
      external: ['vscode', 'node:*'],
      alias: Object.fromEntries(
        ['node:assert/strict', 'node:os', 'node:timers/promises'].map((name) => [
          name,
          join(__dirname, 'worker/node.ts'),
        ]),
      ),
    },
  },
};

/**
 * Bundles all test files of an extension host into one CommonJS file with `run(): Promise<void>`, as VS Code's
 * `extensionTestsPath` wants it.
 *
 * @param grep runs the tests only whose full title matches this expression
 * @param services what is served for the tests of a web worker, which can serve nothing
 * @returns the file's path.
 */
export async function bundleSuite(host: HostKind, grep?: string, services?: WorkerServices): Promise<string> {
  const { include, mocha, options } = suites[host];
  const files = (await testFiles('test/host', projectFolder)).map((file) => file.replaceAll('\\', '/')).filter(include);
  const outfile = join(cacheFolder, 'host', `${host}.js`);
  // Each file is required only after Mocha has put `describe` and `it` in place.
  const requires = files.map((file) => `require(${JSON.stringify(file)});`).join(' ');
  await esbuild.build({
    ...options,
    stdin: {
      contents: `
        ${mocha}
        import { runSuite } from './runSuite';
        export const run = () => runSuite(Mocha, () => { ${requires} }, ${JSON.stringify(grep)});`,
      resolveDir: join(projectFolder, 'test/host'),
      loader: 'ts',
    },
    bundle: true,
    define: { workerServices: JSON.stringify(services ?? null) },
    format: 'cjs',
    outfile,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
