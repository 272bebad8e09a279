import type { LeadElement } from '../leads/leadElement';

/**
 * What VS Code knows a row by. It knows it again by the object, so a row keeps its element as long as it is there, and what
 * the element stands for changes in place: that way a row is drawn anew alone, and commands get the newest record.
 */
export type RowElement<Row extends LeadElement, Other> = Row | OtherElement<Other>;

/** A row that stands for no lead. */
interface OtherElement<Other> {
  readonly kind: 'other';
  row: Other;
}

/** A row that stands for something else than a lead. */
interface OtherKind {
  readonly kind: string;
}

interface DrawnRow<Row extends LeadElement, Other, Words> {
  readonly element: RowElement<Row, Other>;
  words: Words;
  /** Whether VS Code keeps its tooltip, because it has asked for it. */
  hasTooltip: boolean;
}

/** More rows than this are cheaper to draw anew all together. */
const mostSingleRows = 200;

/** The rows of a tree as VS Code has read them, and what of them is to be read again when they change. */
export class DrawnRows<Row extends LeadElement, Other extends OtherKind, Words extends object> {
  private rows: ReadonlyMap<string, DrawnRow<Row, Other, Words>> = new Map();
  private ids: readonly string[] = [];

  /**
   * @param idOf what VS Code knows a row by: a lead's id, a word for others
   * @param wordsOf all that is seen of a row: with other words it is to be drawn anew
   */
  constructor(
    private readonly idOf: (row: Row | Other) => string,
    private readonly wordsOf: (row: Row | Other) => Words,
  ) {}

  /** All rows are read anew. */
  read(rows: readonly (Row | Other)[]): RowElement<Row, Other>[] {
    const before = this.rows;
    this.ids = rows.map(this.idOf);
    const drawn = rows.map((row, index): DrawnRow<Row, Other, Words> => {
      const element = before.get(this.ids[index] ?? '')?.element ?? elementOf<Row, Other>(row);
      put(row, element);
      return { element, words: this.wordsOf(row), hasTooltip: false };
    });
    this.rows = new Map(drawn.map((row, index) => [this.ids[index] ?? '', row]));
    return drawn.map(({ element }) => element);
  }

  /**
   * The rows are these now.
   * @param all whether a row may look otherwise although its lead is the same: time has gone on, or masking has changed
   * @returns what is to be read again: single rows, or all of them where their order or number has changed
   */
  update(rows: readonly (Row | Other)[], { all = false } = {}): readonly RowElement<Row, Other>[] | 'all' {
    if (rows.length !== this.ids.length || rows.some((row, index) => this.idOf(row) !== this.ids[index])) return 'all';
    const changed: RowElement<Row, Other>[] = [];
    for (const [index, row] of rows.entries()) {
      const drawn = this.rows.get(this.ids[index] ?? '');
      if (!drawn) return 'all';
      const isSame = put(row, drawn.element);
      if (isSame && !all) continue;
      const words = this.wordsOf(row);
      if (sameWords(words, drawn.words) && (isSame || !drawn.hasTooltip)) continue;
      drawn.words = words;
      drawn.hasTooltip = false;
      changed.push(drawn.element);
    }
    return changed.length > mostSingleRows ? 'all' : changed;
  }

  /** The row of a lead may look otherwise. @returns its element if it does */
  updateLead(id: string): Row | undefined {
    const drawn = this.rows.get(id);
    if (!drawn || !isLeadRow(drawn.element)) return undefined;
    const words = this.wordsOf(drawn.element);
    if (sameWords(words, drawn.words)) return undefined;
    drawn.words = words;
    return drawn.element;
  }

  /** The tooltip of a lead's row was made, and stays until the row is read again. */
  keepsTooltip(id: string): void {
    const drawn = this.rows.get(id);
    if (drawn) drawn.hasTooltip = true;
  }

  /** All tooltips say something else. @returns the rows of which VS Code keeps one: they are to be read again */
  withTooltips(): readonly RowElement<Row, Other>[] {
    const rows = [...this.rows.values()].filter(({ hasTooltip }) => hasTooltip);
    for (const row of rows) row.hasTooltip = false;
    return rows.map(({ element }) => element);
  }

  /** Whether VS Code has read any row. */
  get isEmpty(): boolean {
    return this.ids.length === 0;
  }

  /** What is seen of the row with this id; undefined where there is none. */
  wordsAt(id: string): Words | undefined {
    return this.rows.get(id)?.words;
  }

  /** The element of a lead's row; undefined where it has none. */
  elementOf(id: string): Row | undefined {
    const element = this.rows.get(id)?.element;
    return element && isLeadRow(element) ? element : undefined;
  }
}

function isLeadRow<Row extends LeadElement>(row: Row | OtherKind): row is Row {
  return row.kind === 'lead';
}

function elementOf<Row extends LeadElement, Other extends OtherKind>(row: Row | Other): RowElement<Row, Other> {
  return isLeadRow<Row>(row) ? { ...row } : { kind: 'other', row: row };
}

/** Lets a row's element stand for what the row is now. @returns whether it already did */
function put<Row extends LeadElement, Other extends OtherKind>(
  row: Row | Other,
  element: RowElement<Row, Other>,
): boolean {
  if (isLeadRow<Row>(row) && isLeadRow<Row>(element)) {
    const isSame = element.lead === row.lead;
    Object.assign(element, row);
    return isSame;
  }
  if (!isLeadRow<Row>(row) && !isLeadRow<Row>(element)) element.row = row;
  return false;
}

function sameWords<Words extends object>(one: Words, other: Words): boolean {
  for (const key in one) if (one[key] !== other[key]) return false;
  for (const key in other) if (one[key] !== other[key]) return false;
  return true;
}
