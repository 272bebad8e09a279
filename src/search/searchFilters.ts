import type { Condition, Filters } from '../dashly/lead';
import { searchFields } from './searchFields';

/** What the service is asked to search: the whole app, or only the leads of the view's filter. */
export type SearchScope = 'app' | 'view';

/**
 * The most requests one page of a search within a view may take: as many as within a search that is shown in the tree.
 * The shared queue runs four at a time, so sixteen are four round trips; more would make typing wait.
 */
const mostBranches = 16;

/**
 * The filter of a search: the text in any of the searched fields. Section 4 of the API document has no free-text
 * parameter, so this is the only way.
 */
export function searchFilters(text: string): Filters {
  return { type: 'or', filters: searchConditions(text) };
}

/**
 * The filters whose results together are the search.
 *
 * Within a view the service would have to read `and(view, or(fields))`, and wrappers cannot be nested (section 4). The
 * same leads are the union of `and(view, field)` over the fields, and for a view of *any of* conditions over those too.
 *
 * @param view the view's filter; matters only for the scope `view`
 * @returns undefined when it would take more requests than are reasonable
 */
export function searchBranches(text: string, scope: SearchScope, view: Filters | undefined): Filters[] | undefined {
  if (scope === 'app' || !view || view.filters.length === 0) return [searchFilters(text)];
  const alternatives: readonly (readonly Condition[])[] =
    view.type === 'and' ? [view.filters] : view.filters.map((condition) => [condition]);
  if (alternatives.length * searchFields.length > mostBranches) return undefined;
  return alternatives.flatMap((conditions) =>
    searchConditions(text).map((condition): Filters => ({ type: 'and', filters: [...conditions, condition] })),
  );
}

function searchConditions(text: string): Condition[] {
  const value = { value: text.trim() };
  return searchFields.map(({ property }) => ({ type: 'str_contains', property_name: property, value }));
}
