import type * as vscode from 'vscode';
import type { RowElement } from '../editor/drawnRows';
import { RowsProvider } from '../editor/rowsProvider';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadElement } from '../leads/leadElement';
import type { LeadNews } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { leadTooltip, type LeadWording } from '../leads/wording';
import { leadTreeItem, otherTreeItem } from './leadsTreeItem';
import { leadsTreeRows, type LeadsTreeRow, type OtherRow, rowId, rowText } from './leadsTreeRows';

/** What VS Code knows a row of the list by. */
export type LeadsTreeElement = RowElement<LeadElement, OtherRow>;

/** Gives the tree the leads of the list that is looked at. */
export class LeadsTreeDataProvider extends RowsProvider<LeadElement, OtherRow> {
  /** @param timeZone that of the dates in tooltips, as an IANA name; undefined is this machine's own */
  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
    private readonly news: LeadNews,
    private readonly timeZone: () => string | undefined,
  ) {
    super();
  }

  getTreeItem(element: LeadsTreeElement): vscode.TreeItem {
    if (element.kind === 'other') return otherTreeItem(element.row, this.masking);
    return leadTreeItem(element.lead, this.wording, this.news.of(element.lead.id));
  }

  protected rows(): LeadsTreeRow[] {
    return leadsTreeRows(this.current.list);
  }

  protected idOf(row: LeadsTreeRow): string {
    return rowId(row);
  }

  protected textOf(row: LeadsTreeRow): string {
    return rowText(row, this.wording, row.kind === 'lead' ? this.news.of(row.lead.id) : undefined);
  }

  protected tooltipOf({ lead }: LeadElement): string {
    return leadTooltip(lead, this.masking, Date.now(), { timeZone: this.timeZone() });
  }

  private get wording(): LeadWording {
    return { masking: this.masking, now: Date.now(), sortProp: this.current.query.sortProp };
  }
}
