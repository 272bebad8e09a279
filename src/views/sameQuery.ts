import { stringifyJson } from '../dashly/json';
import type { LeadsQuery } from '../dashly/lead';

/** Whether two queries ask for the same leads in the same order, defaults of the service written out or not. */
export function sameQuery(one: LeadsQuery, other: LeadsQuery): boolean {
  return canonical(one) === canonical(other);
}

function canonical({ filters, sortProp = '$last_seen', sortOrder = 'desc', presence = [] }: LeadsQuery): string {
  const conditions = (filters?.filters ?? []).map(({ type, property_name, value }) => [type, property_name, { ...value }]);
  return stringifyJson([conditions.length > 0 ? (filters?.type ?? '') : '', conditions, sortProp, sortOrder, [...presence].sort()]);
}
