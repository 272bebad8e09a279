import type { LeadsQuery } from '../dashly/lead';
import { describeFilters } from '../dashly/filterWords';
import { maskedFilters } from './maskedFilters';
import type { Masking } from './masking';
import { presenceWord } from './wording';
import { propertyTitle } from './propertyTitle';
import { singleLine } from './plainText';

/** The longest sentence about a filter, in characters: it stands above the rows of a narrow view. */
const longest = 200;

/**
 * The order of a query in words: "by Last seen, newest first".
 * @param kind the type of the property's values, where it is known
 */
export function describeOrder({ sortProp = '$last_seen', sortOrder = 'desc' }: LeadsQuery, kind?: string): string {
  const directions = kind === 'date' || (kind === undefined && /^\$last_(seen|contacted|reply)$|_(first|last)$/.test(sortProp))
    ? { asc: 'oldest first', desc: 'newest first' }
    : kind === 'string'
      ? { asc: 'A to Z', desc: 'Z to A' }
      : { asc: 'ascending', desc: 'descending' };
  return `by ${singleLine(propertyTitle(sortProp), 60)}, ${directions[sortOrder]}`;
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
