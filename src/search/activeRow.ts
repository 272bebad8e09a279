import type { SearchRow } from './searchRows';

/**
 * How long after rows were shown VS Code may still say that it made the first one active, in ms: a way to the window and
 * back.
 */
const echoTime = 150;

/**
 * Which row of a pick is active, and whether the person moved there.
 *
 * VS Code makes the first row active whenever rows are shown anew, and tells that by the same event as a move by the
 * person. So the row the person moved to is remembered here, to be made active again when more rows come, and only a
 * move of theirs counts as one.
 */
export class ActiveRow {
  private text = '';
  private rows: readonly Pick<SearchRow, 'key'>[] = [];
  private movedTo: string | undefined;
  /** When the rows were shown, in ms since 1970. */
  private shownAt = -Infinity;
  /** The place of the row from which the person went on to more results. */
  private goOnAt: number | undefined;

  /**
   * Takes the rows that are shown now.
   * @returns the key of the row to make active (the first one for a new text, and until the person moves), and whether it
   * is one of the results they asked for, which must be brought into sight
   */
  show(
    text: string,
    rows: readonly Pick<SearchRow, 'key'>[],
  ): { readonly key: string | undefined; readonly wentOn: boolean } {
    if (text !== this.text) {
      this.movedTo = undefined;
      this.goOnAt = undefined;
    }
    // What came is in the place of the row that asked for it.
    const next = this.goOnAt === undefined ? undefined : rows[this.goOnAt]?.key;
    const wentOn = next !== undefined && !this.rows.some((row) => row.key === next);
    if (wentOn) {
      this.movedTo = next;
      this.goOnAt = undefined;
    }
    this.text = text;
    this.rows = rows;
    const kept = rows.find((row) => row.key === this.movedTo);
    if (!kept) this.movedTo = undefined;
    this.shownAt = Date.now();
    return { key: kept?.key ?? rows[0]?.key, wentOn };
  }

  /** Takes the key of the row VS Code says is active. @returns whether the person moved there */
  moved(key: string): boolean {
    if (key === this.movedTo) return false;
    const byItself = key === this.rows[0]?.key && (this.movedTo === undefined || Date.now() - this.shownAt < echoTime);
    if (byItself) return false;
    this.movedTo = key;
    return true;
  }

  /** The person asked for more results on this row: they go on with the first row that comes in its place. */
  goOnFrom(key: string): void {
    const at = this.rows.findIndex((row) => row.key === key);
    this.goOnAt = at === -1 ? undefined : at;
  }
}
