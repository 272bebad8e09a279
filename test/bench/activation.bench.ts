import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildInto } from '../vscode/build';
import { extensionId as id } from '../vscode/extensionId';
import { emptyExtensionId } from './bareExtensions';
import { probeActivation } from './probe';
import { type BenchResult, median } from './result';

const windows = 12;
const most = 10;

/** Activation of the extension as it is packaged against that of an empty one, in the same extension host of fresh windows. */
export default async function activation(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-extension-'));
  try {
    await buildInto(folder);
    await withoutStart(folder);
    return await measured(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes the event away that would activate the extension before it can be measured. */
async function withoutStart(folder: string): Promise<void> {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { activationEvents: string[] };
  const activationEvents = manifest.activationEvents.filter((event) => event !== 'onStartupFinished');
  await writeFile(file, JSON.stringify({ ...manifest, activationEvents }));
}

async function measured(development: string): Promise<BenchResult[]> {
  const elapsed: number[] = [];
  const worked: number[] = [];
  for (let window = 0; window < windows; window++) {
    console.log(`  window ${window + 1} of ${windows}`);
    // Whoever comes first warms things up for the other: so they take turns.
    const order = window % 2 === 0 ? [emptyExtensionId, id] : [id, emptyExtensionId];
    const figures = await probeActivation(order, { development });
    const [ours, empty] = [figures.get(id), figures.get(emptyExtensionId)];
    if (!ours || !empty) throw new Error('An extension was not activated.');
    elapsed.push(ours.elapsed - empty.elapsed);
    worked.push(ours.worked - empty.worked);
  }
  const row = (name: string, values: readonly number[]): BenchResult => {
    const value = median(values);
    const host = 'VS Code 1.105, extension host';
    return {
      name: `${name} (median of ${windows} windows)`,
      host,
      value,
      unit: 'ms',
      goal: `≤ ${most}`,
      met: value <= most,
    };
  };
  return [
    row('Activation, more than an empty extension', elapsed),
    row('Activation, what the thread of the extension host works for it', worked),
  ];
}
