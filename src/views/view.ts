import { parseFilters } from '../dashly/filterJson';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import type { LeadsQuery } from '../dashly/lead';

/** A query with a name. It holds no token and no address, so that it can be kept with a project and shared. */
export interface View extends LeadsQuery {
  readonly name: string;
}

/** A view that was read from JSON, or what is wrong with it. */
export type ParsedView = { readonly view: View } | { readonly problem: string };

/** The longest name of a view, in characters: it stands in the title of a narrow view. */
const longestName = 60;

/** What is wrong with a name for a view; undefined when nothing is. */
export function viewNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'A view needs a name.';
  return name.trim().length > longestName ? `The name has more than ${longestName} characters.` : undefined;
}

/**
 * Reads a view, as settings and files hold it: `name`, and what the API calls `filters`, `sort_prop` and `sort_order`,
 * all but the name left out where the service's default is meant; `presence` is this extension's own.
 */
export function parseView(json: JsonValue): ParsedView {
  if (!isJsonObject(json)) return { problem: 'A view must be an object.' };
  const { name, filters: filtersJson, sort_prop: sortProp, sort_order: sortOrder, presence } = json;
  if (typeof name !== 'string') return { problem: 'A view must have a “name”.' };
  const nameProblem = viewNameProblem(name);
  if (nameProblem !== undefined) return { problem: nameProblem };
  const wrong = (what: string): ParsedView => ({ problem: `View “${name}”: ${what}` });
  if (sortProp !== undefined && (typeof sortProp !== 'string' || sortProp === '')) return wrong('“sort_prop” must be the name of a property.');
  if (sortOrder !== undefined && sortOrder !== 'asc' && sortOrder !== 'desc') return wrong('“sort_order” must be “asc” or “desc”.');
  if (presence !== undefined && !isTextList(presence)) return wrong('“presence” must be a list of presences, such as “online”.');
  const view: View = { name: name.trim(), sortProp, sortOrder, presence };
  if (filtersJson === undefined) return { view };
  const { filters, problems } = parseFilters(filtersJson);
  return filters ? { view: { ...view, filters } } : wrong(problems[0]?.message ?? 'its filters cannot be read.');
}

/** A view as settings and files hold it; `parseView` reads it back. */
export function viewToJson({ name, filters, sortProp, sortOrder, presence }: View): JsonObject {
  const members: [string, JsonValue | undefined][] = [
    ['name', name],
    ['filters', filters && filtersJson(filters)],
    ['sort_prop', sortProp],
    ['sort_order', sortOrder],
    ['presence', presence && [...presence]],
  ];
  return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
}

function filtersJson({ type, filters }: NonNullable<LeadsQuery['filters']>): JsonObject {
  return {
    type,
    filters: filters.map((condition) => ({
      type: condition.type,
      property_name: condition.property_name,
      value: { ...condition.value },
    })),
  };
}

function isTextList(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
