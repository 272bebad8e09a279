import type { LeadsPage, LeadsPageQuery } from '../dashly/lead';
import type { LeadSource, PageLimits } from './pageReader';

interface Place {
  readonly offset: number;
  readonly limit: number;
}

/** A page that was asked for before it was wanted. */
interface Ahead extends Place {
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
  private expected: Place | undefined;
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
    this.expected = this.behind(query);
    if (inRow) this.askAhead(query);
    try {
      this.total = (await page).total;
    } catch (error) {
      this.drop();
      throw error;
    }
    return page;
  }

  /** Where `PageReader` reads on when nothing has moved: the last row again, and what follows. */
  private behind({ offset, limit }: Place): Place {
    const last = offset + limit - 1;
    return { offset: last, limit: Math.min(this.limits.page, this.limits.cap - last) };
  }

  private taken(query: LeadsPageQuery): Promise<LeadsPage> | undefined {
    const next = this.ahead.shift();
    if (next && isAt(query, next)) return next.page;
    if (next) this.drop();
    return undefined;
  }

  private askAhead(query: LeadsPageQuery): void {
    const end = Math.min(this.total, this.limits.cap);
    let place = this.behind(this.ahead.at(-1) ?? query);
    while (this.ahead.length + 1 < (this.source.concurrency ?? 1) && place.offset + 1 < end) {
      const page = this.source.listLeads({ ...query, ...place }, this.signalAhead);
      // Told to whoever takes the page; when nobody does, it is of no interest.
      page.catch(() => undefined);
      this.ahead.push({ ...place, page });
      place = this.behind(place);
    }
  }

  private drop(): void {
    this.ahead = [];
    this.abort.abort();
    this.abort = new AbortController();
    this.signalAhead = AbortSignal.any([this.signal, this.abort.signal]);
  }
}

function isAt({ offset, limit }: Place, place: Place): boolean {
  return offset === place.offset && limit === place.limit;
}
