import * as l10n from '@vscode/l10n';
import type * as nodeFiles from 'node:fs/promises';
import { ExportError, heldOpen } from './exportError';

/*
 * Files beside a target. Whoever can write to the folder (a repository that was cloned, another person) may have put
 * anything there under the names used here: so nothing is opened that was not looked at, and nothing is followed.
 */

export type FileSystem = typeof nodeFiles;

/** Leads are personal data: until the person says otherwise only they may read the file. */
export const ownerOnly = 0o600;

/** The names beside a target that must be found again: its partial file, the state to go on from, the lock and the next one. */
export function namesBeside(path: string): { part: string; state: string; lock: string; nextLock: string } {
  const lock = `${path}.dashly-lock`;
  return { part: `${path}.dashly-part`, state: `${path}.dashly-export`, lock, nextLock: `${lock}-next` };
}

/** A name beside a target that nobody can guess. */
export function temporaryName(path: string): string {
  return `${path}.dashly-${globalThis.crypto.randomUUID()}~`;
}

/** Makes a file that was not there. */
export function createFile(files: FileSystem, path: string): Promise<nodeFiles.FileHandle> {
  const { O_RDWR, O_CREAT, O_EXCL } = files.constants;
  return files.open(path, O_RDWR | O_CREAT | O_EXCL | noFollow(files), ownerOnly);
}

/**
 * Opens a file of ours to read and write it.
 * @throws ExportError of the kind `notResumable` when it is anything but an ordinary file of this person with one name
 */
export async function openOwnFile(files: FileSystem, path: string): Promise<nodeFiles.FileHandle> {
  await refuseLink(files, path);
  const handle = await files.open(path, files.constants.O_RDWR | noFollow(files) | noWait(files));
  const stat = await handle.stat();
  if (!stat.isFile() || stat.nlink !== 1 || !isOwn(stat.uid)) {
    await handle.close();
    throw notOurs();
  }
  return handle;
}

/**
 * The text of a small file.
 * @param most the largest size in bytes
 * @param ownOnly whether it must be this person's
 * @returns undefined when there is none; `foreign` when it is anything but an ordinary file of that size
 */
export async function readSmallFile(
  files: FileSystem,
  path: string,
  most: number,
  ownOnly: boolean,
): Promise<{ readonly text: string; readonly changed: number } | 'foreign' | undefined> {
  let handle: nodeFiles.FileHandle | undefined;
  try {
    if (!(await files.lstat(path)).isFile()) {
      return 'foreign';
    }
    handle = await files.open(path, files.constants.O_RDONLY | noFollow(files) | noWait(files));
    const stat = await handle.stat();
    // None of its names is left when it was replaced since it was opened: what it has is whole all the same.
    if (!stat.isFile() || stat.size > most || (ownOnly && (stat.nlink > 1 || !isOwn(stat.uid)))) {
      return 'foreign';
    }
    // Not `readFile`: the file may grow while it is read.
    const bytes = new Uint8Array(stat.size);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return { text: new TextDecoder().decode(bytes.subarray(0, bytesRead)), changed: stat.mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    if (hasCode(error, 'ELOOP')) {
      return 'foreign';
    }
    throw error;
  } finally {
    await handle?.close();
  }
}

/** Removes a name, whatever it stands for; a link is removed, not what it leads to. Nothing when there is none. */
export async function removeName(files: FileSystem, path: string): Promise<void> {
  try {
    await files.unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) {
      throw error;
    }
  }
}

/** Removes the temporary files of exports to a target that were killed. */
export async function removeTemporaryFiles(files: FileSystem, path: string): Promise<void> {
  const paths = await import('node:path');
  const [folder, name] = [paths.dirname(path), paths.basename(path)];
  const form = /^\.dashly-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}~$/;
  for (const other of await files.readdir(folder)) {
    if (other.startsWith(name) && form.test(other.slice(name.length))) {
      await removeName(files, paths.join(folder, other));
    }
  }
}

/** Either all of the new text is in a file afterwards or all of the old one. */
export async function writeWhole(files: FileSystem, target: string, path: string, text: string): Promise<void> {
  const fresh = temporaryName(target);
  const handle = await createFile(files, fresh);
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replaceFile(files, fresh, path);
  } catch (error) {
    await removeName(files, fresh).catch(() => undefined);
    throw error;
  }
}

/** For how long (ms) is waited before each further try: Windows refuses while a virus scanner or an index looks at a file. */
const waits = [50, 100, 200, 400, 800, 1600];

/**
 * Gives a file another name, in the place of what has it. On Windows that fails while somebody has one of them open: it is
 * tried again for three seconds.
 * @throws ExportError of the kind `heldOpen` when it is still open then
 */
export async function replaceFile(files: Pick<FileSystem, 'rename'>, from: string, to: string): Promise<void> {
  for (const wait of [...waits, undefined]) {
    try {
      await files.rename(from, to);
      return;
    } catch (error) {
      if (!isHeldOpen(error)) throw error;
      if (wait === undefined) throw new ExportError('heldOpen', heldOpen, (error as NodeJS.ErrnoException).code);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Only Windows says so; elsewhere the last two mean that a person may not. */
function isHeldOpen(error: unknown): boolean {
  const codes = process.platform === 'win32' ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'];
  return codes.some((code) => hasCode(error, code));
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function refuseLink(files: FileSystem, path: string): Promise<void> {
  if (!(await files.lstat(path)).isFile()) {
    throw notOurs();
  }
}

function notOurs(): ExportError {
  return new ExportError(
    'notResumable',
    l10n.t('The partial file is not one that was written here: it cannot be resumed, so export again.'),
  );
}

/** Windows has no such flag: there the look at the file before must do. */
function noFollow(files: FileSystem): number {
  return (files.constants as Partial<typeof files.constants>).O_NOFOLLOW ?? 0;
}

/** A pipe that nobody writes to would be waited for. */
function noWait(files: FileSystem): number {
  return (files.constants as Partial<typeof files.constants>).O_NONBLOCK ?? 0;
}

/** True where the platform knows no owners. */
function isOwn(uid: number): boolean {
  return typeof process.getuid !== 'function' || process.getuid() === uid;
}
