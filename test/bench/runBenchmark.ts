/** Runs the one benchmark that `run.ts` names, and sends its results back. */
import { endGroupsOnSignals } from '../vscode/processGroup';
import type { Benchmark } from './result';

endGroupsOnSignals();

async function main(): Promise<void> {
  const { default: benchmark } = (await import(process.argv[2] ?? '')) as {
    default: Benchmark | { default: Benchmark };
  };
  // A CommonJS module's default export arrives wrapped or not, by the way it was loaded.
  const results = await ('default' in benchmark ? benchmark.default : benchmark)();
  process.send?.(results, () => process.exit(0));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
