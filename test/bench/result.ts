/** One figure of a benchmark: a row of the printed table and of `test/bench/results.json`. */
export interface BenchResult {
  /** What was measured, in words. */
  name: string;
  /** Where it was measured; plain Node.js when it is left out. */
  host?: string;
  value: number;
  /** The unit of `value`: `ms`, `bytes`, `times` (a ratio), … */
  unit: string;
  /** The goal in words, for example `≤ 1.15`. */
  goal: string;
  /** Whether `value` reaches the goal. */
  met: boolean;
}

/** @returns NaN of none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** What the default export of every `*.bench.ts` is: it measures, and gives its figures. */
export type Benchmark = () => Promise<BenchResult[]>;
