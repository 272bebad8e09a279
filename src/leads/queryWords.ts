import type { LeadsQuery, SortOrder } from '../dashly/lead';
import { describeFilters } from '../dashly/filterWords';
import { maskedFilters } from './maskedFilters';
import type { Masking } from './masking';
import { presenceWord } from './wording';
import { propertyTitle } from './propertyTitle';
import { singleLine } from './plainText';
import { documentedKind, type PropertyKind } from './seenProperties';

/** The longest sentence about a filter, in characters: it stands above the rows of a narrow view. */
const longest = 200;

/** What the service sorts by unless a query says otherwise (section 6 of the API document). */
export const defaultSortProp = '$last_seen';

/**
 * The order of a query in words: "by Last seen, newest first".
 * @param kind the type of the property's values, where it is known
 */
export function describeOrder({ sortProp = defaultSortProp, sortOrder = 'desc' }: LeadsQuery, kind?: PropertyKind): string {
  return `by ${singleLine(propertyTitle(sortProp), 60)}, ${describeDirection(sortProp, sortOrder, kind)}`;
}

/** A direction in words that fit the values of a property: "newest first". */
export function describeDirection(sortProp: string, sortOrder: SortOrder, kind = kindByName(sortProp)): string {
  switch (kind) {
    case 'date':
      return sortOrder === 'asc' ? 'oldest first' : 'newest first';
    case 'string':
      return sortOrder === 'asc' ? 'A to Z' : 'Z to A';
    default:
      return sortOrder === 'asc' ? 'ascending' : 'descending';
  }
}

/** The service keeps the first and the last time of each event type in properties of these names. */
function kindByName(name: string): PropertyKind | undefined {
  return documentedKind(name) ?? (/_(first|last)$/.test(name) ? 'date' : undefined);
}

/**
 * Which leads a query shows, in words; undefined when it shows all. One line, plain text.
 * @param masking hides contacts that leads are compared with, while it is on
 */
export function describeSelection({ filters, presence }: LeadsQuery, masking?: Masking): string | undefined {
  const shown = filters && masking ? maskedFilters(filters, masking) : filters;
  const parts = shown && shown.filters.length > 0 ? [describeFilters(shown, (name) => propertyTitle(name))] : [];
  if (presence) parts.push(`${presence.map((one) => presenceWord(one).toLowerCase()).join(' or ')} among the loaded leads`);
  return parts.length > 0 ? singleLine(parts.join('; '), longest) : undefined;
}
