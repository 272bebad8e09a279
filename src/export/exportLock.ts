import type * as nodeFiles from 'node:fs/promises';
import { minute } from '../dashly/dates';
import { ExportError } from './exportTarget';

type FileSystem = typeof nodeFiles;

const beatEvery = 10_000;
/** Without a sign of life for so long (ms) a lock was left by a crash, or by a machine that is gone. */
const staleAfter = minute;
const ownerOnly = 0o600;

/** What is in a lock file. */
interface Holder {
  readonly host: string;
  readonly process: number;
}

/**
 * A file that says that an export is being written, so that no other window, nor this one, writes to the same partial file.
 * Its time of change is a sign of life. A lock whose process has died, or that has shown no sign of life for a minute, is
 * taken over.
 */
export class ExportLock {
  private readonly beat: ReturnType<typeof setInterval>;

  private constructor(
    private readonly files: FileSystem,
    private readonly path: string,
    private readonly text: string,
  ) {
    this.beat = setInterval(() => {
      const now = new Date();
      void files.utimes(path, now, now).catch(() => undefined);
    }, beatEvery);
    this.beat.unref();
  }

  /**
   * @throws ExportError of the kind `busy` when somebody else holds it
   * @throws errors of the file system
   */
  static async take(files: FileSystem, path: string): Promise<ExportLock> {
    const host = (await import('node:os')).hostname();
    const holder: Holder = { host, process: process.pid };
    const text = JSON.stringify({ ...holder, lock: globalThis.crypto.randomUUID() });
    // Again only when it was stale or has just gone.
    for (let tries = 0; tries < 3; tries += 1) {
      if (await created(files, path, text)) {
        return new ExportLock(files, path, text);
      }
      const held = await read(files, path);
      if (held && !isStale(held, host)) {
        break;
      }
      if (held) {
        await removeStale(files, path, held.text);
      }
    }
    throw new ExportError(
      'busy',
      'This export is being written already, perhaps in another window: let it end or cancel it there, then try again.',
    );
  }

  /**
   * Makes sure that the lock is still held: a machine that slept for long may find that another window has taken over.
   * @throws ExportError of the kind `busy`; errors of the file system
   */
  async verify(): Promise<void> {
    const held = await read(this.files, this.path);
    if (held ? held.text !== this.text : !(await created(this.files, this.path, this.text))) {
      throw new ExportError('busy', 'Another window has gone on with this export: see there how it ends.');
    }
  }

  /** Never rejects. */
  async release(): Promise<void> {
    clearInterval(this.beat);
    const held = await read(this.files, this.path).catch(() => undefined);
    if (held?.text === this.text) {
      await this.files.rm(this.path, { force: true }).catch(() => undefined);
    }
  }
}

/** Creates the file; false when it is there. */
async function created(files: FileSystem, path: string, text: string): Promise<boolean> {
  try {
    const handle = await files.open(path, 'wx', ownerOnly);
    try {
      await handle.writeFile(text);
    } catch (error) {
      await files.rm(path, { force: true }).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      return false;
    }
    throw error;
  }
}

/** The lock and how long ago, in ms, it showed a sign of life; undefined when there is none. */
async function read(files: FileSystem, path: string): Promise<{ text: string; age: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([files.readFile(path, 'utf8'), files.stat(path)]);
    return { text, age: Date.now() - mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

function isStale({ text, age }: { text: string; age: number }, host: string): boolean {
  if (age > staleAfter) {
    return true;
  }
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    return holder.host === host && typeof holder.process === 'number' && !isAlive(holder.process);
  } catch {
    // Another window is just writing it, or has crashed while it did.
    return false;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** Removes a stale lock, and no other: between two windows that find it stale, the faster one's new lock stays. */
async function removeStale(files: FileSystem, path: string, text: string): Promise<void> {
  const aside = `${path}-${globalThis.crypto.randomUUID()}`;
  try {
    await files.rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return;
    }
    throw error;
  }
  if ((await files.readFile(aside, 'utf8')) !== text) {
    await files.copyFile(aside, path, files.constants.COPYFILE_EXCL).catch(() => undefined);
  }
  await files.rm(aside, { force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
