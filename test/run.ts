/**
 * `npm test`: types, lint, unit tests, tests inside both extension hosts, UI tests. Each step is a process of its own
 * with a time limit. The last line says how many passed and failed; types and lint count as one each.
 */
import { ProcessGroup, endGroupsOnSignals } from './vscode/processGroup';

interface Step {
  /** What the step does, in words that follow "—". */
  what: string;
  /** The npm script, with what follows it. */
  script: string[];
  /** How many minutes it may take at most. */
  minutes: number;
  /** Whether its output ends with Mocha's summary; otherwise the step itself counts as one test. */
  hasTests: boolean;
}

interface Counts {
  passed: number;
  failed: number;
}

const steps: Step[] = [
  { what: 'types', script: ['test:types'], minutes: 6, hasTests: false },
  { what: 'lint', script: ['test:lint'], minutes: 4, hasTests: false },
  { what: 'unit tests', script: ['test:unit'], minutes: 5, hasTests: true },
  { what: 'tests in the Node.js extension host', script: ['test:host', '--', 'node'], minutes: 5, hasTests: true },
  { what: 'tests in the web worker extension host', script: ['test:host', '--', 'worker'], minutes: 3, hasTests: true },
  { what: 'UI tests in the real workbench', script: ['test:ui'], minutes: 10, hasTests: true },
];

/** The steps may take this long together. */
const totalMinutes = 14.5;

async function main(): Promise<Counts> {
  const end = Date.now() + totalMinutes * 60_000;
  const total: Counts = { passed: 0, failed: 0 };
  for (const step of steps) {
    const { passed, failed } = await run(step, Math.min(step.minutes * 60_000, end - Date.now()));
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

async function run(step: Step, milliseconds: number): Promise<Counts> {
  const start = Date.now();
  console.log(`\n— ${step.what}…`);
  const group = new ProcessGroup('npm', ['run', '--silent', ...step.script], process.env, (text) => process.stdout.write(text));
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    console.log(`\nThe step "${step.what}" was ended: it had not finished after ${(milliseconds / 60_000).toFixed(1)} minutes.`);
    void group.stop();
  }, Math.max(0, milliseconds));
  const code = await group.ended;
  clearTimeout(limit);
  const counts = count(step, group.output, code === 0 && !late);
  console.log(`— ${step.what}: ${counts.passed} passed, ${counts.failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return counts;
}

function count({ what, hasTests }: Step, output: string, good: boolean): Counts {
  if (!hasTests) return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  // A step that was ended has no summary; what it passed until then is marked.
  const passed = sum(output, /^ {2}(\d+) passing \(/gm) || (output.match(/^ +✔ /gm)?.length ?? 0);
  const failed = sum(output, /^ {2}(\d+) failing$/gm);
  if (passed + failed === 0) console.log(`The step "${what}" ran no test.`);
  // A step that broke without a failing test (it crashed, it was ended, it ran nothing) has failed all the same.
  const broken = failed === 0 && (!good || passed === 0);
  return { passed, failed: broken ? 1 : failed };
}

function sum(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((total, [, digits]) => total + Number(digits), 0);
}

endGroupsOnSignals();
main().then(
  ({ passed, failed }) => {
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
