import type Mocha from 'mocha';
import { testOutputMark } from '../vscode/testOutput';

/**
 * Runs a Mocha suite inside an extension host.
 *
 * @param mochaOfHost Mocha's build for Node.js or for browsers
 * @param load defines the tests, by `describe` and `it`.
 * @param grep runs the tests only whose full title matches this expression; all when it is left out
 * @throws Error when a test failed, or when there was none.
 */
export async function runSuite(mochaOfHost: typeof Mocha, load: () => void, grep?: string): Promise<void> {
  mochaOfHost.reporters.Base.consoleLog = (format = '', ...args: unknown[]) =>
    console.log(`${testOutputMark}${String(format)}`, ...args);
  // The time limit is only for what hangs: each wait has one of its own.
  const mocha = new mochaOfHost({ ui: 'bdd', reporter: 'spec', color: false, timeout: 300_000 });
  if (grep !== undefined) mocha.grep(grep);
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  load();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else if (runner.total === 0) reject(new Error('There was no test to run.'));
      else resolve();
    });
  });
}
