/**
 * `npm test`: types, lint, unit tests, tests inside both extension hosts and UI tests in the oldest VS Code, and tests
 * inside both extension hosts of the newest. `-- --vscode newest` (`npm run test:newest`): the latter and the UI tests in
 * the newest VS Code. Each step is a process of its own with a time limit. At the end stands once more which tests failed
 * and why, and the last line says how many passed and failed; types and lint count as one each.
 */
import { parseArgs } from 'node:util';
import { prepareBrowser, prepareVscode } from './vscode/prepare';
import { ProcessGroup, endGroupsOnSignals } from './vscode/processGroup';
import { startTimeLimit } from './vscode/timeLimit';
import { toVersion, versionOption } from './vscode/versions';

interface Step {
  /** What the step does, in words that follow "—". */
  what: string;
  /** The npm script, with what follows it. */
  script: string[];
  /**
   * How many seconds it takes on an idle machine with two cores. It may take three times as long, as such a machine counts.
   */
  seconds: number;
  /** Whether its output ends with Mocha's summary; otherwise the step itself counts as one test. */
  hasTests: boolean;
}

interface Counts {
  passed: number;
  failed: number;
}

interface Result extends Counts {
  /** What Mocha says of each test that failed. */
  failures: string[];
}

const onNewest = ['--', '--vscode', 'newest'];

const hostOnNewest: Step[] = [
  {
    what: 'tests in the Node.js extension host of the newest VS Code',
    script: ['test:host', ...onNewest, 'node'],
    seconds: 90,
    hasTests: true,
  },
  {
    what: 'tests in the web worker extension host of the newest VS Code',
    script: ['test:host', ...onNewest, 'worker'],
    seconds: 30,
    hasTests: true,
  },
];

const everything: Step[] = [
  { what: 'types', script: ['test:types'], seconds: 55, hasTests: false },
  { what: 'lint', script: ['test:lint'], seconds: 70, hasTests: false },
  { what: 'unit tests', script: ['test:unit'], seconds: 120, hasTests: true },
  { what: 'tests in the Node.js extension host', script: ['test:host', '--', 'node'], seconds: 80, hasTests: true },
  {
    what: 'tests in the web worker extension host',
    script: ['test:host', '--', 'worker'],
    seconds: 30,
    hasTests: true,
  },
  { what: 'UI tests in the real workbench', script: ['test:ui'], seconds: 1260, hasTests: true },
  ...hostOnNewest,
];

const newest: Step[] = [
  ...hostOnNewest,
  {
    what: 'UI tests in the real workbench of the newest VS Code',
    script: ['test:ui', ...onNewest],
    seconds: 1260,
    hasTests: true,
  },
];

async function main(): Promise<Result> {
  const { values } = parseArgs({ options: versionOption });
  const steps = toVersion(values.vscode) === 'newest' ? newest : everything;
  // Downloads take as long as they take: not a part of any step.
  await prepareVscode('newest');
  await prepareBrowser();
  const total: Result = { passed: 0, failed: 0, failures: [] };
  for (const step of steps) {
    const { passed, failed, failures } = await run(step);
    total.passed += passed;
    total.failed += failed;
    total.failures.push(...failures.map((failure) => `Of ${step.what}:\n${failure}`));
  }
  return total;
}

async function run(step: Step): Promise<Result> {
  const start = Date.now();
  console.log(`\n— ${step.what}…`);
  const group = new ProcessGroup('npm', ['run', '--silent', ...step.script], process.env, (text) =>
    process.stdout.write(text),
  );
  let late = false;
  const endLimit = startTimeLimit(3000 * step.seconds, () => {
    late = true;
    console.log(
      `\nThe step "${step.what}" was ended: it takes ${step.seconds} s on an idle machine, and had three times as long.`,
    );
    void group.stop();
  });
  const code = await group.ended;
  endLimit();
  const counts = count(step, group.output, code === 0 && !late);
  console.log(
    `— ${step.what}: ${counts.passed} passed, ${counts.failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  return { ...counts, failures: group.output.match(failure) ?? [] };
}

/** A test that failed, in Mocha's summary. */
const failure = /^ {2}\d+\) .*\n(?: {3,}.*\n|\n)*/gm;

function count({ what, hasTests }: Step, output: string, good: boolean): Counts {
  if (!hasTests) return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  // A step that was ended has no summary; what it passed until then is marked.
  const passed = sum(output, /^ {2}(\d+) passing \(/gm) || (output.match(/^ +[✔✅] /gmu)?.length ?? 0);
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
  ({ passed, failed, failures }) => {
    for (const text of failures) console.log(`\n${text.trimEnd()}`);
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
  },
);
