import type { CsvColumns } from './formats/csvRows';
import type { FormatOptions } from './formats/exportFormat';

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
