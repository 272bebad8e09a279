import { sameJson } from '../dashly/json';
import { defaultSortProp, type Lead, type LeadsPage, type PropertyValue } from '../dashly/lead';
import { sortValue } from '../leads/loadedLeads';
import { pageStep, serviceLimits } from '../leads/offsetPages';
import type { WindowSort } from './windows';

const remembered = 200;
const mostRepairs = 200;
/** Where equal leads change places at every answer, reading more of them closes no gap. */
const mostUnsteadyPages = 10;

/** A page and where it was asked for. */
export interface PlacedPage {
  readonly offset: number;
  readonly page: LeadsPage;
}

/**
 * Joins the pages of one list, read one after another by offset, so that no lead that stays in its place is missed
 * although others come and go: each page is asked for so that it begins with the last lead of the page before. When leads
 * above have gone meanwhile, a page begins further down than it should and shares no lead with the one before; then pages
 * before it are read until one meets, and those behind that are read again if they do not follow any more.
 *
 * Beside `PageReader` because a crawl needs another thing: that one keeps every row, says how the list has changed and
 * takes nothing from a page that does not follow; this one keeps the last rows only, gives the leads away at once and goes
 * on in any case, since what moved is looked for at the end (`CrawlCheck`).
 */
export class JoinedPages {
  /** Ids of the last leads taken and what they were sorted by. */
  private readonly recent = new Map<string, PropertyValue>();
  private last: Lead | undefined;
  /** Where the last page taken ended. */
  private end = 0;
  private total: number | undefined;
  private repairs = 0;
  private unsteadyPages = 0;
  /** Whether anything came, went or moved between two pages. */
  moved = false;
  /** Whether pages had to be taken that do not meet. */
  gap = false;

  /** Whether leads that are equal in what the list is sorted by changed places between two pages. */
  get unsteady(): boolean {
    return this.unsteadyPages > 0;
  }

  constructor(
    private readonly sort: WindowSort,
    private readonly readAt: (offset: number) => Promise<LeadsPage>,
  ) {}

  /**
   * Takes the next page.
   * @param placed `offset` is one less than the end of the page before, 0 for the first
   * @returns the pages to use, in order: those read to close a gap, then this one
   */
  async take(placed: PlacedPage): Promise<PlacedPage[]> {
    const taken: PlacedPage[] = [];
    // The last is looked at first. The list may have moved since those under it were read, and `placed` was read ahead.
    const waiting = [{ ...placed, isNewest: false }];
    const read = async (offset: number): Promise<void> => {
      const page = await this.readAt(offset);
      for (const older of waiting) older.isNewest = false;
      waiting.push({ offset, page, isNewest: true });
    };
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const meets = next.offset === 0 || this.meets(next.page);
      if (!meets && this.repairs < mostRepairs && this.unsteadyPages < mostUnsteadyPages) {
        this.repairs += 1;
        this.moved = true;
        if (next.isNewest) {
          waiting.push(next);
          await read(Math.max(0, Math.min(next.offset, next.page.total) - pageStep(serviceLimits)));
        } else {
          await read(next.offset);
        }
        continue;
      }
      this.gap ||= !meets;
      this.remember(next);
      taken.push(next);
    }
    return taken;
  }

  private meets(page: LeadsPage): boolean {
    // A page past the end has nothing to meet with. When the end has come up since the page before, those that went may
    // have been above, and then the last leads are before where they were looked for.
    if (page.received === 0 && this.end >= page.total) {
      return this.total === undefined || page.total >= this.total || page.total === 0;
    }
    return page.leads.some((lead) => sameJson(this.recent.get(lead.id), this.sortedBy(lead)));
  }

  private remember({ offset, page }: PlacedPage): void {
    const first = page.leads[0];
    const changed = this.total !== undefined && this.total !== page.total;
    if (this.last && first && first.id !== this.last.id) {
      this.moved = true;
      const follows = offset === this.end - 1;
      this.unsteadyPages += follows && !changed && sameJson(this.sortedBy(first), this.sortedBy(this.last)) ? 1 : 0;
    }
    this.moved ||= changed;
    this.end = offset + page.received;
    this.total = page.total;
    for (const lead of page.leads) {
      this.recent.delete(lead.id);
      this.recent.set(lead.id, this.sortedBy(lead));
    }
    this.last = page.leads.at(-1) ?? this.last;
    for (const id of this.recent.keys()) {
      if (this.recent.size <= remembered) {
        break;
      }
      this.recent.delete(id);
    }
  }

  private sortedBy(lead: Lead): PropertyValue {
    return sortValue(lead, this.sort.prop ?? defaultSortProp);
  }
}
