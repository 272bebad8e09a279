import { ExactNumber, type JsonValue } from '../../dashly/json';
import { stringifyJson } from '../../dashly/jsonWriter';
import type { Lead } from '../../dashly/lead';
import { rowProperties } from '../../leads/properties';
import type { Chunks, LeadRows } from './formats';
import { joined } from './json';

/** Also the wide forms that spreadsheets of East Asian systems take for the same signs. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const protectedStart = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A value as a cell of a CSV (RFC 4180): numbers digit for digit, lists and objects as JSON, an empty text as `""` and a
 * missing value as nothing.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"): the texts come
 * from strangers. A text that already looks so protected gets one more, so that taking one apostrophe away wherever
 * apostrophes are followed by one of `= + - @` (or their wide forms), tab, CR or LF gives back every text. Numbers are no
 * formulas: `-5` stays.
 */
export function csvCell(value: JsonValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return textCell(value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) {
        return '';
      }
      return value instanceof ExactNumber ? value.text : quoted(stringifyJson(value));
    default:
      return '';
  }
}

/** A text as a cell: see `csvCell`. Names of properties come from strangers too. */
export function textCell(text: string): string {
  if (text === '') {
    return '""';
  }
  // Nearly all texts begin with a letter or a digit.
  const first = text.charCodeAt(0);
  const suspect = first < 0x30 || first === 0x3d || first === 0x40 || first >= 0xff00;
  const harmless = suspect && (formulaStart.test(text) || protectedStart.test(text)) ? `'${text}` : text;
  return needsQuotes(harmless) ? quoted(harmless) : harmless;
}

/** A loop, because this is asked of every text: for texts as short as these a regular expression takes twice as long. */
function needsQuotes(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x2c || code === 0x0d || code === 0x0a) {
      return true;
    }
  }
  return false;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The columns of a partial CSV. Plain JSON: it is kept beside the file. */
export interface CsvColumns {
  readonly names: readonly string[];
  /** From which row on how many of the columns were known: rows before have fewer cells. */
  readonly widths: readonly { readonly row: number; readonly columns: number }[];
  readonly rows: number;
}

const leadColumns = ['id', 'presence'];
const endOfRow = 0xff;
const comma = 0x2c;
const encoder = new TextEncoder();

/**
 * Rows of a CSV whose columns are discovered while leads come: a row has cells for the columns known so far, and the rest
 * is added when all are known. So no lead is read, held or written twice.
 */
export class CsvRows implements LeadRows {
  private readonly names: string[];
  private readonly widths: { row: number; columns: number }[];
  private readonly places = new Map<string, number>();
  private rows: number;
  private bytes = new Uint8Array(1 << 18);

  /** @param properties the columns besides id and presence; undefined for every property seen */
  constructor(
    private readonly properties: readonly string[] | undefined,
    columns?: CsvColumns,
  ) {
    this.names = [...(columns?.names ?? [...leadColumns, ...(properties ?? [])])];
    this.widths = [...(columns?.widths ?? [{ row: 0, columns: this.names.length }])];
    this.rows = columns?.rows ?? 0;
    this.names.slice(leadColumns.length).forEach((name, index) => this.places.set(name, index + leadColumns.length));
  }

  get columns(): CsvColumns {
    return { names: [...this.names], widths: [...this.widths], rows: this.rows };
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
      let row = `${csvCell(id)},${csvCell(presence)}`;
      let last = leadColumns.length - 1;
      for (const place of filled) {
        row += separator(place - last) + (cells[place] ?? '');
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
    this.bytes.fill(comma, end, end + empty);
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

const separators = Array.from({ length: 64 }, (_, commas) => ','.repeat(commas));

function separator(commas: number): string {
  return separators[commas] ?? ','.repeat(commas);
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

/** A property that is called like one of the lead's own columns gets a title that tells them apart. */
function columnTitle(name: string, index: number): string {
  return textCell(index >= 2 && (name === 'id' || name === 'presence') ? `props.${name}` : name);
}

/** A CSV with a header and with equally many cells in each row, from rows that have as many as were known then. */
export async function* finishedCsv(
  rows: Chunks,
  { names, widths }: CsvColumns,
  byteOrderMark: boolean,
): AsyncGenerator<Uint8Array, void> {
  yield encoder.encode(`${byteOrderMark ? '\ufeff' : ''}${names.map(columnTitle).join(',')}\r\n`);
  let row = 0;
  let step = -1;
  let ending = encoder.encode('\r\n');
  const endingOfRow = (): Uint8Array => {
    for (let next = widths[step + 1]; next && next.row <= row; next = widths[step + 1]) {
      step += 1;
      ending = encoder.encode(`${','.repeat(names.length - next.columns)}\r\n`);
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
