import assert from 'node:assert/strict';
import type { rename } from 'node:fs/promises';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { replaceFile } from '../../../src/export/besideFiles';
import { ExportError } from '../../../src/export/exportError';

/** A file system whose renaming fails so many times. */
function failing(code: string, times: number) {
  const tried = mock.fn((): Promise<void> => {
    const left = times - tried.mock.callCount();
    return left > 0 ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve();
  });
  return { rename: tried as typeof rename, tries: () => tried.mock.callCount() };
}

describe('A file that takes the place of one that another program holds open', () => {
  const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => {
    mock.timers.reset();
    Object.defineProperty(process, 'platform', platform);
  });

  const on = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { ...platform, value: name });

  /** The outcome, after so many seconds at most. */
  async function outcome(files: { readonly rename: typeof rename }, seconds = 10): Promise<unknown> {
    let ended: unknown = 'waiting';
    void replaceFile(files, 'from', 'to').then(
      () => (ended = 'done'),
      (error: unknown) => (ended = error),
    );
    for (let passed = 0; passed < seconds * 1000; passed += 50) {
      await turn();
      mock.timers.tick(50);
    }
    return ended;
  }

  it('is tried again for three seconds on Windows, by whatever name it calls that', async () => {
    on('win32');
    for (const code of ['EBUSY', 'EPERM', 'EACCES']) {
      const files = failing(code, 4);
      assert.equal(await outcome(files), 'done', code);
      assert.equal(files.tries(), 5, code);
    }
  });

  it('ends in one sentence that says what to do when it is held open for longer', async () => {
    on('win32');
    for (const code of ['EBUSY', 'EPERM', 'EACCES']) {
      const files = failing(code, Infinity);
      assert.equal(await outcome(files, 3), 'waiting', code);
      const error = await outcome(files);
      assert.ok(error instanceof ExportError, code);
      assert.equal(error.kind, 'heldOpen');
      assert.match(error.message, /^Another program, such as Excel, [^.]*\.$/);
    }
  });

  it('is what a person may not do elsewhere: that is said at once', async () => {
    on('linux');
    for (const code of ['EPERM', 'EACCES', 'ENOSPC']) {
      const files = failing(code, 1);
      assert.equal(((await outcome(files, 1)) as NodeJS.ErrnoException).code, code);
      assert.equal(files.tries(), 1);
    }
  });
});
