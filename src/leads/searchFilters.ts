import { filtersJson } from '../dashly/filterJson';
import { sameJson } from '../dashly/json';
import type { Condition, Filters } from '../dashly/lead';
import { identifyingProperties } from './properties';

/** The conditions of a search, of which one has to hold: the text in each of the properties that are searched. */
export function searchConditions(text: string): Condition[] {
  const value = { value: text.trim() };
  return identifyingProperties.map(({ name }) => ({ type: 'str_contains', property_name: name, value }));
}

/**
 * The filter of a search: the text in any of the searched properties. API.md, section 4, has no free-text parameter, so this
 * is the only way.
 */
export function searchFilters(text: string): Filters {
  return { type: 'or', filters: searchConditions(text) };
}

/** What was searched for, where filters are those of a search; undefined where they are not. */
export function searchedText(filters: Filters): string | undefined {
  const text = filters.filters[0]?.value.value;
  return typeof text === 'string' && sameJson(filtersJson(filters), filtersJson(searchFilters(text)))
    ? text
    : undefined;
}
