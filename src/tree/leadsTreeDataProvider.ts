import * as vscode from 'vscode';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadElement } from '../leads/leadElement';
import type { LeadNews } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { leadTooltip, type LeadWording } from '../leads/wording';
import { DrawnRows, type LeadsTreeElement } from './drawnRows';
import { leadTreeItem, otherTreeItem } from './leadsTreeItem';
import { leadsTreeRows, rowText } from './leadsTreeRows';

/** Gives the tree what is there. It never fetches: the list does, and fires when it has. */
export class LeadsTreeDataProvider implements vscode.TreeDataProvider<LeadsTreeElement>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LeadsTreeElement[] | undefined>();
  private readonly read = new vscode.EventEmitter<void>();
  private readonly drawn: DrawnRows;
  /** `stale`: VS Code was told to read all rows and has not begun; `reading`: it has, and does not know them yet. */
  private state: 'stale' | 'reading' | 'read' = 'read';

  readonly onDidChangeTreeData = this.changed.event;
  /** VS Code has read all rows. */
  readonly onDidReadRows = this.read.event;

  /** @param timeZone that of the dates in tooltips, as an IANA name; undefined is this machine's own */
  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
    private readonly news: LeadNews,
    private readonly timeZone: () => string | undefined,
  ) {
    this.drawn = new DrawnRows((row) =>
      rowText(row, this.wording, row.kind === 'lead' ? news.of(row.lead.id) : undefined),
    );
  }

  getChildren(parent?: LeadsTreeElement): LeadsTreeElement[] {
    if (parent) return [];
    this.state = 'reading';
    // VS Code asks for the items of these rows, and knows them, before another task runs.
    setTimeout(() => {
      if (this.state === 'reading') this.state = 'read';
      this.read.fire();
    });
    return this.drawn.read(leadsTreeRows(this.current.list));
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(element: LeadsTreeElement): vscode.TreeItem {
    if (element.kind === 'other') return otherTreeItem(element.row, this.masking);
    return leadTreeItem(element.lead, this.wording, this.news.of(element.lead.id));
  }

  resolveTreeItem(item: vscode.TreeItem, element: LeadsTreeElement): vscode.TreeItem {
    if (element.kind === 'other') return item;
    item.tooltip = leadTooltip(element.lead, this.masking, Date.now(), { timeZone: this.timeZone() });
    this.drawn.keepsTooltip(element.lead.id);
    return item;
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
  elementOf(id: string): LeadElement | undefined {
    return this.drawn.elementOf(id);
  }

  /**
   * Brings the rows in step with the list: those that look otherwise are drawn anew, and nothing where nothing has changed.
   * @param all looks at every row: time has gone on, or masking or the news have changed
   */
  update({ all = false } = {}): void {
    if (this.state === 'stale') return;
    const changed = this.drawn.update(leadsTreeRows(this.current.list), { all });
    if (changed === 'all') {
      this.state = 'stale';
      this.changed.fire(undefined);
    } else if (changed.length > 0) {
      this.changed.fire([...changed]);
    }
  }

  /** Draws the row of a lead anew if it looks otherwise. */
  updateLead(id: string): void {
    const element = this.drawn.updateLead(id);
    if (element) this.changed.fire([element]);
  }

  private get wording(): LeadWording {
    return { masking: this.masking, now: Date.now(), sortProp: this.current.query.sortProp };
  }

  dispose(): void {
    this.changed.dispose();
    this.read.dispose();
  }
}
