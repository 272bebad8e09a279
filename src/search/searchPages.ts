import type { Filters, Lead, LeadsPage, LeadsPageQuery } from '../dashly/lead';
import { maxPageSize, queryCap } from '../dashly/limits';

/** Where the pages come from: `DashlyClient`. */
export interface PageSource {
  listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage>;
}

/** What one step of `SearchPages` gave: the leads that came, and the error of a branch that failed. */
export interface SearchStep {
  readonly leads: readonly Lead[];
  readonly error?: unknown;
}

interface Branch {
  readonly filters: Filters;
  offset: number;
  total: number | undefined;
  done: boolean;
}

/** Pages through a search; several filters are read side by side and their leads joined. */
export class SearchPages {
  private readonly branches: Branch[];

  constructor(private readonly source: PageSource, filters: readonly Filters[]) {
    this.branches = filters.map((one) => ({ filters: one, offset: 0, total: undefined, done: false }));
  }

  /** Whether another step can give more leads. */
  get more(): boolean {
    return this.branches.some((branch) => !branch.done);
  }

  /**
   * How many leads match. Undefined before the first answer, and for a search of several filters: the same lead can
   * satisfy more than one of them.
   */
  get total(): number | undefined {
    return this.branches.length === 1 ? this.branches[0]?.total : undefined;
  }

  /**
   * Reads the next page of every filter that has more. A filter that failed is read again at the same place by the
   * next step; what the others gave is not lost.
   */
  async next(signal: AbortSignal): Promise<SearchStep> {
    const open = this.branches.filter((branch) => !branch.done);
    const results = await Promise.allSettled(open.map((branch) => this.read(branch, signal)));
    const leads = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const failed = results.find((result) => result.status === 'rejected');
    return failed ? { leads, error: failed.reason as unknown } : { leads };
  }

  private async read(branch: Branch, signal: AbortSignal): Promise<readonly Lead[]> {
    const { filters, offset } = branch;
    const page = await this.source.listLeads({ filters, offset, limit: maxPageSize }, signal);
    branch.total = page.total;
    branch.offset += page.received;
    branch.done = page.received < maxPageSize || branch.offset + maxPageSize > queryCap;
    return page.leads;
  }
}
