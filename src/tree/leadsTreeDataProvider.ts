import type * as vscode from 'vscode';
import type { RowElement } from '../editor/drawnRows';
import { RowsProvider } from '../editor/rowsProvider';
import type { CurrentLeads } from '../leads/currentLeads';
import type { LeadElement } from '../leads/leadElement';
import type { LeadNews } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { leadAccessibilityLabel, leadTooltip, type LeadWording } from '../leads/wording';
import { leadTreeItem, otherTreeItem } from './leadsTreeItem';
import { leadsTreeRows, type LeadsTreeRow, type OtherRow, rowId, rowWords, type RowWords } from './leadsTreeRows';

/** What VS Code knows a row of the list by. */
export type LeadsTreeElement = RowElement<LeadElement, OtherRow>;

/** Gives the tree the leads of the list that is looked at. */
export class LeadsTreeDataProvider extends RowsProvider<LeadElement, RowWords, OtherRow> {
  /** @param timeZone that of the dates in tooltips, as an IANA name; undefined is this machine's own */
  constructor(
    private readonly current: CurrentLeads,
    private readonly masking: Masking,
    private readonly news: LeadNews,
    private readonly timeZone: () => string | undefined,
  ) {
    super();
  }

  protected rows(): LeadsTreeRow[] {
    return leadsTreeRows(this.current.list);
  }

  protected idOf(row: LeadsTreeRow): string {
    return rowId(row);
  }

  protected wordsOf(row: LeadsTreeRow): RowWords {
    return rowWords(row, this.wording, row.kind === 'lead' ? this.news.of(row.lead.id) : undefined);
  }

  protected itemOf(row: LeadsTreeRow, words: RowWords): vscode.TreeItem {
    const item = 'presence' in words ? leadTreeItem(words) : otherTreeItem(words);
    item.id = rowId(row);
    item.contextValue = row.kind === 'lead' ? row.kind : item.id;
    if (row.kind === 'lead') {
      const label = leadAccessibilityLabel(row.lead, this.wording);
      const news = 'presence' in words ? words.news : undefined;
      item.accessibilityInformation = { label: news === undefined ? label : `${news}, ${label}`, role: 'treeitem' };
    }
    return item;
  }

  protected tooltipOf({ lead }: LeadElement): string {
    return leadTooltip(lead, this.masking, Date.now(), { timeZone: this.timeZone() });
  }

  private get wording(): LeadWording {
    return { masking: this.masking, now: Date.now(), sortProp: this.current.query.sortProp };
  }
}
