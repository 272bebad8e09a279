import * as vscode from 'vscode';
import { Disposables } from '../leads/event';

/** Gives a flat tree its rows. */
type Rows<Element> = Omit<Required<vscode.TreeDataProvider<Element>>, 'onDidChangeTreeData'> & {
  readonly onDidChangeTreeData: vscode.Event<Element[] | undefined>;
};

/**
 * A tree view that is there from the start, while what gives its rows is loaded when VS Code first asks for them: when the
 * view comes into sight.
 */
export class LateTree<Element> implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly changed = this.owned.add(new vscode.EventEmitter<Element[] | undefined>());
  private rows: Rows<Element> | undefined;

  readonly view: vscode.TreeView<Element>;

  /** @param id of the view in the manifest @param load gives the tree its rows, by `show` */
  constructor(
    readonly id: string,
    load: () => Promise<unknown>,
  ) {
    const loaded = (): Rows<Element> => {
      if (!this.rows) throw new Error(`The rows of ${id} are not loaded.`);
      return this.rows;
    };
    const treeDataProvider: Rows<Element> = {
      onDidChangeTreeData: this.changed.event,
      getChildren: async (parent) => {
        if (!this.rows) await load();
        return loaded().getChildren(parent);
      },
      getTreeItem: (element) => loaded().getTreeItem(element),
      getParent: (element) => loaded().getParent(element),
      resolveTreeItem: (item, element, token) => loaded().resolveTreeItem(item, element, token),
    };
    this.view = this.owned.add(vscode.window.createTreeView(id, { treeDataProvider, canSelectMany: true }));
  }

  /** Shows these rows from now on. */
  show(rows: Rows<Element>): void {
    this.rows = rows;
    this.owned.add(rows.onDidChangeTreeData((changed) => this.changed.fire(changed)));
  }

  /**
   * Puts a text above the rows. Only when it is another one: for 200 ms after it is told of a text VS Code gathers all that
   * changes in the tree, its rows too, before it draws them (`ExtHostTreeView`).
   */
  setMessage(message: string | undefined): void {
    if (message !== this.view.message) this.view.message = message;
  }

  dispose(): void {
    this.owned.dispose();
  }
}
