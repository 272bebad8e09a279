import { join } from 'node:path';
import { buildInto } from '../vscode/build';
import { cacheFolder } from '../vscode/folders';
import { runProbe } from './probe';
import type { Benchmark } from './result';

const megabyte = 1_000_000;

/** What a refresh of 10,000 drawn rows keeps of the extension host's heap. */
const benchmark: Benchmark = async () => {
  const extension = join(cacheFolder, 'bench', 'tree');
  await buildInto(extension);
  const [found] = await runProbe<{ kept: number }>('treeMemoryProbe', {}, { extension, timeLimit: 5 * 60_000 });
  if (!found) throw new Error('The tree could not be measured.');
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
