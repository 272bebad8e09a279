/**
 * `npm run test:ui`: packages the extension, installs the package into one real VS Code, and runs every
 * `test/ui/**\/*.test.ts` against it. `-- --grep <text>` runs some; `--headed` shows the browser (with `CHROME_PATH`);
 * `--no-package` takes the package of the last run; `--vscode newest` runs them in the newest VS Code.
 */
import Mocha from 'mocha';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { failuresFolder, projectFolder, vsixFile } from '../vscode/folders';
import { packageExtension } from '../vscode/package';
import { vscodeNumber } from '../vscode/prepare';
import { endGroupsOnSignals } from '../vscode/processGroup';
import { keepFailure, startSession, stopSession } from '../vscode/session';
import { testFiles } from '../vscode/testFiles';
import { toVersion, versionOption } from '../vscode/versions';

async function main(): Promise<number> {
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
  await startSession(vsixFile, { headed: values.headed ?? false, version });
  let kept: Promise<void> | undefined;
  try {
    const mocha = new Mocha({
      // Only for what hangs: each wait has a limit of its own.
      timeout: 300_000,
      color: false,
      reporter: 'spec',
      ...(values.grep !== undefined && { grep: values.grep }),
      rootHooks: { afterEach: () => kept },
    });
    for (const file of await testFiles('test/ui', projectFolder)) mocha.addFile(file);
    await mocha.loadFilesAsync();
    const failures = await new Promise<number>((resolve) => {
      // At once: the hooks that follow close what can be seen.
      mocha.run(resolve).on('fail', (test) => {
        kept = keepFailure(test.fullTitle());
      });
    });
    await kept;
    return failures;
  } finally {
    await stopSession();
  }
}

main().then(
  (failures) => process.exit(failures === 0 ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
