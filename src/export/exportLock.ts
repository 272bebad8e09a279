import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import {
  createFile,
  type FileSystem,
  hasCode,
  namesBeside,
  readSmallFile,
  removeName,
  replaceFile,
} from './besideFiles';
import { ExportError } from './exportError';

const beatEvery = 10_000;
/** Without a sign of life for so long (ms) a lock was left by a crash, or by a machine that is gone. */
const staleAfter = minute;
/** A lock is some hundred bytes; what is larger is none of ours. */
const mostBytes = 4096;

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
      // Not `utimes`: should there be a link by now, what it leads to must not change.
      void files.lutimes(path, now, now).catch(() => undefined);
    }, beatEvery);
    this.beat.unref();
  }

  /**
   * @param target what is to be written
   * @param force takes it from whoever holds it: a person says that nobody does
   * @throws ExportError of the kind `busy` when somebody else holds it
   * @throws errors of the file system
   */
  static async take(files: FileSystem, target: string, force = false): Promise<ExportLock> {
    const { lock: path, nextLock } = namesBeside(target);
    const host = (await import('node:os')).hostname();
    const holder: Holder = { host, process: process.pid };
    const text = JSON.stringify({ ...holder, lock: globalThis.crypto.randomUUID() });
    if (force) {
      await removeName(files, path);
      await removeName(files, nextLock);
    }
    // Again only when it was stale or has just gone.
    for (let tries = 0; tries < 3; tries += 1) {
      if (await created(files, path, text)) {
        return new ExportLock(files, path, text);
      }
      const held = await readSmallFile(files, path, mostBytes, false);
      if (held === 'foreign' || (held && !isStale(held.text, Date.now() - held.changed, host))) {
        break;
      }
      if (held && (await takeOver(files, target, held.text, text))) {
        return new ExportLock(files, path, text);
      }
    }
    throw new ExportError(
      'busy',
      l10n.t(
        'This export is being written already, perhaps in another window: let it end or cancel it there, then try again.',
      ),
    );
  }

  /**
   * Makes sure that the lock is still held: a machine that slept for long may find that another window has taken over.
   * @throws ExportError of the kind `busy`; errors of the file system
   */
  async verify(): Promise<void> {
    const held = await this.held();
    if (held ? held !== this.text : !(await created(this.files, this.path, this.text))) {
      throw new ExportError('busy', l10n.t('Another window has gone on with this export: see there how it ends.'));
    }
  }

  /** Never rejects. */
  async release(): Promise<void> {
    clearInterval(this.beat);
    if ((await this.held().catch(() => undefined)) === this.text) {
      await removeName(this.files, this.path).catch(() => undefined);
    }
  }

  private async held(): Promise<string | undefined> {
    const held = await readSmallFile(this.files, this.path, mostBytes, false);
    return typeof held === 'object' ? held.text : held;
  }
}

/** Creates the file; false when it is there. */
async function created(files: FileSystem, path: string, text: string): Promise<boolean> {
  try {
    const handle = await createFile(files, path);
    try {
      await handle.writeFile(text);
    } catch (error) {
      await removeName(files, path).catch(() => undefined);
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

/** @param age how long ago, in ms, it showed a sign of life; negative when a clock is wrong, which says nothing */
function isStale(text: string, age: number, host: string): boolean {
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

/**
 * Puts a new lock in the place of a stale one. The new one has a name of its own before, which one window alone can make: so
 * of several that find the lock stale one takes it over, and there is never none.
 * @param stale what is in the lock that was found stale
 * @returns false when another window takes it over just now, or has done so
 */
async function takeOver(files: FileSystem, target: string, stale: string, text: string): Promise<boolean> {
  const { lock, nextLock } = namesBeside(target);
  if (!(await created(files, nextLock, text))) {
    return false;
  }
  try {
    const held = await readSmallFile(files, lock, mostBytes, false);
    if (typeof held === 'object' && held.text === stale) {
      await replaceFile(files, nextLock, lock);
      return true;
    }
  } catch (error) {
    await removeName(files, nextLock);
    throw error;
  }
  await removeName(files, nextLock);
  return false;
}
