import { csv } from './csv';
import type { ExportFormat, RowOptions } from './exportFormat';
import { json } from './json';
import { ndjson } from './ndjson';

/**
 * The formats of an export, in the order in which they are offered. Another one needs its file, a line here and docs/export.md.
 */
export const formats = { ndjson, csv, json } as const satisfies Readonly<Record<string, ExportFormat>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];

/** What a file is to be like. */
export interface FormatOptions extends RowOptions {
  readonly format: FormatName;
}
