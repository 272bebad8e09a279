import type { LeadElement } from '../leads/leadElement';
import { type LeadsTreeRow, type OtherRow, rowId } from './leadsTreeRows';

/**
 * What VS Code knows a row by. It knows it again by the object, so a row keeps its element as long as it is there, and what
 * the element stands for changes in place: that way a row is drawn anew alone, and commands get the newest record.
 */
export type LeadsTreeElement = LeadElement | OtherElement;

/** A row that stands for no lead. */
interface OtherElement {
  readonly kind: 'other';
  readonly row: OtherRow;
}

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

interface DrawnRow {
  readonly element: Changeable<LeadElement> | Changeable<OtherElement>;
  /** All that is seen of the row, as one text. */
  text: string;
  /** Whether VS Code keeps its tooltip, because it has asked for it. */
  hasTooltip: boolean;
}

/** More rows than this are cheaper to draw anew all together. */
const mostSingleRows = 200;

/** The rows as VS Code has read them, and what of them is to be read again when they change. */
export class DrawnRows {
  private rows: ReadonlyMap<string, DrawnRow> = new Map();
  private ids: readonly string[] = [];

  /** @param textOf all that is seen of a row */
  constructor(private readonly textOf: (row: LeadsTreeRow) => string) {}

  /** All rows are read anew. */
  read(rows: readonly LeadsTreeRow[]): LeadsTreeElement[] {
    const before = this.rows;
    this.ids = rows.map(rowId);
    const drawn = rows.map((row, index): DrawnRow => {
      const known = before.get(this.ids[index] ?? '') ?? { element: elementOf(row), text: '', hasTooltip: false };
      put(row, known);
      known.text = this.textOf(row);
      known.hasTooltip = false;
      return known;
    });
    this.rows = new Map(drawn.map((row, index) => [this.ids[index] ?? '', row]));
    return drawn.map(({ element }) => element);
  }

  /**
   * The rows are these now.
   * @param all whether a row may look otherwise although its lead is the same: time has gone on, or masking has changed
   * @returns what is to be read again: single rows, or all of them where their order or number has changed
   */
  update(rows: readonly LeadsTreeRow[], { all = false } = {}): readonly LeadsTreeElement[] | 'all' {
    if (rows.length !== this.ids.length || rows.some((row, index) => rowId(row) !== this.ids[index])) return 'all';
    const changed: LeadsTreeElement[] = [];
    for (const [index, row] of rows.entries()) {
      const drawn = this.rows.get(this.ids[index] ?? '');
      if (!drawn) return 'all';
      const isSame = put(row, drawn);
      if (isSame && !all) continue;
      const text = this.textOf(row);
      if (text === drawn.text && (isSame || !drawn.hasTooltip)) continue;
      drawn.text = text;
      drawn.hasTooltip = false;
      changed.push(drawn.element);
    }
    return changed.length > mostSingleRows ? 'all' : changed;
  }

  /** The row of a lead may look otherwise. @returns its element if it does */
  updateLead(id: string): LeadElement | undefined {
    const drawn = this.rows.get(id);
    if (drawn?.element.kind !== 'lead') return undefined;
    const text = this.textOf(drawn.element);
    if (text === drawn.text) return undefined;
    drawn.text = text;
    return drawn.element;
  }

  /** The tooltip of a lead's row was made, and stays until the row is read again. */
  keepsTooltip(id: string): void {
    const drawn = this.rows.get(id);
    if (drawn) drawn.hasTooltip = true;
  }

  /** Whether VS Code has read any row. */
  get isEmpty(): boolean {
    return this.ids.length === 0;
  }

  /** The element of a lead's row; undefined where it has none. */
  elementOf(id: string): LeadElement | undefined {
    const element = this.rows.get(id)?.element;
    return element?.kind === 'lead' ? element : undefined;
  }
}

function elementOf(row: LeadsTreeRow): DrawnRow['element'] {
  return row.kind === 'lead' ? { ...row } : { kind: 'other', row };
}

/** Lets a row's element stand for what the row is now. @returns whether it already did */
function put(row: LeadsTreeRow, { element }: DrawnRow): boolean {
  if (row.kind === 'lead' && element.kind === 'lead') {
    const isSame = element.lead === row.lead;
    element.lead = row.lead;
    return isSame;
  }
  if (row.kind !== 'lead' && element.kind === 'other') element.row = row;
  return false;
}
