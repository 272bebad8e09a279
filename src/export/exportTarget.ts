import * as l10n from '@vscode/l10n';
import { ExportError } from './exportError';
import { joined } from './formats/csv';
import type { Ending } from './formats/exportFormat';

/** A finished file, to be known again under its own name. */
export interface FinishedFile {
  /** Device and number of the file, as text. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
}

/** Where an export goes. Until `finish` nothing is seen under the target's own name, and a file that is there stays. */
export interface ExportTarget {
  /** Adds whole rows to the partial file. */
  append(rows: Uint8Array): Promise<void>;
  /** Makes sure that what was appended lasts; `state` (JSON) is what to go on from. */
  keep(state: string): Promise<void>;
  /**
   * Makes the finished file and gives it the target's name.
   * @param state what to keep just before, so that a finished file is known as one when the program ends there
   */
  finish(ending: Ending, state?: (finished: FinishedFile) => string | undefined): Promise<void>;
  /** For whoever opened it: lets go of the partial file, leaving it where it can be gone on with. Never rejects. */
  close(): Promise<void>;
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
          l10n.t(
            'More than {0} MB cannot be written to this file system at once: export to a file of this machine, or fewer properties.',
            this.most / (1024 * 1024),
          ),
        ),
      );
    }
    this.pieces.push(rows);
    return Promise.resolve();
  }

  keep(): Promise<void> {
    return Promise.resolve();
  }

  async finish(ending: Ending): Promise<void> {
    const content: Uint8Array[] = [];
    const whole = 'append' in ending ? [...this.pieces, ending.append] : ending.rewrite(this.pieces);
    for await (const chunk of whole) {
      content.push(chunk);
    }
    await this.write(joined(content));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
