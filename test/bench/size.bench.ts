import { stat } from 'node:fs/promises';
import { vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { probeActivation } from './probe';
import type { BenchResult } from './result';

const id = 'dashly-leads.dashly-leads';

/** Bytes of the package, and of the extension's own files that an extension host has loaded when it is active. */
export default async function size(): Promise<BenchResult[]> {
  await packageExtension();
  const { size: packaged } = await stat(vsixFile);
  const loaded = (await probeActivation([id])).get(id)?.bytes ?? NaN;
  return [
    { name: 'Package (VSIX)', value: packaged, unit: 'bytes', goal: '≤ 400 KB', met: packaged <= 400_000 },
    { name: 'Read at activation', value: loaded, unit: 'bytes', goal: '≤ 60 KB', met: loaded <= 60_000 },
  ];
}
