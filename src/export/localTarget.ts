import type * as nodeFiles from 'node:fs/promises';
import { ExportError, withFileErrors } from './exportTarget';
import { ExportLock } from './exportLock';
import type { ExportTarget } from './exportTarget';
import type { CsvColumns } from './formats/csv';
import { finished, isFinishedAsItIs, type Chunks, type FormatOptions } from './formats/formats';

type FileSystem = typeof nodeFiles;

/** Leads are personal data: until the person says otherwise only they may read the file. */
const ownerOnly = 0o600;
const chunkSize = 1 << 18;

/** Loaded when it is needed: there is no such module in a browser's extension host. */
const fileSystem = (): Promise<FileSystem> => import('node:fs/promises');

/** The names beside a target: its partial file, the state to go on from, and the finished file before it is renamed. */
export function namesBeside(path: string): { part: string; state: string; finished: string } {
  return { part: `${path}.dashly-part`, state: `${path}.dashly-export`, finished: `${path}.dashly-finished` };
}

/** Says that somebody is writing beside a target: see `ExportLock`. */
function lockBeside(path: string): string {
  return `${path}.dashly-lock`;
}

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
   * @throws ExportError; of the kind `busy` when another export writes there
   */
  static create(path: string): Promise<LocalTarget> {
    return LocalTarget.open(path, 0, async (files) => {
      const { part, state } = namesBeside(path);
      await files.rm(state, { force: true });
      return files.open(part, 'w+', ownerOnly);
    });
  }

  /**
   * Goes on with a partial file.
   * @param bytes how much of it is good; what is behind is cut off
   * @throws ExportError; of the kind `busy` when another export writes there
   */
  static reopen(path: string, bytes: number): Promise<LocalTarget> {
    return LocalTarget.open(path, bytes, async (files) => {
      const handle = await files.open(namesBeside(path).part, 'r+');
      if ((await handle.stat()).size < bytes) {
        await handle.close();
        throw new ExportError(
          'notResumable',
          'The partial file is shorter than it was: it cannot be resumed, so export again.',
        );
      }
      await handle.truncate(bytes);
      return handle;
    });
  }

  private static open(
    path: string,
    bytes: number,
    openPart: (files: FileSystem) => Promise<nodeFiles.FileHandle>,
  ): Promise<LocalTarget> {
    return withFileErrors(async () => {
      const files = await fileSystem();
      const lock = await ExportLock.take(files, lockBeside(path));
      try {
        return new LocalTarget(files, path, lock, await openPart(files), bytes);
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /** The state kept beside a target; undefined when there is none. */
  static async readState(path: string): Promise<string | undefined> {
    try {
      return await (await fileSystem()).readFile(namesBeside(path).state, 'utf8');
    } catch {
      return undefined;
    }
  }

  /**
   * Deletes what an interrupted export left beside a target.
   * @throws ExportError; of the kind `busy` when somebody has gone on with it
   */
  static discard(path: string): Promise<void> {
    return withFileErrors(async () => {
      const files = await fileSystem();
      const lock = await ExportLock.take(files, lockBeside(path));
      try {
        for (const name of Object.values(namesBeside(path))) {
          await files.rm(name, { force: true });
        }
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
      for (let written = 0; written < rows.length;) {
        written += (await this.handle.write(rows, written, rows.length - written, this.position + written))
          .bytesWritten;
      }
      this.position += rows.length;
    });
  }

  keep(state: string): Promise<void> {
    return withFileErrors(async () => {
      await this.lock.verify();
      await this.handle.sync();
      // A deleted file can be written to as long as it is open: it would all be for nothing.
      await this.files.access(namesBeside(this.path).part);
      await this.writeWhole(namesBeside(this.path).state, state);
    });
  }

  /** The partial file from its beginning. */
  async *read(): AsyncGenerator<Uint8Array, void> {
    for (let position = 0; position < this.position;) {
      const chunk = new Uint8Array(Math.min(chunkSize, this.position - position));
      const { bytesRead } = await withFileErrors(() => this.handle.read(chunk, 0, chunk.length, position));
      if (bytesRead === 0) {
        throw new ExportError('targetGone', 'The partial file became shorter while it was read: export again.');
      }
      yield chunk.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  finish(format: FormatOptions, columns: CsvColumns | undefined): Promise<void> {
    return withFileErrors(async () => {
      await this.lock.verify();
      const beside = namesBeside(this.path);
      const mode = await this.files.stat(this.path).then(
        (stat) => stat.mode & 0o777,
        () => ownerOnly,
      );
      await this.files.access(beside.part);
      if (isFinishedAsItIs(format.format)) {
        await this.handle.chmod(mode);
        await this.handle.sync();
        await this.handle.close();
        await this.files.rename(beside.part, this.path);
      } else {
        await this.writeFinished(finished(format, this.read(), columns), mode);
        await this.handle.close();
        await this.files.rename(beside.finished, this.path);
        await this.files.rm(beside.part, { force: true });
      }
      await this.files.rm(beside.state, { force: true });
    });
  }

  async leave(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await this.lock.release();
  }

  private async writeFinished(content: Chunks, mode: number): Promise<void> {
    const name = namesBeside(this.path).finished;
    const handle = await this.files.open(name, 'w', ownerOnly);
    try {
      for await (const chunk of content) {
        await handle.writeFile(chunk);
      }
      await handle.chmod(mode);
      await handle.sync();
    } catch (error) {
      await handle.close();
      await this.files.rm(name, { force: true });
      throw error;
    }
    await handle.close();
  }

  /** Either all of the new text is there afterwards or all of the old one. */
  private async writeWhole(path: string, text: string): Promise<void> {
    const fresh = `${path}~`;
    try {
      const handle = await this.files.open(fresh, 'w', ownerOnly);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await this.files.rename(fresh, path);
    } catch (error) {
      await this.files.rm(fresh, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}
