import * as l10n from '@vscode/l10n';
import { minute } from '../dashly/dates';
import {
  createFile,
  type FileSystem,
  hasCode,
  namesBeside,
  readSmallFile,
  removeName,
  temporaryName,
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
    const path = namesBeside(target).lock;
    const host = (await import('node:os')).hostname();
    const holder: Holder = { host, process: process.pid };
    const text = JSON.stringify({ ...holder, lock: globalThis.crypto.randomUUID() });
    if (force) {
      await removeName(files, path);
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
      if (held) {
        await removeStale(files, target, held.text);
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
    // Again where one has come between: it may be ours, which `removeStale` of another window had moved away for a moment.
    for (let tries = 0; tries < 3; tries += 1) {
      const held = await this.held();
      if (held === this.text || (!held && (await created(this.files, this.path, this.text)))) return;
      if (held) break;
    }
    throw new ExportError('busy', l10n.t('Another window has gone on with this export: see there how it ends.'));
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

/** Removes a stale lock, and no other: between two windows that find it stale, the faster one's new lock stays. */
async function removeStale(files: FileSystem, target: string, text: string): Promise<void> {
  const path = namesBeside(target).lock;
  const aside = temporaryName(target);
  try {
    await files.rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return;
    }
    throw error;
  }
  const moved = await readSmallFile(files, aside, mostBytes, false);
  if (typeof moved === 'object' && moved.text !== text) {
    // By another name of the same file, not by a copy: whoever looks meanwhile must not find half of it.
    await files.link(aside, path).catch(() => undefined);
  }
  await removeName(files, aside);
}
