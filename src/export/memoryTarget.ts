import { ExportError } from './exportError';
import type { ExportTarget } from './exportTarget';
import type { CsvColumns } from './formats/csvRows';
import { finished, type FormatOptions } from './formats/exportFormat';
import { joined } from './formats/finishedJson';

/** The most bytes that are held for a file system that cannot be written to piece by piece. */
export const mostInMemory = 64 * 1024 * 1024;

/** Writes a whole file at once. */
export type WriteWholeFile = (content: Uint8Array) => Promise<void>;

/** A file of a file system without append: held in memory up to `mostInMemory` and written at the end. */
export class MemoryTarget implements ExportTarget {
  private readonly pieces: Uint8Array[] = [];
  bytes = 0;

  constructor(private readonly write: WriteWholeFile, private readonly most = mostInMemory) {}

  append(rows: Uint8Array): Promise<void> {
    this.bytes += rows.length;
    if (this.bytes > this.most) {
      return Promise.reject(new ExportError(
        'tooLarge',
        `More than ${this.most / (1024 * 1024)} MB cannot be written to this file system at once: export to a file of this machine, or fewer properties.`,
      ));
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
