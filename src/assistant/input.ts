import { conditionTypeNames, type TypedFilters } from '../dashly/conditions';
import { HumanError } from '../dashly/errors';
import { type FilterProblem, parseFilters } from '../dashly/filterJson';
import type { JsonValue } from '../dashly/json';
import { shortened } from '../dashly/shortened';

/** A member of a tool's input, in those words of JSON Schema that are read here. */
type MemberSchema =
  | {
      readonly type: 'string';
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
      readonly enum?: readonly string[];
    }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  | {
      readonly type: 'array';
      readonly minItems?: number;
      readonly maxItems: number;
      readonly items: MemberSchema;
    }
  /** Filters: what is wrong with them `parseFilters` says. */
  | { readonly type: 'object' };

/** The input of a tool as the manifest describes it to the model, and as it is checked. */
export interface InputSchema {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, MemberSchema>>;
}

/** The checked input of a tool: what its schema has and the model has given. */
export interface ToolInput {
  /** A text that is searched. */
  readonly text?: string;
  readonly filters?: TypedFilters;
  /** How many leads at most. */
  readonly limit?: number;
  /** Names of properties. */
  readonly fields?: readonly string[];
  /** A lead's id. */
  readonly id?: string;
  /** Which parts of a lead. */
  readonly parts?: readonly string[];
}

/** The most problems that a model is told of at once. */
const mostProblems = 8;

/** The longest text of a model that is quoted to it. */
const longestQuote = 60;

/** An input that a tool was not run with. The message is for the model, of several lines, so that it can correct itself. */
export class InputError extends HumanError {
  override readonly name = 'InputError';

  /** @param problems sentences */
  constructor(tool: string, problems: readonly string[]) {
    const more = problems.length > mostProblems ? [`${problems.length - mostProblems} more`] : [];
    const lines = [...problems.slice(0, mostProblems), ...more].map((problem) => `- ${problem}`);
    super(
      [`${tool} was not run, because its input is wrong:`, ...lines, 'Correct the input and call the tool again.'].join(
        '\n',
      ),
      `${tool}: the input is wrong in ${problems.length === 1 ? 'one place' : `${problems.length} places`}.`,
    );
  }
}

/**
 * Reads the input of a tool, which VS Code does not check. A member that is null is one that was left out: some models
 * send every member.
 * @throws InputError
 */
export function readInput(tool: string, { required = [], properties }: InputSchema, input: unknown): ToolInput {
  if (!isObject(input)) throw new InputError(tool, [`The input must be an object, not ${kindOf(input)}.`]);
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const problems: string[] = [];
  const names = Object.keys(properties);
  for (const [name] of given) {
    if (names.includes(name)) continue;
    const known = names.length === 0 ? 'it takes no input' : `it takes ${listed(names)}`;
    problems.push(`There is no “${shortened(name, longestQuote)}”: ${known}.`);
  }
  const left = required.filter((name) => !given.some(([known]) => known === name));
  for (const name of left) problems.push(`“${name}” is missing.`);
  const read: Record<string, unknown> = {};
  for (const [name, value] of given) {
    const schema = names.includes(name) ? properties[name] : undefined;
    if (!schema) continue;
    if (schema.type === 'object') {
      const { filters, problems: wrong } = readFilters(name, value);
      problems.push(...wrong);
      read[name] = filters;
    } else {
      const problem = problemOf(`“${name}”`, schema, value);
      if (problem !== undefined) problems.push(problem);
      read[name] = value;
    }
  }
  if (problems.length > 0) throw new InputError(tool, problems);
  return read;
}

/** The most conditions of a filter: what a person is asked about must be readable. */
const mostConditions = 50;

const conditionExample = '{"type": "gt", "property_name": "$sessions", "value": {"value": 5}}';

function readFilters(
  name: string,
  value: unknown,
): { readonly filters: TypedFilters | undefined; readonly problems: readonly string[] } {
  const wrong = (...problems: string[]) => ({ filters: undefined, problems });
  if (typeof value === 'string') return wrong(`“${name}” must be an object, not a text that holds one.`);
  // What came over from another process is JSON.
  const { filters, problems } = parseFilters(value as JsonValue, 'others');
  if (filters && filters.filters.length <= mostConditions) return { filters, problems: [] };
  if (filters) return wrong(`“${name}” has more than ${mostConditions} conditions.`);
  const unknownType = problems.some(isAboutType);
  return wrong(
    ...problems.map(({ message }) => `“${name}”: ${message}`),
    ...(unknownType ? [`The conditions are ${conditionTypeNames.join(', ')}.`] : []),
    `A condition is an object such as ${conditionExample}.`,
  );
}

function isAboutType({ path }: FilterProblem): boolean {
  return path.at(-1) === 'type' && path.length > 1;
}

/** What is wrong with a value, in a sentence. @param name in quotes */
function problemOf(
  name: string,
  schema: Exclude<MemberSchema, { type: 'object' }>,
  value: unknown,
): string | undefined {
  switch (schema.type) {
    case 'integer': {
      const { minimum, maximum } = schema;
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
      return fits ? undefined : `${name} must be a whole number from ${minimum} to ${maximum}, not ${quoted(value)}.`;
    }
    case 'string':
      return textProblem(name, schema, value);
    case 'array': {
      if (!Array.isArray(value)) return `${name} must be a list, not ${quoted(value)}.`;
      const { minItems = 0, maxItems, items } = schema;
      if (value.length < minItems) return `${name} must not be empty.`;
      if (value.length > maxItems) return `${name} must have at most ${maxItems} items, not ${value.length}.`;
      if (items.type === 'object') return undefined;
      const problems = value.map((item: unknown, index) => problemOf(`Item ${index + 1} of ${name}`, items, item));
      return problems.find((problem) => problem !== undefined);
    }
  }
}

function textProblem(
  name: string,
  { minLength = 0, maxLength = Infinity, pattern, enum: choices }: Extract<MemberSchema, { type: 'string' }>,
  value: unknown,
): string | undefined {
  if (choices) {
    const fits = typeof value === 'string' && choices.includes(value);
    return fits ? undefined : `${name} must be ${listed(choices, 'or')}, not ${quoted(value)}.`;
  }
  // Only ids have one.
  const isId = pattern !== undefined;
  if (typeof value !== 'string') {
    const why = isId ? ' in quotes, because a number loses digits' : '';
    return `${name} must be a text${why}, not ${quoted(value)}.`;
  }
  if (value.length > maxLength) return `${name} must have at most ${maxLength} characters, not ${value.length}.`;
  if (value.trim().length < minLength) return `${name} must not be empty.`;
  if (isId && !new RegExp(pattern, 'u').test(value))
    return `${name} must be 1 to 20 digits, as the tools give it, not ${quoted(value)}.`;
  return undefined;
}

/** `“a”, “b” and “c”` */
function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  const quotedNames = names.map((name) => `“${name}”`);
  return [quotedNames.slice(0, -1).join(', '), ...quotedNames.slice(-1)]
    .filter((part) => part !== '')
    .join(` ${last} `);
}

function quoted(value: unknown): string {
  if (typeof value === 'string') return `“${shortened(value, longestQuote)}”`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  const kinds: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'true or false' };
  return kinds[typeof value] ?? 'an object';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
