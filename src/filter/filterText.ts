import * as l10n from '@vscode/l10n';
import { createScanner, getLocation, type Node, parseTree } from 'jsonc-parser';
import { conditionTypeFacts, isConditionType, type OperandKind, type TypedFilters } from '../dashly/conditions';
import { type FilterProblem, parseFilters } from '../dashly/filterJson';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import { JsonSyntaxError, parseJson } from '../dashly/jsonReader';
import { operands } from '../dashly/operands';
import { grouped } from '../language';

/** Filters that were read from a text, or one sentence that says what is wrong with it. */
export type FilterText = { readonly filters: TypedFilters } | { readonly problem: string };

/** A piece of a text, in UTF-16 units from 0, `end` not included. */
interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a piece of a text. */
export interface TextProblem extends TextRange {
  readonly message: string;
}

/** The longest text of a filter that is read, in UTF-16 units: 10,000 conditions are shorter. */
const longestText = 1024 * 1024;
/** How deep a text may be nested. A filter is nested four deep; who reads JSON by recursion stands some thousands. */
const deepest = 64;
/** The most problems that are told of one text. */
const mostProblems = 100;

/** Reads the text of a filter's document or file: plain JSON, without comments. */
export function readFilterText(text: string): FilterText {
  const unbounded = boundsProblem(text);
  if (unbounded !== undefined) return { problem: unbounded };
  let json: JsonValue;
  try {
    json = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { problem: syntaxProblem(text, error) };
  }
  const { filters, problems } = parseFilters(json);
  if (filters) return { filters };
  const first = problems[0]?.message ?? l10n.t('These are no filters.');
  if (problems.length <= 1) return { problem: first };
  return { problem: l10n.t('{0} (and {1} more).', first.replace(/\.$/, ''), grouped(problems.length - 1)) };
}

/**
 * What is wrong with a text that the JSON schema of `media/` lets pass, because a schema cannot say it: the order of two
 * members, which days a month has, and what is too large to be read. VS Code shows what the schema finds; the same must
 * not be shown twice.
 * @returns the first 100 problems
 */
export function problemsBeyondSchema(text: string): TextProblem[] {
  const unbounded = boundsProblem(text);
  if (unbounded !== undefined) return [{ start: 0, end: 1, message: unbounded }];
  let json: JsonValue;
  try {
    json = parseJson(text);
  } catch {
    return [];
  }
  const problems = parseFilters(json)
    .problems.filter((problem) => isBeyondSchema(json, problem))
    .slice(0, mostProblems);
  const root = problems.length > 0 ? parseTree(text) : undefined;
  return root ? problems.map(({ path, message }) => ({ ...rangeOf(nodeAt(root, path)), message })) : [];
}

/** The name of a property in a text that is being typed. */
export interface PropertyNameAt extends TextRange {
  /** As it is meant, without quotes and escapes; undefined where it is still to be typed, which has an empty range. */
  readonly name: string | undefined;
}

/**
 * The value of `"property_name"` at an offset of a text, or its place; a text that is no JSON yet is read as far as it
 * goes.
 */
export function propertyNameAt(text: string, offset: number): PropertyNameAt | undefined {
  if (boundsProblem(text) !== undefined) return undefined;
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  if (isAtPropertyKey || path.at(-1) !== 'property_name') return undefined;
  if (!previousNode) return { start: offset, end: offset, name: undefined };
  const range = rangeOf(previousNode);
  return previousNode.type === 'string' && offset <= range.end
    ? { ...range, name: String(previousNode.value) }
    : undefined;
}

/**
 * Why a text is not read at all. Asked before anything reads it, because `jsonc-parser` recurses as deep as the text goes.
 */
function boundsProblem(text: string): string | undefined {
  if (text.length > longestText) return l10n.t('The text is longer than 1 MB, which no filter is.');
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    if (scanner.getTokenLength() > 1) continue;
    const token = text.charAt(scanner.getTokenOffset());
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > deepest) return l10n.t('The text is nested more than {0} levels deep, which no filter is.', deepest);
  }
  return undefined;
}

/** The node of a value, or the nearest one around it when there is none. */
function nodeAt(root: Node, path: FilterProblem['path']): Node {
  let node = root;
  for (const step of path) {
    const inner =
      node.type === 'array'
        ? node.children?.[step as number]
        : // A member that is there twice counts as JSON.parse has it: the last one.
          node.children?.findLast(({ children }) => children?.[0]?.value === step)?.children?.[1];
    if (!inner) break;
    node = inner;
  }
  return node;
}

function rangeOf({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}

/** Whether the schema finds nothing wrong with the operand that a problem is in. */
function isBeyondSchema(json: JsonValue, { path }: FilterProblem): boolean {
  if (path.at(-2) !== 'value') return false;
  const condition = valueAt(json, path.slice(0, -2));
  if (!isJsonObject(condition)) return false;
  const { type, value } = condition;
  return (
    typeof type === 'string' &&
    isConditionType(type) &&
    isJsonObject(value) &&
    fitsSchema(conditionTypeFacts(type).operand, value)
  );
}

/** Whether the JSON schema finds nothing wrong with an operand. */
function fitsSchema(kind: OperandKind, value: JsonObject): boolean {
  return Object.entries(operands[kind].schema?.members ?? {}).every(([name, schema]) => {
    const member = value[name];
    if (member === undefined) return schema.default !== undefined;
    if (typeof member === 'string')
      return (
        new RegExp(schema.pattern ?? '').test(member) && (schema.enum === undefined || schema.enum.includes(member))
      );
    const isNumber = typeof member === 'number' || member instanceof ExactNumber;
    return isNumber && Array.isArray(schema.type) && Number(member) >= (schema.minimum ?? -Infinity);
  });
}

function valueAt(json: JsonValue, path: FilterProblem['path']): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, JsonValue>)[step]
        : undefined,
    json,
  );
}

function syntaxProblem(text: string, { endsEarly, position }: JsonSyntaxError): string {
  if (endsEarly) return l10n.t('The JSON text ends too early.');
  if (position === undefined) return l10n.t('The text is not JSON.');
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return l10n.t('The text is not JSON from line {0}, column {1} on.', before.length, column);
}
