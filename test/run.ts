/**
 * `npm test`: types, lint, unit tests, tests inside both extension hosts and UI tests in the oldest VS Code, and tests
 * inside both extension hosts of the newest. `-- --vscode newest` (`npm run test:newest`): the latter and the UI tests in
 * the newest VS Code. Each step is a process of its own with a time limit, and may run beside others. At the end stands
 * once more which tests failed and why, and the last line says how many passed and failed; types and lint count as one each.
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
  /** How many seconds it takes on two cores with nothing but its plan. It may take three times as long, as those count. */
  seconds: number;
  /** Whether its output ends with Mocha's summary; otherwise the step itself counts as one test. */
  hasTests: boolean;
  /** What is downloaded first, where that has not been done. It takes as long as it takes: not a part of the step. */
  needs?: () => Promise<unknown>;
}

interface Counts {
  passed: number;
  failed: number;
}

interface Result extends Counts {
  /** What Mocha says of each test that failed, or the end of what a step says that has none. */
  failures: string[];
}

const onNewest = ['--', '--vscode', 'newest'];

const hostOnNewest: Step[] = [
  {
    what: 'tests in the Node.js extension host of the newest VS Code',
    script: ['test:host', ...onNewest, 'node'],
    seconds: 130,
    hasTests: true,
    needs: () => prepareVscode('newest'),
  },
  {
    what: 'tests in the web worker extension host of the newest VS Code',
    script: ['test:host', ...onNewest, 'worker'],
    seconds: 60,
    hasTests: true,
  },
];

/** Lines of steps that follow each other: one line runs beside the others, a set of lines when the one before has ended. */
type Lines = readonly (readonly Step[])[];

interface Plan {
  readonly sets: readonly Lines[];
  /** What computes only while all this leaves a core idle. */
  readonly beside: readonly Step[];
}

/** What computes runs beside what mostly waits: on two cores both together take little longer than one. */
const everything: Plan = {
  sets: [
    [
      [{ what: 'unit tests', script: ['test:unit'], seconds: 330, hasTests: true }],
      [
        {
          what: 'tests in the Node.js extension host',
          script: ['test:host', '--', 'node'],
          seconds: 125,
          hasTests: true,
          needs: () => prepareVscode('oldest'),
        },
        {
          what: 'tests in the web worker extension host',
          script: ['test:host', '--', 'worker'],
          seconds: 45,
          hasTests: true,
          needs: prepareBrowser,
        },
        ...hostOnNewest,
      ],
    ],
    [
      [
        {
          what: 'UI tests in the real workbench',
          script: ['test:ui'],
          seconds: 1260,
          hasTests: true,
        },
      ],
    ],
  ],
  beside: [
    {
      what: 'types',
      script: ['test:types'],
      seconds: 90,
      hasTests: false,
      needs: () => prepareVscode('oldest'),
    },
    { what: 'lint', script: ['test:lint'], seconds: 320, hasTests: false },
  ],
};

const newest: Plan = {
  sets: [
    [hostOnNewest],
    [
      [
        {
          what: 'UI tests in the real workbench of the newest VS Code',
          script: ['test:ui', ...onNewest],
          seconds: 1260,
          hasTests: true,
          needs: prepareBrowser,
        },
      ],
    ],
  ],
  beside: [],
};

async function main(): Promise<Result> {
  const { values } = parseArgs({ options: versionOption });
  const { sets, beside } = toVersion(values.vscode) === 'newest' ? newest : everything;
  const total: Result = { passed: 0, failed: 0, failures: [] };
  const runLine = async (steps: readonly Step[], how: HowToRun): Promise<void> => {
    for (const step of steps) {
      const { passed, failed, failures } = await run(step, how);
      total.passed += passed;
      total.failed += failed;
      total.failures.push(...failures.map((failure) => `Of ${step.what}:\n${failure}`));
    }
  };
  const others = runLine(beside, { yields: true });
  for (const lines of sets)
    await Promise.all(lines.map((steps) => runLine(steps, { printsAtOnce: lines.length === 1 })));
  await others;
  return total;
}

interface HowToRun {
  /** Whether a step prints as it goes; else as one piece at its end, because other steps print too. */
  readonly printsAtOnce?: boolean;
  /** Whether it computes only while others leave a core idle. */
  readonly yields?: boolean;
}

async function run(step: Step, { printsAtOnce = false, yields = false }: HowToRun): Promise<Result> {
  try {
    await step.needs?.();
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    console.log(`— ${step.what}: not begun. ${failure}`);
    return { passed: 0, failed: 1, failures: [failure] };
  }
  const start = Date.now();
  console.log(`\n— ${step.what}…`);
  const group = new ProcessGroup('npm', ['run', '--silent', ...step.script], process.env, (text) => {
    if (printsAtOnce) process.stdout.write(text);
  });
  if (yields) group.yieldToOthers();
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
  if (!printsAtOnce) console.log(`\n${group.output.trimEnd()}`);
  const counts = count(step, group.output, code === 0 && !late);
  console.log(
    `— ${step.what}: ${counts.passed} passed, ${counts.failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  const failures: string[] = group.output.match(failure) ?? [];
  // Of what is no test, or ended without a summary, the end tells most.
  if (counts.failed > 0 && failures.length === 0)
    failures.push(group.output.trimEnd().split('\n').slice(-15).join('\n'));
  return { ...counts, failures };
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
