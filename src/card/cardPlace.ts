import * as vscode from 'vscode';
import { minute } from '../dashly/dates';
import { readSetting } from '../editor/settings';
import { Disposables } from '../leads/event';

/** How long after the last keystroke a text editor counts as being worked in, in milliseconds. */
const workLasts = 5 * minute;

/**
 * In which group of editors a card opens: where the person has moved the last one; else where the setting says, but not
 * over a text that is being written.
 */
export class CardPlace implements vscode.Disposable {
  private readonly owned = new Disposables();
  /** When something was last written into a document, in milliseconds since 1970. */
  private readonly written = new WeakMap<vscode.TextDocument, number>();
  /** Where the person has put the preview. */
  private chosen: vscode.ViewColumn | undefined;
  private known: { readonly column: vscode.ViewColumn; readonly groups: number } | undefined;

  constructor() {
    this.owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // What an extension or the disk changes in a document out of sight nobody has written.
        if (contentChanges.length > 0 && document === vscode.window.activeTextEditor?.document)
          this.written.set(document, Date.now());
      }),
    );
  }

  /** Where a new card opens. */
  get column(): vscode.ViewColumn {
    if (this.chosen !== undefined) return this.chosen;
    const { activeTabGroup, all } = vscode.window.tabGroups;
    if (readSetting('card.location') === 'active' && !this.isWorkedIn(activeTabGroup)) return vscode.ViewColumn.Active;
    const other = all.find((group) => group !== activeTabGroup && !this.isWorkedIn(group));
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  /** Where the preview, which lies behind another editor of this group, comes to the front; undefined is there. */
  columnToShow(column: vscode.ViewColumn | undefined): vscode.ViewColumn | undefined {
    const group = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === column);
    if (this.chosen !== undefined || !group || !this.isWorkedIn(group)) return undefined;
    // It moves by itself, which is no choice of the person.
    this.known = undefined;
    return this.column;
  }

  /** A new preview stands somewhere that is not known yet. */
  opened(): void {
    this.known = undefined;
  }

  /** The preview stands in this column now: another than before is where the person has put it. */
  isIn(column: vscode.ViewColumn | undefined): void {
    if (column === undefined) return;
    const groups = vscode.window.tabGroups.all.length;
    const { known } = this;
    this.known = { column, groups };
    if (!known || known.column === column) return;
    // When a group is closed, those behind it get other numbers: that moves nothing, but a choice goes along.
    if (groups >= known.groups || this.chosen !== undefined) this.chosen = column;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private isWorkedIn({ activeTab }: vscode.TabGroup): boolean {
    if (!(activeTab?.input instanceof vscode.TabInputText)) return false;
    const uri = activeTab.input.uri.toString();
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
    if (!document) return false;
    return document.isDirty || Date.now() - (this.written.get(document) ?? -Infinity) < workLasts;
  }
}
