import { packageExtension } from '../vscode/package';
import { emptyExtensionId } from './emptyExtension';
import { probeActivation } from './probe';
import type { BenchResult } from './result';

const id = 'dashly-leads.dashly-leads';
const windows = 8;

/** Activation of the packaged extension against that of an empty one, in the same extension host of fresh windows. */
export default async function activation(): Promise<BenchResult[]> {
  await packageExtension();
  const more: number[] = [];
  for (let window = 0; window < windows; window++) {
    console.log(`  window ${window + 1} of ${windows}`);
    // Whoever comes first warms things up for the other: so they take turns.
    const order = window % 2 === 0 ? [emptyExtensionId, id] : [id, emptyExtensionId];
    const figures = await probeActivation(order);
    more.push((figures.get(id)?.milliseconds ?? NaN) - (figures.get(emptyExtensionId)?.milliseconds ?? NaN));
  }
  const value = median(more);
  return [{ name: 'Activation, more than an empty extension', value, unit: 'ms', goal: '≤ 15', met: value <= 15 }];
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
