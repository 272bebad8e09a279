import * as l10n from '@vscode/l10n';
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
 * @param parsedBy `others` when the text was not parsed by `parseJson` but by VS Code, whose numbers lose digits beyond 2^53:
 *   those are refused, because another one may have been written
 */
export function parseFilters(json: JsonValue, parsedBy: 'us' | 'others' = 'us'): ParsedFilters {
  const problems: FilterProblem[] = [];
  const report: Report = (path, message) => problems.push({ path, message });
  const bare = Array.isArray(json);
  if (!bare && !isJsonObject(json)) {
    report([], l10n.t('Filters must be an object with “type” and “filters”, or a list of conditions.'));
    return { filters: undefined, problems };
  }
  const type = bare ? 'and' : json.type;
  const list = bare ? json : json.filters;
  if (type !== 'and' && type !== 'or') report(bare ? [] : ['type'], l10n.t('“type” must be “and” or “or”.'));
  if (!Array.isArray(list)) {
    report(['filters'], l10n.t('“filters” must be a list of conditions.'));
    return { filters: undefined, problems };
  }
  const conditions = list.map((item, index) =>
    parseCondition(item, index, bare ? [index] : ['filters', index], parsedBy, report),
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
      operand instanceof ExactNumber || isBeyondExact(operand) ? operand.toString() : operand,
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
  parsedBy: 'us' | 'others',
  report: Report,
): TypedCondition | undefined {
  const name = isJsonObject(item) && typeof item.property_name === 'string' ? item.property_name : undefined;
  const refuse = (at: readonly string[], message: string): void =>
    report(
      [...path, ...at],
      name === undefined
        ? l10n.t('Condition {0}: {1}', index + 1, message)
        : l10n.t('Condition {0} ({1}): {2}', index + 1, shortened(name, 60), message),
    );
  if (!isJsonObject(item)) {
    refuse([], l10n.t('it must be an object.'));
    return undefined;
  }
  if ('filters' in item) {
    refuse(['filters'], l10n.t('conditions cannot be nested, the service has one level only.'));
    return undefined;
  }
  const { type, property_name: property, value = {} } = item;
  if (typeof type !== 'string' || !isConditionType(type)) {
    refuse(
      ['type'],
      typeof type === 'string'
        ? l10n.t('there is no condition “{0}”.', shortened(type, 60))
        : l10n.t('“type” must be the name of a condition.'),
    );
    return undefined;
  }
  const named = typeof property === 'string' && property !== '' ? property : undefined;
  if (named === undefined) refuse(['property_name'], l10n.t('“property_name” must be the name of a property.'));
  if (value !== null && !isJsonObject(value)) {
    refuse(['value'], l10n.t('“value” must be an object.'));
    return undefined;
  }
  const inexact = parsedBy === 'others' ? Object.entries(value ?? {}).filter(([, one]) => holdsInexactNumber(one)) : [];
  for (const [member] of inexact) {
    const words = l10n.t(
      '“{0}” must be written in quotes, because a number of so many digits loses some.',
      shortened(member, 60),
    );
    refuse(['value', member], words);
  }
  const operand = operands[conditionTypeFacts(type).operand].fromJson(value ?? {}, (member, message) =>
    refuse(member === '' ? ['value'] : ['value', member], message),
  );
  // The operand was read as the type's own kind.
  return operand && named !== undefined
    ? ({ type, property_name: named, value: operand } as unknown as TypedCondition)
    : undefined;
}

/** Whether other digits may have been written for a number than it has. */
function isBeyondExact(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Keeps its own stack: what others send may be nested deeper than a recursion can go. */
function holdsInexactNumber(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (isBeyondExact(one)) return true;
    if (typeof one === 'object' && one !== null) for (const item of Object.values(one)) rest.push(item);
  }
  return false;
}

/** How a property is called where a person reads. */
type PropertyTitle = (name: string) => string;

const asItIs: PropertyTitle = (name) => name;

/**
 * What is said of a property, as a sentence without a full stop: `Sessions is more than 5`.
 * @param title of the property
 * @param said begins with the verb, or is the value
 */
export function propertySentence(title: string, said: string): string {
  return l10n.t({ message: '{0} {1}', args: [title, said], comment: ['property'] });
}

/**
 * A condition as a sentence without a full stop: `Sessions is more than 5`. Plain text: what is compared with may be
 * anything that somebody typed.
 */
export function describeCondition({ type, property_name, value }: Condition, title = asItIs): string {
  if (!isConditionType(type)) return `${title(property_name)}: ${type} ${stringifyJson(value)}`;
  const { words, operand } = conditionTypeFacts(type);
  // A function, because in a text `$&` would have a meaning.
  const said = words.replace('{}', () => operands[operand].words(value));
  return propertySentence(title(property_name), said);
}

/** Filters as a sentence; “All leads” for none. */
export function describeFilters(filters: Filters | undefined, title = asItIs): string {
  if (!filters || filters.filters.length === 0) return l10n.t('All leads');
  return joinedBy(
    filters.type,
    filters.filters.map((one) => describeCondition(one, title)),
  );
}

/** Words or sentences that all hold, or of which one at least does: `online or idle`. @param parts at least one */
export function joinedBy(type: Filters['type'], parts: readonly string[]): string {
  return parts.reduce((before, one) =>
    type === 'and' ? l10n.t('{0} and {1}', before, one) : l10n.t('{0} or {1}', before, one),
  );
}
