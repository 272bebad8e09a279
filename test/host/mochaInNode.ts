import Mocha from 'mocha';
import { testOutputMark } from '../vscode/testOutput';

/**
 * Runs a Mocha suite inside the Node.js extension host.
 *
 * @param load defines the tests, by `describe` and `it`.
 * @throws Error when a test failed, or when there was none.
 */
export async function runMocha(load: () => void): Promise<void> {
  Mocha.reporters.Base.consoleLog = (format = '', ...args: unknown[]) =>
    console.log(`${testOutputMark}${String(format)}`, ...args);
  // The time limit is only for what hangs: each wait has one of its own.
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: 300_000 });
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
