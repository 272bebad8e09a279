import { extensionId as id } from '../vscode/extensionId';
import { packageExtension } from '../vscode/package';
import { emptyExtensionId } from './emptyExtension';
import { probeActivation } from './probe';
import { type BenchResult, median } from './result';

const windows = 12;
const most = 10;

/** Activation of the packaged extension against that of an empty one, in the same extension host of fresh windows. */
export default async function activation(): Promise<BenchResult[]> {
  await packageExtension();
  const elapsed: number[] = [];
  const worked: number[] = [];
  for (let window = 0; window < windows; window++) {
    console.log(`  window ${window + 1} of ${windows}`);
    // Whoever comes first warms things up for the other: so they take turns.
    const order = window % 2 === 0 ? [emptyExtensionId, id] : [id, emptyExtensionId];
    const figures = await probeActivation(order);
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
