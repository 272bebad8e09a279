import { conditionTypeFacts, filtersOf, isConditionType, type TypedCondition, type TypedFilters } from './conditions';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from './json';
import { stringifyJson } from './jsonWriter';
import type { Condition, Filters } from './lead';
import { operands } from './operands';
import { shortened } from './shortened';

/** What is wrong with filters, and where: names of members and places in lists from the root. */
export interface FilterProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Filters that were read; without them there is at least one problem. */
export interface ParsedFilters {
  readonly filters: TypedFilters | undefined;
  readonly problems: readonly FilterProblem[];
}

type Report = (path: readonly (string | number)[], message: string) => void;

/**
 * Reads filters from JSON and checks every condition. A bare array, as stored segments have it, is *all of*; `cls` and
 * other further members are left out; numbers may be written as text; a time ago without a unit is in days.
 */
export function parseFilters(json: JsonValue): ParsedFilters {
  const problems: FilterProblem[] = [];
  const report: Report = (path, message) => problems.push({ path, message });
  const bare = Array.isArray(json);
  if (!bare && !isJsonObject(json)) {
    report([], 'Filters must be an object with “type” and “filters”, or a list of conditions.');
    return { filters: undefined, problems };
  }
  const type = bare ? 'and' : json.type;
  const list = bare ? json : json.filters;
  if (type !== 'and' && type !== 'or') report(bare ? [] : ['type'], '“type” must be “and” or “or”.');
  if (!Array.isArray(list)) {
    report(['filters'], '“filters” must be a list of conditions.');
    return { filters: undefined, problems };
  }
  const conditions = list.map((item, index) =>
    parseCondition(item, index, bare ? [index] : ['filters', index], report),
  );
  const good = conditions.filter((one) => one !== undefined);
  const readable = problems.length === 0 && (type === 'and' || type === 'or');
  return { filters: readable ? filtersOf(type, good) : undefined, problems };
}

/**
 * Filters as a JSON value for settings and files; `parseFilters` reads it back. A number that a JavaScript number cannot
 * give back digit for digit is a text: who reads this by `JSON.parse`, as VS Code its settings, would change it.
 */
export function filtersJson({ type, filters }: Filters): JsonObject {
  const conditions = filters.map(({ type, property_name, value }) => {
    const members = Object.entries(value).map(([name, operand]): [string, JsonValue] => [
      name,
      operand instanceof ExactNumber ? operand.text : operand,
    ]);
    return { type, property_name, value: Object.fromEntries(members) };
  });
  return { type, filters: conditions };
}

/** Filters as JSON text, numbers as they are: for readers that lose no digit. */
export function filtersToJson({ type, filters }: Filters, indent = 0): string {
  const conditions = filters.map(({ type, property_name, value }) => ({ type, property_name, value }));
  return stringifyJson({ type, filters: conditions }, indent);
}

function parseCondition(
  item: JsonValue,
  index: number,
  path: readonly (string | number)[],
  report: Report,
): TypedCondition | undefined {
  const name =
    isJsonObject(item) && typeof item.property_name === 'string' ? ` (${shortened(item.property_name, 60)})` : '';
  const refuse = (at: readonly string[], message: string): void =>
    report([...path, ...at], `Condition ${index + 1}${name}: ${message}`);
  if (!isJsonObject(item)) {
    refuse([], 'it must be an object.');
    return undefined;
  }
  if ('filters' in item) {
    refuse(['filters'], 'conditions cannot be nested, the service has one level only.');
    return undefined;
  }
  const { type, property_name: property, value = {} } = item;
  if (typeof type !== 'string' || !isConditionType(type)) {
    refuse(
      ['type'],
      typeof type === 'string'
        ? `there is no condition “${shortened(type, 60)}”.`
        : '“type” must be the name of a condition.',
    );
    return undefined;
  }
  const named = typeof property === 'string' && property !== '' ? property : undefined;
  if (named === undefined) refuse(['property_name'], '“property_name” must be the name of a property.');
  if (value !== null && !isJsonObject(value)) {
    refuse(['value'], '“value” must be an object.');
    return undefined;
  }
  const operand = operands[conditionTypeFacts(type).operand].fromJson(value ?? {}, (member, message) =>
    refuse(member === '' ? ['value'] : ['value', member], message),
  );
  // The operand was read as the type's own kind.
  return operand && named !== undefined
    ? ({ type, property_name: named, value: operand } as unknown as TypedCondition)
    : undefined;
}

/** How a property is called where a person reads. */
type PropertyTitle = (name: string) => string;

const asItIs: PropertyTitle = (name) => name;

/**
 * A condition as a sentence without a full stop: `Sessions is more than 5`. Plain text: what is compared with may be
 * anything that somebody typed.
 */
export function describeCondition({ type, property_name, value }: Condition, title = asItIs): string {
  if (!isConditionType(type)) return `${title(property_name)}: ${type} ${stringifyJson(value)}`;
  const { words, operand } = conditionTypeFacts(type);
  // A function, because in a text `$&` would have a meaning.
  return `${title(property_name)} ${words.replace('{}', () => operands[operand].words(value))}`;
}

/** Filters as a sentence; “All leads” for none. */
export function describeFilters(filters: Filters | undefined, title = asItIs): string {
  if (!filters || filters.filters.length === 0) return 'All leads';
  return filters.filters.map((one) => describeCondition(one, title)).join(filters.type === 'and' ? ' and ' : ' or ');
}
