/**
 * `npm run test:ui`: packages the extension and runs every `test/ui/**\/*.test.ts` against the package, two files at a
 * time, each of the two in a real VS Code and a browser of its own (`runFiles.ts`). `-- --grep <text>` runs some tests, in
 * one; `--headed` shows the browser (with `CHROME_PATH`); `--no-package` takes the package of the last run;
 * `--vscode newest` runs them in the newest VS Code.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { failuresFolder, projectFolder } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { vscodeNumber } from '../vscode/prepare';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { testFiles } from '../vscode/testFiles';
import { toVersion, versionOption } from '../vscode/versions';
import type { UiRun } from './runFiles';

const atATime = 2;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      grep: { type: 'string' },
      headed: { type: 'boolean' },
      'no-package': { type: 'boolean' },
      ...versionOption,
    },
  });
  const version = toVersion(values.vscode);
  endGroupsOnSignals();
  if (!values['no-package']) await packageExtension();
  await rm(failuresFolder, { recursive: true, force: true });
  console.log(`Starting VS Code ${await vscodeNumber(version)} and the browser…`);
  const files = await longestFirst(await testFiles('test/ui', projectFolder));
  // Which files have tests of that name is not known before they are read.
  const runs = values.grep === undefined ? files.map((file) => [file]) : [files];
  const { grep, headed = false } = values;
  const run: UiRun = { headed, version, ...(grep !== undefined && { grep }) };
  const workers = Array.from({ length: Math.min(atATime, runs.length) }, () => runAll(runs, run));
  return (await Promise.all(workers)).every(Boolean);
}

/** The largest at the start, so that none runs alone at the end. */
async function longestFirst(files: readonly string[]): Promise<string[]> {
  const sizes = new Map(await Promise.all(files.map(async (file) => [file, (await stat(file)).size] as const)));
  return [...files].sort((one, other) => sizes.get(other)! - sizes.get(one)!);
}

/**
 * Lets one process run what is left of `runs`, one after another.
 * @param runs the files of each; those that were begun are taken out
 * @returns whether all passed
 */
async function runAll(runs: string[][], run: UiRun): Promise<boolean> {
  const child = fork(join(__dirname, 'runFiles.ts'), [JSON.stringify(run)], {
    cwd: projectFolder,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  process.once('exit', () => child.kill());
  let output = '';
  const streams = [child.stdout!, child.stderr!];
  for (const stream of streams) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  // Not `close`: in Node 20 it never comes once the channel was closed from here, and this process then ends as if all had passed.
  const ended = Promise.all([once(child, 'exit'), ...streams.map((stream) => finished(stream))]);
  let passed = true;
  for (let files = runs.shift(); files; files = runs.shift()) {
    const failures = await Promise.race([failuresOf(child, files), ended.then(() => undefined)]);
    passed &&= failures === 0;
    // As one piece: the other process writes too.
    console.log(output);
    output = '';
    if (failures === undefined) break;
  }
  if (child.connected) child.disconnect();
  await ended;
  console.log(output);
  return passed && child.exitCode === 0;
}

/** @returns how many tests failed */
async function failuresOf(child: ChildProcess, files: readonly string[]): Promise<number> {
  child.send(files);
  const [failures] = (await once(child, 'message')) as [number];
  return failures;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
