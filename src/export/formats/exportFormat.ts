import type { JsonValue } from '../../dashly/json';
import type { Lead } from '../../dashly/lead';

/** What of a lead is written, and how. */
export interface RowOptions {
  /** Names of properties; undefined for all. The id and the presence are always written. */
  readonly properties?: readonly string[];
  /** Begins a CSV with a byte order mark, by which Excel recognizes UTF-8. */
  readonly byteOrderMark?: boolean;
  /** What stands between the cells of a CSV; a comma by default. */
  readonly separator?: Separator;
}

/** Excel takes what the system's language has in lists: in much of Europe that is a semicolon. */
export const separators = [',', ';'] as const;
type Separator = (typeof separators)[number];

/** A file's bytes, cut anywhere. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** How the finished file is made of the rows of the partial one. */
export type Ending =
  /** Bytes that belong behind the rows. */
  | { readonly append: Uint8Array }
  /** A file of its own, because what stands before the rows is known at the end only. */
  | { readonly rewrite: (rows: Chunks) => AsyncIterable<Uint8Array> };

/** Turns leads into the rows of a partial file, which can be cut after any row and gone on with. */
export interface RowEncoder {
  encode(leads: readonly Lead[]): Uint8Array;
  /** What must be remembered besides the rows to go on with them; plain JSON. */
  readonly kept: JsonValue | undefined;
  /** Called when all rows have been encoded. */
  end(): Ending;
}

/** The rows of a partial file that is gone on with. */
export interface RowsBefore {
  readonly rows: number;
  /** See `RowEncoder.kept`; as it was read, so that nothing is certain about it. */
  readonly kept: JsonValue | undefined;
}

/** Everything there is to know about a format; `formats.ts` lists them. */
export interface ExportFormat {
  /** What it is called where it is chosen, and what it is good for. */
  readonly label: string;
  readonly description: string;
  /** Of the file's name, without a dot. */
  readonly extension: string;
  /** The byte between two rows, which is in none of them. */
  readonly betweenRows: number;
  /**
   * The lead's id in what stands between two such bytes; undefined when that is no row.
   * @throws SyntaxError when it is neither
   */
  idOfRow(text: string): string | undefined;
  /**
   * @param before left out for a new file
   * @throws MalformedError when what was kept is not as the encoder writes it
   */
  encoder(options: RowOptions, before?: RowsBefore): RowEncoder;
}
