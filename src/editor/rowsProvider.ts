import * as vscode from 'vscode';
import type { LeadElement } from '../leads/leadElement';
import { DrawnRows, type RowElement } from './drawnRows';
import { onDidChangeTimeZone } from './timeZone';

/**
 * Gives a flat tree the rows that are there, and draws anew what looks otherwise and nothing else. It never fetches: who
 * owns the rows does, and calls `update`.
 */
export abstract class RowsProvider<
  Row extends LeadElement,
  Words extends object,
  Other extends { readonly kind: string } = never,
>
  implements vscode.TreeDataProvider<RowElement<Row, Other>>, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<RowElement<Row, Other>[] | undefined>();
  private readonly read = new vscode.EventEmitter<void>();
  private readonly drawn = new DrawnRows<Row, Other, Words>(
    (row) => this.idOf(row),
    (row) => this.wordsOf(row),
  );
  /** `stale`: VS Code was told to read all rows and has not begun; `reading`: it has, and does not know them yet. */
  private state: 'stale' | 'reading' | 'read' = 'read';

  private readonly zone = onDidChangeTimeZone(() => {
    const rows = this.drawn.withTooltips();
    if (rows.length > 0 && !this.isStale) this.changed.fire([...rows]);
  });

  readonly onDidChangeTreeData = this.changed.event;
  /** VS Code has read all rows. */
  readonly onDidReadRows = this.read.event;

  /** The rows as they are now. */
  protected abstract rows(): readonly (Row | Other)[];
  /** What VS Code knows a row by: a lead's id, a word for others. */
  protected abstract idOf(row: Row | Other): string;
  /** All that is seen of a row: with other words it has to be drawn anew. */
  protected abstract wordsOf(row: Row | Other): Words;
  /** A row in these words. */
  protected abstract itemOf(row: Row | Other, words: Words): vscode.TreeItem;
  /** The tooltip of a lead's row. */
  protected abstract tooltipOf(row: Row): string;

  getChildren(parent?: RowElement<Row, Other>): RowElement<Row, Other>[] {
    if (parent) return [];
    this.state = 'reading';
    // VS Code asks for the items of these rows, and knows them, before another task runs.
    setTimeout(() => {
      if (this.state === 'reading') this.state = 'read';
      this.read.fire();
    });
    return this.drawn.read(this.rows());
  }

  getTreeItem(element: RowElement<Row, Other>): vscode.TreeItem {
    const row = element.kind === 'other' ? element.row : element;
    // Those of `getChildren` in its own task only: later contacts may be masked.
    const known = this.state === 'reading' ? this.drawn.wordsAt(this.idOf(row)) : undefined;
    return this.itemOf(row, known ?? this.wordsOf(row));
  }

  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, element: RowElement<Row, Other>): vscode.TreeItem {
    if (element.kind === 'other') return item;
    item.tooltip = this.tooltipOf(element);
    this.drawn.keepsTooltip(element.lead.id);
    return item;
  }

  /** Whether VS Code was told to read all rows anew, and has not begun. */
  get isStale(): boolean {
    return this.state === 'stale';
  }

  /** Whether VS Code reads all rows anew: it knows no selected row until it has. */
  get isBeingRead(): boolean {
    return this.state !== 'read';
  }

  /** Whether VS Code has any row. */
  get isEmpty(): boolean {
    return this.drawn.isEmpty;
  }

  /** The element of a lead's row; undefined where it has none. */
  elementOf(id: string): Row | undefined {
    return this.drawn.elementOf(id);
  }

  /**
   * Brings the rows in step: those that look otherwise are drawn anew, and nothing where nothing has changed.
   * @param all looks at every row, also where its lead is the same: time has gone on, for instance
   */
  update({ all = false } = {}): void {
    if (this.isStale) return;
    const changed = this.drawn.update(this.rows(), { all });
    if (changed === 'all') this.readAgain();
    else if (changed.length > 0) this.changed.fire([...changed]);
  }

  /** Tells VS Code to read all rows anew. */
  readAgain(): void {
    this.state = 'stale';
    this.changed.fire(undefined);
  }

  /** Draws the row of a lead anew if it looks otherwise. */
  updateLead(id: string): void {
    const element = this.drawn.updateLead(id);
    if (element) this.changed.fire([element]);
  }

  dispose(): void {
    this.zone.dispose();
    this.changed.dispose();
    this.read.dispose();
  }
}
