import type { Lead } from '../../dashly/lead';
import { csvCell } from './csvCell';
import type { LeadRows } from './exportFormat';

/** The columns of a partial CSV. Plain JSON: it is kept beside the file. */
export interface CsvColumns {
  readonly names: readonly string[];
  /** From which row on how many of the columns were known: rows before have fewer cells. */
  readonly widths: readonly { readonly row: number; readonly columns: number }[];
  readonly rows: number;
}

const leadColumns = ['id', 'presence'];
const first = ['$name', '$email', '$phone', '$user_id', '$last_seen'];
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
  constructor(private readonly properties: readonly string[] | undefined, columns?: CsvColumns) {
    this.names = [...columns?.names ?? [...leadColumns, ...properties ?? []]];
    this.widths = [...columns?.widths ?? [{ row: 0, columns: this.names.length }]];
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
  const place = first.indexOf(name);
  if (place >= 0) {
    return place;
  }
  return !name.startsWith('$') ? 102 : name.startsWith('$event_') ? 101 : 100;
}
