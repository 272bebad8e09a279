import { HumanError } from '../dashly/errors';
import type { CsvColumns } from './formats/csv';
import { finished, type FormatOptions } from './formats/formats';
import { joined } from './formats/json';

export type ExportErrorKind =
  'diskFull' | 'targetGone' | 'noPermission' | 'tooLarge' | 'notResumable' | 'busy' | 'file';

/** Why a file could not be written, in one sentence that may be shown. */
export class ExportError extends HumanError {
  override readonly name = 'ExportError';

  /** @param code the file system's, for the log */
  constructor(
    readonly kind: ExportErrorKind,
    message: string,
    code = '',
  ) {
    super(message, `${message} ${code}`.trim());
  }
}

const sentences: Readonly<Record<string, readonly [ExportErrorKind, string]>> = {
  ENOSPC: ['diskFull', 'The disk is full: free some space, then resume the export.'],
  EDQUOT: ['diskFull', 'The disk quota is used up: free some space, then resume the export.'],
  EFBIG: ['diskFull', 'The file system allows no larger file: export to another place or fewer properties.'],
  ENOENT: [
    'targetGone',
    'The folder or the partial file of the export is gone: bring it back and resume, or export again.',
  ],
  ENOTDIR: ['targetGone', 'The folder of the export is gone: export again to another place.'],
  EISDIR: ['targetGone', 'There is a folder with the name of the target now: export again under another name.'],
  EACCES: ['noPermission', 'You may not write there: export to another place, or change the permissions and resume.'],
  EPERM: ['noPermission', 'You may not write there: export to another place, or change the permissions and resume.'],
  EROFS: ['noPermission', 'The disk cannot be written to: export to another place.'],
  EBUSY: ['noPermission', 'Another program holds the target open: close it there, then resume the export.'],
};

/** An error of the file system as one sentence; other errors as they are. */
export function fileError(error: unknown): unknown {
  if (error instanceof HumanError || !(error instanceof Error) || !('code' in error)) {
    return error;
  }
  const code = String(error.code);
  const [kind, sentence] = sentences[code] ?? [
    'file',
    `The file could not be written (${code}): try again, or export to another place.`,
  ];
  return new ExportError(kind, sentence, code);
}

/** Does something with files; errors of the file system come as `ExportError`. */
export async function withFileErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error);
  }
}

/** Where an export goes. Until `finish` nothing is seen under the target's own name, and a file that is there stays. */
export interface ExportTarget {
  /** Adds whole rows to the partial file. */
  append(rows: Uint8Array): Promise<void>;
  /** Makes sure that what was appended lasts; `state` (JSON) is what to go on from. */
  keep(state: string): Promise<void>;
  /** Makes the finished file and gives it the target's name. */
  finish(format: FormatOptions, columns: CsvColumns | undefined): Promise<void>;
  /** Lets go of the partial file, leaving it where it can be gone on with. Never rejects; may be called again. */
  leave(): Promise<void>;
  /** How many bytes have been appended, those of earlier sessions included. */
  readonly bytes: number;
}

/** The most bytes that are held for a file system that cannot be written to piece by piece. */
export const mostInMemory = 64 * 1024 * 1024;

/** Writes a whole file at once. */
export type WriteWholeFile = (content: Uint8Array) => Promise<void>;

/** A file of a file system without append: held in memory up to `mostInMemory` and written at the end. */
export class MemoryTarget implements ExportTarget {
  private readonly pieces: Uint8Array[] = [];
  bytes = 0;

  constructor(
    private readonly write: WriteWholeFile,
    private readonly most = mostInMemory,
  ) {}

  append(rows: Uint8Array): Promise<void> {
    this.bytes += rows.length;
    if (this.bytes > this.most) {
      return Promise.reject(
        new ExportError(
          'tooLarge',
          `More than ${this.most / (1024 * 1024)} MB cannot be written to this file system at once: export to a file of this machine, or fewer properties.`,
        ),
      );
    }
    this.pieces.push(rows);
    return Promise.resolve();
  }

  keep(): Promise<void> {
    return Promise.resolve();
  }

  async finish(format: FormatOptions, columns: CsvColumns | undefined): Promise<void> {
    const content: Uint8Array[] = [];
    for await (const chunk of finished(format, this.pieces, columns)) {
      content.push(chunk);
    }
    await this.write(joined(content));
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }
}
