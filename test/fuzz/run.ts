/**
 * `npm run fuzz [-- cases [seed]]`: 1,000,000 cases unless told otherwise. Prints its seed, with which a failure comes
 * again, and what was tried.
 */
import fc from 'fast-check';
import { fuzzProperties } from './properties';

const cases = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

console.log(`Seed ${seed}, ${cases} cases.`);
let failed = 0;
for (const { name, share, property } of fuzzProperties) {
  const numRuns = Math.round(cases * share);
  const started = Date.now();
  const result = fc.check(property, { numRuns, seed });
  console.log(`${result.failed ? 'FAILED' : 'held'}  ${result.numRuns} × ${name}, ${Date.now() - started} ms`);
  if (result.failed) {
    failed++;
    console.log(fc.defaultReportMessage(result));
  }
}
process.exitCode = failed === 0 ? 0 : 1;
