import { isCrawlState, type CrawlState } from '../leads/crawl/crawlState';
import type { CsvColumns } from './formats/csvRows';
import type { FormatOptions } from './formats/exportFormat';

/** What an interrupted export goes on from, kept beside its partial file. Holds no token, and of contacts only what the filter does. */
export interface ExportState {
  readonly version: 1;
  /** `Connection.key` and name of the app the leads are of. */
  readonly app: { readonly key: string; readonly name: string };
  readonly format: FormatOptions;
  readonly masked: boolean;
  readonly crawl: CrawlState;
  /** How much of the partial file is known to be on the disk, in bytes; whole rows. */
  readonly bytes: number;
  readonly leads: number;
  readonly columns?: CsvColumns;
}

/** Reads a state; undefined when the text is none that this version can go on with. */
export function parseExportState(text: string): ExportState | undefined {
  let value: Partial<Record<keyof ExportState, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const good = typeof value === 'object' && value !== null && value.version === 1 && isCrawlState(value.crawl)
    && isNamed(value.app) && isFormat(value.format) && typeof value.masked === 'boolean'
    && Number.isSafeInteger(value.bytes) && Number.isSafeInteger(value.leads)
    && (value.columns === undefined ? !isCsv(value.format) : isColumns(value.columns));
  return good ? (value as unknown as ExportState) : undefined;
}

function isNamed(app: unknown): boolean {
  return typeof app === 'object' && app !== null && 'key' in app && typeof app.key === 'string' && 'name' in app;
}

function isFormat(format: unknown): format is FormatOptions {
  return typeof format === 'object' && format !== null && 'format' in format
    && ['ndjson', 'csv', 'json'].includes(format.format as string);
}

function isCsv(format: unknown): boolean {
  return isFormat(format) && format.format === 'csv';
}

function isColumns(columns: unknown): columns is CsvColumns {
  return typeof columns === 'object' && columns !== null && 'names' in columns && Array.isArray(columns.names)
    && 'widths' in columns && Array.isArray(columns.widths) && 'rows' in columns && typeof columns.rows === 'number';
}
