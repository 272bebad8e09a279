import { parseFilters, type FilterProblem } from '../dashly/filterJson';
import type { TypedFilters } from '../dashly/conditions';
import { ExactNumber, JsonSyntaxError, parseJson, type JsonValue } from '../dashly/json';

/** Filters that were read from a text, or one sentence that says what is wrong with it. */
export type FilterText = { readonly filters: TypedFilters } | { readonly problem: string };

/** Reads the text of a filter's document or file: plain JSON, without comments. */
export function readFilterText(text: string): FilterText {
  let json: JsonValue;
  try {
    json = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return {
      problem: `${error.endsEarly ? 'The JSON text ends too early' : `The text is not JSON${lineOf(text, error.position)}`}.`,
    };
  }
  const { filters, problems } = parseFilters(json);
  if (filters) return { filters };
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return { problem: `${(problems[0]?.message ?? 'These are no filters.').replace(/\.$/, '')}${more}.` };
}

/**
 * What is wrong with a text that the JSON schema of `media/` lets pass, because a schema cannot say it: the order of two
 * members, and which days a month has. VS Code shows what the schema finds; the same must not be shown twice.
 */
export function problemsBeyondSchema(text: string): FilterProblem[] {
  let json: JsonValue;
  try {
    json = parseJson(text);
  } catch {
    return [];
  }
  return parseFilters(json).problems.filter(({ path }) => {
    const value = valueAt(json, path);
    if (path.at(-1) === 'value2') return isNumber(value) && isNumber(valueAt(json, [...path.slice(0, -1), 'value1']));
    return path.at(-1) === 'date' && typeof value === 'string' && datePattern.test(value);
  });
}

/** As the schema has it. */
const datePattern = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const numberPattern = /^\s*-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?\s*$/;

function isNumber(value: JsonValue | undefined): boolean {
  return (
    typeof value === 'number' ||
    value instanceof ExactNumber ||
    (typeof value === 'string' && numberPattern.test(value))
  );
}

function valueAt(json: JsonValue, path: readonly (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, JsonValue>)[step]
        : undefined,
    json,
  );
}

function lineOf(text: string, position: number | undefined): string {
  if (position === undefined) return '';
  const before = text.slice(0, position).split('\n');
  return ` from line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} on`;
}
