import * as vscode from 'vscode';
import { Disposables } from '../leads/event';

/** What VS Code asks for the rows of a flat tree. */
type Provider<Element> = Omit<Required<vscode.TreeDataProvider<Element>>, 'onDidChangeTreeData'> & {
  readonly onDidChangeTreeData: vscode.Event<Element[] | undefined>;
};

/** Gives a flat tree its rows. */
type Rows<Element> = Provider<Element> & {
  /** Whether VS Code was told to read all rows anew, and has not begun. */
  readonly isStale: boolean;
  /** Tells it. */
  readAgain(): void;
};

/** How long after it came into sight VS Code may forget that a tree has other rows, in ms. */
const unfolding = 2000;

/** How long it may take to ask for them when it was told, in ms; it mostly takes 250. */
const patience = 500;

/**
 * A tree view that is there from the start, while what gives its rows is loaded when VS Code first asks for them: when the
 * view comes into sight.
 */
export class LateTree<Element> implements vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly changed = this.owned.add(new vscode.EventEmitter<Element[] | undefined>());
  private rows: Rows<Element> | undefined;
  private reminder: ReturnType<typeof setTimeout> | undefined;
  /** When the tree last came into sight, in ms since 1970. */
  private shownAt = 0;

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
    const treeDataProvider: Provider<Element> = {
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
    this.owned.add(rows.onDidChangeTreeData((changed) => this.tell(changed)));
    this.owned.add(this.view.onDidChangeVisibility(() => this.cameIntoSight()));
    this.cameIntoSight();
  }

  private cameIntoSight(): void {
    if (!this.view.visible) return;
    this.shownAt = Date.now();
    if (this.rows?.isStale) this.remind();
  }

  private tell(changed: Element[] | undefined): void {
    this.changed.fire(changed);
    if (changed === undefined && Date.now() - this.shownAt < unfolding) this.remind();
  }

  /**
   * Tells VS Code again, until it asks: of a tree that is just being unfolded it forgets now and then that it was told, and
   * would show no row. Of one out of sight it asks when that comes into sight.
   */
  private remind(): void {
    clearTimeout(this.reminder);
    this.reminder = setTimeout(() => {
      if (!this.rows?.isStale || !this.view.visible) return;
      this.rows.readAgain();
      this.remind();
    }, patience);
  }

  /**
   * Puts a text above the rows. Only when it is another one: for 200 ms after it is told of a text VS Code gathers all that
   * changes in the tree, its rows too, before it draws them (`ExtHostTreeView`).
   */
  setMessage(message: string | undefined): void {
    if (message !== this.view.message) this.view.message = message;
  }

  dispose(): void {
    clearTimeout(this.reminder);
    this.owned.dispose();
  }
}
