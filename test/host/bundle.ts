import * as esbuild from 'esbuild';
import { join } from 'node:path';
import type { HostKind } from '../vscode/development';
import { cacheFolder, projectFolder } from '../vscode/folders';
import { testFiles } from '../vscode/testFiles';

/** Which test files run in which extension host, and what runs them there. */
const suites: Record<HostKind, { include: (file: string) => boolean; runner: string; options: esbuild.BuildOptions }> =
  {
    node: {
      include: (file) => !file.includes('/worker/'),
      runner: './mochaInNode',
      options: { platform: 'node', target: 'node20', external: ['vscode', 'mocha'] },
    },
    worker: {
      include: (file) => file.includes('/worker/'),
      runner: './worker/mochaInWorker',
      options: { platform: 'browser', target: 'es2022', external: ['vscode'] },
    },
  };

/**
 * Bundles all test files of an extension host into one CommonJS file with `run(): Promise<void>`, as VS Code's
 * `extensionTestsPath` wants it.
 *
 * @returns the file's path.
 */
export async function bundleSuite(host: HostKind): Promise<string> {
  const { include, runner, options } = suites[host];
  const files = (await testFiles('test/host', projectFolder)).map((file) => file.replaceAll('\\', '/')).filter(include);
  const outfile = join(cacheFolder, 'host', `${host}.js`);
  // Each file is required only after Mocha has put `describe` and `it` in place.
  const requires = files.map((file) => `require(${JSON.stringify(file)});`).join(' ');
  await esbuild.build({
    ...options,
    stdin: {
      contents: `import { runMocha } from ${JSON.stringify(runner)};\nexport const run = () => runMocha(() => { ${requires} });`,
      resolveDir: join(projectFolder, 'test/host'),
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    outfile,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
