import { alternatives, combined } from '../dashly/conditions';
import { type Filters, type Lead, maxPageSize } from '../dashly/lead';
import { serviceLimits } from '../leads/offsetPages';
import { type LeadSource, PageReader } from '../leads/pageReader';
import { searchConditions, searchFilters } from '../leads/searchFilters';

/** What the service is asked to search: the whole app, or only the leads of the view's filter. */
export type SearchScope = 'app' | 'view';

/**
 * The most requests one page of a search within a view may take: as many as within a search that is shown in the tree.
 * The shared queue runs four at a time, so sixteen are four round trips; more would make typing wait.
 */
const mostBranches = 16;

/**
 * The filters whose results together are the search.
 *
 * Within a view the service would have to read `and(view, or(fields))`, and wrappers cannot be nested (API.md, section 4).
 * The same leads are the union of `and(view, field)` over the fields, and for a view of *any of* conditions over those too.
 *
 * Where the forms in which a text may be stored make it too many, only the text as it is is looked for.
 *
 * @param view the view's filter; matters only for the scope `view`
 * @returns undefined when it would take more requests than are reasonable
 */
export function searchBranches(text: string, scope: SearchScope, view: Filters | undefined): Filters[] | undefined {
  if (scope === 'app' || !view || view.filters.length === 0) return [searchFilters(text)];
  const views = alternatives(view);
  const allForms = searchFilters(text).filters;
  const searched = views.length * allForms.length > mostBranches ? searchConditions(text) : allForms;
  if (views.length * searched.length > mostBranches) return undefined;
  return views.flatMap((own) => searched.map((condition) => combined(own, [condition])));
}

/** What one step of `SearchPages` gave: the leads that came, and the error of a branch that failed. */
export interface SearchStep {
  readonly leads: readonly Lead[];
  readonly error?: unknown;
}

/**
 * Pages through a search; several filters are read side by side and their leads joined. Each is read as a list is: whatever
 * is added, removed or moved between two pages, no lead that stayed is missed.
 */
export class SearchPages {
  private readonly branches: readonly PageReader[];

  constructor(source: Pick<LeadSource, 'listLeads'>, filters: readonly Filters[]) {
    this.branches = filters.map((one) => new PageReader(source, { filters: one }, serviceLimits));
  }

  /** Whether another step can give more leads. */
  get more(): boolean {
    return this.branches.some(({ end }) => end === 'more');
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
    const open = this.branches.filter(({ end }) => end === 'more');
    const results = await Promise.allSettled(open.map((branch) => readPage(branch, signal)));
    const leads = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const failed = results.find((result) => result.status === 'rejected');
    return failed ? { leads, error: failed.reason as unknown } : { leads };
  }
}

/** The leads that a filter gives more. */
async function readPage(branch: PageReader, signal: AbortSignal): Promise<readonly Lead[]> {
  const known = branch.rows.length;
  await branch.readMore(maxPageSize, signal);
  return branch.rows.leads.slice(known);
}
