import * as l10n from '@vscode/l10n';
import type * as nodeFiles from 'node:fs/promises';
import {
  createFile,
  type FileSystem,
  hasCode,
  namesBeside,
  openOwnFile,
  ownerOnly,
  readSmallFile,
  removeName,
  removeTemporaryFiles,
  replaceFile,
  temporaryName,
  writeWhole,
} from './besideFiles';
import { ExportError, withFileErrors } from './exportError';
import { ExportLock } from './exportLock';
import { mostStateBytes, unreadableState } from './exportState';
import type { ExportTarget, FinishedFile } from './exportTarget';
import type { Chunks, Ending } from './formats/exportFormat';

const chunkSize = 1 << 18;

/** Loaded when it is needed: there is no such module in a browser's extension host. */
const fileSystem = (): Promise<FileSystem> => import('node:fs/promises');

/** What stands under a target's name. */
export type TargetKind = 'nothing' | 'file' | 'readOnlyFile';

/** A file of the machine the extension runs on, written as a stream. */
export class LocalTarget implements ExportTarget {
  private constructor(
    private readonly files: FileSystem,
    readonly path: string,
    private readonly lock: ExportLock,
    private readonly handle: nodeFiles.FileHandle,
    private position: number,
  ) {}

  /**
   * Begins a new partial file; one that is there is given up.
   * @param force whether the lock is taken from whoever holds it
   * @throws ExportError; of the kind `busy` when another export writes there
   */
  static create(path: string, force = false): Promise<LocalTarget> {
    return LocalTarget.open(path, force, 0, async (files) => {
      await kindOf(files, path);
      const { part, state } = namesBeside(path);
      await removeName(files, state);
      await removeName(files, part);
      return createFile(files, part);
    });
  }

  /**
   * Goes on with a partial file.
   * @param bytes how much of it is good; what is behind is cut off
   * @throws ExportError; of the kind `busy` when another export writes there
   */
  static reopen(path: string, bytes: number, force = false): Promise<LocalTarget> {
    return LocalTarget.open(path, force, bytes, async (files) => {
      const handle = await openOwnFile(files, namesBeside(path).part);
      if ((await handle.stat()).size < bytes) {
        await handle.close();
        throw new ExportError(
          'notResumable',
          l10n.t('The partial file is shorter than it was: it cannot be resumed, so export again.'),
        );
      }
      await handle.truncate(bytes);
      return handle;
    });
  }

  private static open(
    path: string,
    force: boolean,
    bytes: number,
    openPart: (files: FileSystem) => Promise<nodeFiles.FileHandle>,
  ): Promise<LocalTarget> {
    return withFileErrors(async () => {
      const files = await fileSystem();
      const lock = await ExportLock.take(files, path, force);
      try {
        return new LocalTarget(files, path, lock, await openPart(files), bytes);
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /**
   * What stands under a target's name.
   * @throws ExportError of the kind `badTarget` when it is a link, a folder, a pipe, a device: it would be replaced
   */
  static kind(path: string): Promise<TargetKind> {
    return withFileErrors(async () => kindOf(await fileSystem(), path));
  }

  /**
   * The state kept beside a target; undefined when there is none.
   * @throws ExportError of the kind `notResumable` when what is there cannot be one
   */
  static readState(path: string): Promise<string | undefined> {
    return withFileErrors(async () => {
      const state = await readSmallFile(await fileSystem(), namesBeside(path).state, mostStateBytes, true);
      if (state === 'foreign') {
        throw unreadableState();
      }
      return state?.text;
    });
  }

  /** Whether no export left anything beside a target: false where that cannot be known, as on a drive that is away. */
  static async isForgotten(path: string): Promise<boolean> {
    const paths = await import('node:path');
    const names = await (await fileSystem()).readdir(paths.dirname(path)).catch(() => undefined);
    const left = Object.values(namesBeside(path)).map((beside) => paths.basename(beside));
    return names !== undefined && !left.some((name) => names.includes(name));
  }

  /** Whether a file that was finished has got the target's name: the program ended before it could clean up. */
  static async isFinished(path: string, { file, size }: FinishedFile): Promise<boolean> {
    const stat = await (await fileSystem()).lstat(path, { bigint: true }).catch(() => undefined);
    return stat?.isFile() === true && fileIdentity(stat) === file && Number(stat.size) === size;
  }

  /**
   * Deletes what an interrupted export left beside a target.
   * @throws ExportError; of the kind `busy` when somebody has gone on with it
   */
  static discard(path: string, force = false): Promise<void> {
    return withFileErrors(async () => {
      const files = await fileSystem();
      const lock = await ExportLock.take(files, path, force);
      try {
        await removeBeside(files, path);
      } finally {
        await lock.release();
      }
    });
  }

  get bytes(): number {
    return this.position;
  }

  append(rows: Uint8Array): Promise<void> {
    return withFileErrors(async () => {
      await writeAt(this.handle, rows, this.position);
      this.position += rows.length;
    });
  }

  keep(state: string): Promise<void> {
    return withFileErrors(async () => {
      await this.lock.verify();
      await this.handle.sync();
      await this.verifyPart();
      await writeWhole(this.files, this.path, namesBeside(this.path).state, state);
    });
  }

  /** The partial file from its beginning. */
  async *read(): AsyncGenerator<Uint8Array, void> {
    for (let position = 0; position < this.position;) {
      const chunk = new Uint8Array(Math.min(chunkSize, this.position - position));
      const { bytesRead } = await withFileErrors(() => this.handle.read(chunk, 0, chunk.length, position));
      if (bytesRead === 0) {
        throw new ExportError('targetGone', l10n.t('The partial file became shorter while it was read: export again.'));
      }
      yield chunk.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  finish(ending: Ending, state?: (finished: FinishedFile) => string | undefined): Promise<void> {
    return withFileErrors(async () => {
      await this.lock.verify();
      await this.verifyPart();
      const isThere = (await kindOf(this.files, this.path)) !== 'nothing';
      const mode = isThere ? (await this.files.stat(this.path)).mode & 0o777 : ownerOnly;
      if ('append' in ending) {
        await writeAt(this.handle, ending.append, this.position);
        await this.handle.truncate(this.position + ending.append.length);
        await this.rename(this.handle, namesBeside(this.path).part, mode, state);
      } else {
        await this.writeAnew(ending.rewrite(this.read()), mode, state);
      }
      await removeBeside(this.files, this.path);
    });
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await this.lock.release();
  }

  private async writeAnew(
    content: Chunks,
    mode: number,
    state?: (finished: FinishedFile) => string | undefined,
  ): Promise<void> {
    const name = temporaryName(this.path);
    const handle = await createFile(this.files, name);
    try {
      for await (const chunk of content) {
        await handle.writeFile(chunk);
      }
      await this.rename(handle, name, mode, state);
    } catch (error) {
      await removeName(this.files, name).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** Gives a file that is complete the target's name. */
  private async rename(
    handle: nodeFiles.FileHandle,
    name: string,
    mode: number,
    state?: (finished: FinishedFile) => string | undefined,
  ): Promise<void> {
    await handle.chmod(mode);
    await handle.sync();
    const stat = await handle.stat({ bigint: true });
    const last = state?.({ file: fileIdentity(stat), size: Number(stat.size) });
    if (last !== undefined) {
      await writeWhole(this.files, this.path, namesBeside(this.path).state, last);
    }
    await replaceFile(this.files, name, this.path);
  }

  /** A file that was deleted or replaced can be written to as long as it is open: it would all be for nothing. */
  private async verifyPart(): Promise<void> {
    const { part } = namesBeside(this.path);
    const [named, open] = [await this.files.lstat(part, { bigint: true }), await this.handle.stat({ bigint: true })];
    if (fileIdentity(named) !== fileIdentity(open)) {
      throw new ExportError(
        'targetGone',
        l10n.t('Another file has taken the place of the partial file: export again.'),
      );
    }
  }
}

async function kindOf(files: FileSystem, path: string): Promise<TargetKind> {
  try {
    const stat = await files.lstat(path);
    if (stat.isSymbolicLink()) {
      const message = l10n.t(
        'There is a link with that name, which an export does not replace: choose the file it leads to, or another name.',
      );
      throw new ExportError('badTarget', message);
    }
    if (!stat.isFile()) {
      const message = l10n.t(
        'There is a folder or a device with that name, which an export cannot replace: choose another name.',
      );
      throw new ExportError('badTarget', message);
    }
    return (stat.mode & 0o222) === 0 ? 'readOnlyFile' : 'file';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return 'nothing';
    }
    throw error;
  }
}

async function removeBeside(files: FileSystem, path: string): Promise<void> {
  const { part, state } = namesBeside(path);
  await removeName(files, part);
  await removeName(files, state);
  await removeTemporaryFiles(files, path);
}

async function writeAt(handle: nodeFiles.FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

/** The same for every name of a file, and another for every other file. */
function fileIdentity({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}
