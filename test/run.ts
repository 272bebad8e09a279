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
  },
  {
    what: 'tests in the web worker extension host of the newest VS Code',
    script: ['test:host', ...onNewest, 'worker'],
    seconds: 60,
    hasTests: true,
  },
];

/** Steps that follow each other, beside other such lines. */
interface Line {
  readonly steps: readonly Step[];
  /** Whether they compute only when the other lines leave a core idle. */
  readonly yields?: boolean;
}

/** What computes runs beside what mostly waits: on two cores both together take little longer than one. */
const everything: readonly (readonly Line[])[] = [
  [
    { steps: [{ what: 'unit tests', script: ['test:unit'], seconds: 330, hasTests: true }] },
    {
      steps: [
        {
          what: 'tests in the Node.js extension host',
          script: ['test:host', '--', 'node'],
          seconds: 125,
          hasTests: true,
        },
        {
          what: 'tests in the web worker extension host',
          script: ['test:host', '--', 'worker'],
          seconds: 45,
          hasTests: true,
        },
        ...hostOnNewest,
      ],
    },
  ],
  [
    { steps: [{ what: 'UI tests in the real workbench', script: ['test:ui'], seconds: 1260, hasTests: true }] },
    {
      steps: [
        { what: 'types', script: ['test:types'], seconds: 90, hasTests: false },
        { what: 'lint', script: ['test:lint'], seconds: 320, hasTests: false },
      ],
      yields: true,
    },
  ],
];

const newest: readonly (readonly Line[])[] = [
  [{ steps: hostOnNewest }],
  [
    {
      steps: [
        {
          what: 'UI tests in the real workbench of the newest VS Code',
          script: ['test:ui', ...onNewest],
          seconds: 1260,
          hasTests: true,
        },
      ],
    },
  ],
];

async function main(): Promise<Result> {
  const { values } = parseArgs({ options: versionOption });
  const isNewest = toVersion(values.vscode) === 'newest';
  // Downloads take as long as they take: not a part of any step.
  if (!isNewest) await prepareVscode('oldest');
  await prepareVscode('newest');
  await prepareBrowser();
  const total: Result = { passed: 0, failed: 0, failures: [] };
  const runLine = async ({ steps, yields = false }: Line, printsAtOnce: boolean): Promise<void> => {
    for (const step of steps) {
      const { passed, failed, failures } = await run(step, printsAtOnce, yields);
      total.passed += passed;
      total.failed += failed;
      total.failures.push(...failures.map((failure) => `Of ${step.what}:\n${failure}`));
    }
  };
  for (const lines of isNewest ? newest : everything)
    await Promise.all(
      lines.map((line) => runLine(line, !line.yields && lines.filter(({ yields }) => !yields).length === 1)),
    );
  return total;
}

/**
 * @param printsAtOnce what the step says as it comes; else as one piece at its end, because other steps print too
 * @param yields see {@link Line}
 */
async function run(step: Step, printsAtOnce: boolean, yields: boolean): Promise<Result> {
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
