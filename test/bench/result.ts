/** One figure of a benchmark: a row of the printed table and of `test/bench/results.json`. */
export interface BenchResult {
  /** What was measured, in words. */
  name: string;
  value: number;
  /** The unit of `value`: `ms`, `bytes`, `times` (a ratio), … */
  unit: string;
  /** The goal in words, for example `≤ 1.15`. */
  goal: string;
  /** Whether `value` reaches the goal. */
  met: boolean;
}

/** What the default export of every `*.bench.ts` is: it measures, and gives its figures. */
export type Benchmark = () => Promise<BenchResult[]>;
