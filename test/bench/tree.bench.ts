import * as esbuild from 'esbuild';
import { join } from 'node:path';
import { buildInto } from '../vscode/build';
import { runInExtensionHost } from '../vscode/extensionHost';
import { cacheFolder } from '../vscode/folders';
import type { Benchmark } from './result';

const megabyte = 1_000_000;

/** What a refresh of 10,000 drawn rows keeps of the extension host's heap. */
const benchmark: Benchmark = async () => {
  const extension = join(cacheFolder, 'bench', 'tree');
  await buildInto(extension);
  const tests = join(cacheFolder, 'host', 'treeMemoryProbe.js');
  await esbuild.build({
    entryPoints: [join(__dirname, 'probes/treeMemoryProbe.ts')],
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    format: 'cjs',
    outfile: tests,
  });
  let found: { kept: number } | undefined;
  const code = await runInExtensionHost({
    host: 'node',
    extension,
    tests,
    timeLimit: 5 * 60_000,
    onLine: (line) => (found = JSON.parse(line) as typeof found),
  });
  if (code !== 0 || !found) throw new Error('The tree could not be measured.');
  const value = found.kept / megabyte;
  return [
    {
      name: 'Tree: heap that a refresh keeps which draws all of 10,000 rows anew',
      value,
      unit: 'MB',
      // VS Code itself keeps a disposable a row and redraw until the view is closed.
      goal: '≤ 2',
      met: value <= 2,
    },
  ];
};

export default benchmark;
