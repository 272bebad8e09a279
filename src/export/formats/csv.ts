import * as l10n from '@vscode/l10n';
import { list, MalformedError, object, type Shape, text, whole } from '../../crawl/shape';
import { decodeLeadId } from '../../dashly/decode';
import type { JsonValue } from '../../dashly/json';
import type { Lead } from '../../dashly/lead';
import { rowProperties } from '../../leads/properties';
import { csvCell, textCell } from '../../leads/csvCell';
import {
  type Chunks,
  type Ending,
  type ExportFormat,
  type RowEncoder,
  type RowOptions,
  type RowsBefore,
  separators,
} from './exportFormat';

/** The columns of a partial CSV, as they are kept beside the file. */
interface CsvColumns {
  readonly names: readonly string[];
  /** From which row on how many of the columns were known: rows before have fewer cells. */
  readonly widths: readonly { readonly row: number; readonly columns: number }[];
}

const mostColumns = 1_000_000;
const keptColumns: Shape<CsvColumns> = object<CsvColumns>({
  names: list(text(1_000_000), mostColumns),
  widths: list(object({ row: whole, columns: whole }), mostColumns),
});

/** @throws MalformedError */
function columnsBefore({ rows, kept }: RowsBefore): CsvColumns {
  const columns = keptColumns(kept);
  const { names, widths } = columns;
  const isInOrder = widths.every(
    ({ row, columns: known }, index) =>
      row <= rows && known <= names.length && (index === 0 ? row === 0 : row >= (widths[index - 1]?.row ?? 0)),
  );
  if (!isInOrder || widths.at(-1)?.columns !== names.length || new Set(names.slice(2)).size !== names.length - 2) {
    throw new MalformedError('The columns of a CSV are not as they are kept.');
  }
  return columns;
}

/** A row begins with the id, and another cell follows. */
const rowStart = new RegExp(String.raw`^(\d+)[${separators.join('')}]`);
const leadColumns = ['id', 'presence'];
const endOfRow = 0xff;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Rows of a CSV whose columns are discovered while leads come: a row has cells for the columns known so far, and the rest
 * is added when all are known. So no lead is read, held or written twice.
 */
class CsvRows implements RowEncoder {
  private readonly names: string[];
  private readonly widths: { row: number; columns: number }[];
  private readonly places = new Map<string, number>();
  private rows: number;
  private bytes = new Uint8Array(1 << 18);

  private readonly properties: readonly string[] | undefined;
  private readonly separator: string;

  constructor(
    private readonly options: RowOptions,
    before?: RowsBefore,
  ) {
    this.properties = options.properties;
    this.separator = options.separator ?? ',';
    const columns = before && columnsBefore(before);
    this.names = [...(columns?.names ?? [...leadColumns, ...new Set(options.properties)])];
    this.widths = [...(columns?.widths ?? [{ row: 0, columns: this.names.length }])];
    this.rows = before?.rows ?? 0;
    this.names.slice(leadColumns.length).forEach((name, index) => this.places.set(name, index + leadColumns.length));
  }

  get kept(): JsonValue {
    return { names: [...this.names], widths: this.widths.map(({ row, columns }) => ({ row, columns })) };
  }

  end(): Ending {
    const { names, widths, separator } = this;
    const header = columnTitles(names).join(separator);
    const mark = this.options.byteOrderMark ? '\ufeff' : '';
    return { rewrite: (rows) => withEqualRows(rows, `${mark}${header}\r\n`, { names, widths }, separator) };
  }

  encode(leads: readonly Lead[]): Uint8Array {
    let length = this.encodeKnown(leads);
    if (length === undefined) {
      this.discover(leads);
      length = this.encodeKnown(leads) ?? 0;
    }
    this.rows += leads.length;
    return this.bytes.slice(0, length);
  }

  /** @returns how many bytes were written; undefined when a lead has a property without a column */
  private encodeKnown(leads: readonly Lead[]): number | undefined {
    const width = this.names.length;
    const cells = new Array<string>(width).fill('');
    const filled: number[] = [];
    let length = 0;
    for (const { id, presence, props } of leads) {
      filled.length = 0;
      for (const name in props) {
        const place = this.places.get(name);
        if (place !== undefined) {
          cells[place] = csvCell(props[name]);
          insertSorted(filled, place);
        } else if (!this.properties) {
          return undefined;
        }
      }
      // A table of leads is mostly empty: only what a lead has is looked at, not every column.
      let row = `${csvCell(id)}${this.separator}${csvCell(presence)}`;
      let last = leadColumns.length - 1;
      for (const place of filled) {
        row += this.separator.repeat(place - last) + (cells[place] ?? '');
        last = place;
      }
      length = this.append(row, width - 1 - last, length);
    }
    return length;
  }

  /** @param empty how many empty cells follow the row's last one */
  private append(row: string, empty: number, at: number): number {
    // A UTF-16 unit becomes at most three bytes.
    const most = at + row.length * 3 + empty + 1;
    if (most > this.bytes.length) {
      const larger = new Uint8Array(Math.max(most, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    const end = at + encoder.encodeInto(row, this.bytes.subarray(at)).written;
    this.bytes.fill(this.separator.charCodeAt(0), end, end + empty);
    this.bytes[end + empty] = endOfRow;
    return end + empty + 1;
  }

  private discover(leads: readonly Lead[]): void {
    const unknown = new Set<string>();
    for (const { props } of leads) {
      for (const name in props) {
        if (!this.places.has(name)) {
          unknown.add(name);
        }
      }
    }
    if (unknown.size === 0) {
      return;
    }
    for (const name of [...unknown].sort(byGroupAndName)) {
      this.places.set(name, this.names.push(name) - 1);
    }
    this.widths.push({ row: this.rows, columns: this.names.length });
  }
}

/** From the end, because records mostly have their properties in the columns' order. */
function insertSorted(sorted: number[], value: number): void {
  let at = sorted.length;
  for (let before = sorted[at - 1]; before !== undefined && before > value; before = sorted[at - 1]) {
    sorted[at] = before;
    at -= 1;
  }
  sorted[at] = value;
}

/** Contacts, then the system's other properties, then events, then custom ones; by name within. */
function byGroupAndName(one: string, other: string): number {
  return group(one) - group(other) || (one < other ? -1 : 1);
}

function group(name: string): number {
  const place = rowProperties.indexOf(name);
  if (place >= 0) {
    return place;
  }
  return !name.startsWith('$') ? 102 : name.startsWith('$event_') ? 101 : 100;
}

/** What the columns are called: no two alike, and none like one of the lead's own. */
function columnTitles(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const own = index >= leadColumns.length && /^(?:props\.)*(?:id|presence)$/.test(name) ? `props.${name}` : name;
    // Names that differ in what cannot be written look the same in the file.
    const written = decoder.decode(encoder.encode(own.replaceAll('\0', '\ufffd')));
    let title = written;
    for (let count = 2; taken.has(title); count += 1) {
      title = `${written} (${count})`;
    }
    taken.add(title);
    return textCell(title);
  });
}

/** A CSV with equally many cells in each row, from rows that have as many as were known then. */
async function* withEqualRows(
  rows: Chunks,
  header: string,
  { names, widths }: CsvColumns,
  separator: string,
): AsyncGenerator<Uint8Array, void> {
  yield encoder.encode(header);
  let row = 0;
  let step = -1;
  let ending = encoder.encode('\r\n');
  const endingOfRow = (): Uint8Array => {
    for (let next = widths[step + 1]; next && next.row <= row; next = widths[step + 1]) {
      step += 1;
      ending = encoder.encode(`${separator.repeat(names.length - next.columns)}\r\n`);
    }
    return ending;
  };
  for await (const chunk of rows) {
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < chunk.length;) {
      const end = chunk.indexOf(endOfRow, from);
      pieces.push(chunk.subarray(from, end < 0 ? undefined : end));
      if (end < 0) {
        break;
      }
      pieces.push(endingOfRow());
      row += 1;
      from = end + 1;
    }
    yield joined(pieces);
  }
}

/** One array instead of many. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    all.set(piece, position);
    position += piece.length;
  }
  return all;
}

/** A table; its rows are separated by a byte that no text has in UTF-8, because values hold line ends. */
export const csv: ExportFormat = {
  label: 'CSV',
  description: l10n.t('a table with one column a property, for spreadsheets and databases'),
  extension: 'csv',
  betweenRows: endOfRow,
  idOfRow: (row) => {
    if (row === '') {
      return undefined;
    }
    const id = decodeLeadId(rowStart.exec(row)?.[1]);
    if (id === undefined) {
      throw new SyntaxError('A row of the partial CSV begins without an id.');
    }
    return id;
  },
  encoder: (options, before) => new CsvRows(options, before),
};
