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
 * The source of one reading of many pages: asks for the page that will be wanted next before the present one has come, so
 * that the service works while an answer is decoded. One page ahead, and only while the pages are wanted in a row.
 *
 * A page may then be older than the one before it. `PageReader` takes no page on trust: it looks for leads that were
 * read before and have stayed, whenever the page was made.
 */
export class ReadAheadSource implements LeadSource {
  private total = 0;
  private expected: Place | undefined;
  private ahead: Ahead | undefined;
  private abort = new AbortController();

  /**
   * @param limits `cap`: the first row that will not be wanted
   * @param signal the reading's: aborted when it ends, however it does
   */
  constructor(
    private readonly source: LeadSource,
    private readonly limits: PageLimits,
    signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.abort.abort(), { once: true });
  }

  async listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    const inRow = isAt(query, this.expected);
    const page = this.taken(query) ?? this.source.listLeads(query, signal);
    this.expected = this.behind(query);
    if (inRow && this.expected.offset + 1 < Math.min(this.total, this.limits.cap))
      this.ask({ ...query, ...this.expected });
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
    const { ahead } = this;
    if (!isAt(query, ahead)) {
      this.drop();
      return undefined;
    }
    this.ahead = undefined;
    return ahead?.page;
  }

  private ask(query: LeadsPageQuery): void {
    const page = this.source.listLeads(query, this.abort.signal);
    // Told to whoever takes the page; when nobody does, it is of no interest.
    page.catch(() => undefined);
    this.ahead = { offset: query.offset, limit: query.limit, page };
  }

  private drop(): void {
    if (!this.ahead) return;
    this.ahead = undefined;
    this.abort.abort();
    this.abort = new AbortController();
  }
}

function isAt({ offset, limit }: Place, place: Place | undefined): boolean {
  return offset === place?.offset && limit === place.limit;
}
