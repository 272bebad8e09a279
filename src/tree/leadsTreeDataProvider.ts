import * as vscode from 'vscode';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadElement } from '../leads/leadElement';
import type { LeadNews } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { leadDescription, leadTooltip } from '../leads/wording';
import { leadsTreeElements, type LeadsTreeElement } from './leadsTreeElement';
import { leadTreeItem, otherTreeItem } from './leadsTreeItem';

/** More rows than this are cheaper to draw anew all together. */
const mostSingleRows = 200;

/** Gives the tree what is there. It never fetches: the list does, and tells when it has. */
export class LeadsTreeDataProvider implements vscode.TreeDataProvider<LeadsTreeElement>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LeadsTreeElement[] | undefined>();
  /** What the rows drawn last say beside their label. */
  private descriptions = new Map<LeadElement, string>();

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
    private readonly news: LeadNews,
  ) {}

  getChildren(parent?: LeadsTreeElement): LeadsTreeElement[] {
    if (parent) return [];
    this.descriptions = new Map();
    return leadsTreeElements(this.current.list);
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(element: LeadsTreeElement): vscode.TreeItem {
    if (element.kind !== 'lead') return otherTreeItem(element);
    const now = Date.now();
    const description = leadDescription(element.lead, this.masking, now);
    this.descriptions.set(element, description);
    return leadTreeItem(element, description, this.masking, now, this.news.of(element.lead.id));
  }

  resolveTreeItem(item: vscode.TreeItem, element: LeadsTreeElement): vscode.TreeItem {
    if (element.kind === 'lead') item.tooltip = leadTooltip(element.lead, this.masking, Date.now());
    return item;
  }

  /** Draws all rows anew. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  /** Draws the row of a lead anew. */
  refreshLead(id: string): void {
    this.changed.fire([...this.descriptions.keys()].filter(({ lead }) => lead.id === id));
  }

  /** Draws the rows anew whose relative time is no longer true. */
  refreshTimes(): void {
    const now = Date.now();
    const stale = [...this.descriptions]
      .filter(([{ lead }, description]) => leadDescription(lead, this.masking, now) !== description)
      .map(([element]) => element);
    if (stale.length > 0) this.changed.fire(stale.length > mostSingleRows ? undefined : stale);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
