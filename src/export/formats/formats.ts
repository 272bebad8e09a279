import type { Lead } from '../../dashly/lead';
import { type CsvColumns, CsvRows, finishedCsv } from './csv';
import { finishedJson, JsonRows } from './json';

export type FormatName = 'ndjson' | 'csv' | 'json';

/** What of a lead is written. */
export interface FormatOptions {
  readonly format: FormatName;
  /** Names of properties; undefined for all. The id and the presence are always written. */
  readonly properties?: readonly string[];
  /** Begins a CSV with a byte order mark, by which Excel recognizes UTF-8. */
  readonly byteOrderMark?: boolean;
}

/**
 * Turns leads into the rows of a partial file, from which the finished one is made when all leads have come: only then
 * are the columns of a CSV known. A partial file can be cut after any row and gone on with.
 */
export interface LeadRows {
  encode(leads: readonly Lead[]): Uint8Array;
  /** What must be remembered besides the rows to go on with them; plain JSON. */
  readonly columns: CsvColumns | undefined;
}

/** @param columns of the rows that are there already, when a partial file is gone on with */
export function leadRows(options: FormatOptions, columns?: CsvColumns): LeadRows {
  return options.format === 'csv' ? new CsvRows(options.properties, columns) : new JsonRows(options.properties);
}

/** The byte that ends a row of a partial file: in a CSV one that no text has in UTF-8, because values hold line ends. */
export function rowEnd(format: FormatName): number {
  return format === 'csv' ? 0xff : 0x0a;
}

/** Whether the partial file is the finished file already. */
export function isFinishedAsItIs(format: FormatName): boolean {
  return format === 'ndjson';
}

/** A file's bytes, cut anywhere. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * The finished file, made from the partial one.
 */
export function finished(options: FormatOptions, part: Chunks, columns: CsvColumns | undefined): Chunks {
  switch (options.format) {
    case 'ndjson':
      return part;
    case 'json':
      return finishedJson(part);
    case 'csv':
      return finishedCsv(part, columns ?? { names: [], widths: [], rows: 0 }, options.byteOrderMark ?? false);
  }
}

/** The lead's id in a row of a partial file. */
export function idOfRow(format: FormatName, row: string): string {
  if (format === 'csv') {
    const end = row.indexOf(',');
    return end < 0 ? row : row.slice(0, end);
  }
  const id = /^\{"id":"(\d+)"/.exec(row)?.[1];
  return id ?? (JSON.parse(row) as { id: string }).id;
}
