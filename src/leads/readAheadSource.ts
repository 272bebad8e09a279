import type { LeadsPage, LeadsPageQuery } from '../dashly/lead';
import { type PageLimits, type PagePlace, placeBehind } from './offsetPages';
import type { LeadSource } from './pageReader';

/** A page that was asked for before it was wanted. */
interface Ahead extends PagePlace {
  readonly page: Promise<LeadsPage>;
}

/**
 * The source of one reading of many pages: asks for the pages that will be wanted next before the present one has come, as
 * many at a time as the source allows, and only while the pages are wanted in a row.
 *
 * A page may then be older or newer than the one before it. `PageReader` takes no page on trust: it looks for leads that
 * were read before and have stayed, whenever the page was made.
 */
export class ReadAheadSource implements LeadSource {
  private expected: PagePlace | undefined;
  private ahead: Ahead[] = [];
  private abort = new AbortController();
  /** Kept: Node 20 forgets a composed signal that nobody holds. */
  private signalAhead: AbortSignal;

  /**
   * @param limits `cap`: the first row that will not be wanted
   * @param total how many leads there are, as far as it is known: nothing is asked for behind it
   * @param signal the reading's: aborted when it ends, however it does
   */
  constructor(
    private readonly source: LeadSource,
    private readonly limits: PageLimits,
    private total: number,
    private readonly signal: AbortSignal,
  ) {
    this.signalAhead = AbortSignal.any([signal, this.abort.signal]);
  }

  async listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    const inRow = !this.expected || isAt(query, this.expected);
    const page = this.taken(query) ?? this.source.listLeads(query, signal);
    this.expected = placeBehind(query, this.limits);
    if (inRow) this.askAhead(query);
    try {
      this.total = (await page).total;
    } catch (error) {
      this.drop();
      throw error;
    }
    return page;
  }

  private taken(query: LeadsPageQuery): Promise<LeadsPage> | undefined {
    const next = this.ahead.shift();
    if (next && isAt(query, next)) return next.page;
    if (next) this.drop();
    return undefined;
  }

  private askAhead(query: LeadsPageQuery): void {
    const end = Math.min(this.total, this.limits.cap);
    let place = placeBehind(this.ahead.at(-1) ?? query, this.limits);
    while (this.ahead.length + 1 < (this.source.concurrency ?? 1) && place.offset + 1 < end) {
      const page = this.source.listLeads({ ...query, ...place }, this.signalAhead);
      // Told to whoever takes the page; when nobody does, it is of no interest.
      page.catch(() => undefined);
      this.ahead.push({ ...place, page });
      place = placeBehind(place, this.limits);
    }
  }

  private drop(): void {
    this.ahead = [];
    this.abort.abort();
    this.abort = new AbortController();
    this.signalAhead = AbortSignal.any([this.signal, this.abort.signal]);
  }
}

function isAt({ offset, limit }: PagePlace, place: PagePlace): boolean {
  return offset === place.offset && limit === place.limit;
}
