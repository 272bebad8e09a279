/** Runs the test files that `run.ts` names, in one VS Code and one browser, until it names no more. */
import Mocha from 'mocha';
import { vsixFile } from '../vscode/folders';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { keepFailure, startSession, stopSession } from '../vscode/session';
import type { VscodeVersion } from '../vscode/versions';

/** What `run.ts` was asked for. */
export interface UiRun {
  /** Runs only the tests whose title holds it. */
  readonly grep?: string;
  readonly headed: boolean;
  readonly version: VscodeVersion;
}

const { grep, ...session } = JSON.parse(process.argv[2] ?? '') as UiRun;

/** @returns how many tests failed */
async function run(files: readonly string[]): Promise<number> {
  let kept: Promise<void> | undefined;
  const mocha = new Mocha({
    // Only for what hangs: each wait has a limit of its own.
    timeout: 300_000,
    color: false,
    reporter: 'spec',
    ...(grep !== undefined && { grep }),
    rootHooks: { afterEach: () => kept },
  });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => {
    // At once: the hooks that follow close what can be seen.
    mocha.run(resolve).on('fail', (test) => {
      kept = keepFailure(test.fullTitle());
    });
  });
  await kept;
  return failures;
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

endGroupsOnSignals();
const started = startSession(vsixFile, session);
process.on('message', (files: string[]) => {
  started.then(() => run(files)).then((failures) => process.send?.(failures), fail);
});
process.once('disconnect', () => {
  stopSession().then(() => process.exit(0), fail);
});
