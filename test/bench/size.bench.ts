import { stat } from 'node:fs/promises';
import { vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import type { BenchResult } from './result';

/** Bytes of the package. */
export default async function size(): Promise<BenchResult[]> {
  await packageExtension();
  const { size: packaged } = await stat(vsixFile);
  return [
    {
      name: 'Package (VSIX)',
      host: 'file',
      value: packaged,
      unit: 'bytes',
      goal: '≤ 400 KB',
      met: packaged <= 400_000,
    },
  ];
}
