import { exactNumber, ExactNumber, exactNumbersWritten, survives } from './exactNumber';
import { stringifyExactly } from './jsonWriter';

export { ExactNumber };

/** JSON as the service sent it. A number that a JavaScript number cannot give back digit for digit is an `ExactNumber`. */
export type JsonValue = null | boolean | number | string | ExactNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** A text that is not JSON. Never quotes the text: it may hold contacts. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name = 'JsonSyntaxError';

  /**
   * @param position where the text stops being JSON, in UTF-16 units from 0, where the engine tells
   * @param endsEarly whether the text is JSON as far as it goes
   */
  constructor(
    readonly position: number | undefined,
    readonly endsEarly: boolean,
  ) {
    super(
      endsEarly
        ? 'The JSON text ends too early.'
        : `The text is not JSON${position === undefined ? '' : ` from position ${position} on`}.`,
    );
  }
}

/**
 * Number literals that may not survive `JSON.parse`: with a point or an exponent, with 16 digits or more, or `-0`. Finds
 * too much (`10`, and some inside strings), which only costs time; the character before keeps out strings of digits.
 */
const suspectLiteral = /[:,[\s][-\d](?:\d*[.eE]|\d{15,}|0)[\d.eE+-]*/g;

/**
 * Reads JSON without changing a number: as `JSON.parse` does when a JavaScript number can hold all of them.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    throw syntaxError(error, text);
  }
  // A number alone has no character before it.
  if (typeof value === 'number') return exactNumber(text.trim());
  const inexact = inexactNumbers(text);
  return inexact.length === 0 ? value : parseExactly(text, inexact);
}

/** Where a literal that needs to be kept stands. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Finds the number literals that `JSON.parse` changes in a text that is known to be JSON. */
function inexactNumbers(text: string): Place[] {
  const places: Place[] = [];
  // The string that was looked at last: from its opening quote to behind its closing one.
  let [open, close] = [-1, 0];
  suspectLiteral.lastIndex = 0;
  for (let match = suspectLiteral.exec(text); match; match = suspectLiteral.exec(text)) {
    const [start, end] = [match.index + 1, suspectLiteral.lastIndex];
    if (survives(text.slice(start, end))) continue;
    while (close <= start) {
      open = text.indexOf('"', close);
      close = open < 0 ? Infinity : stringEnd(text, open);
    }
    if (open < 0 || start < open) places.push({ start, end });
    else suspectLiteral.lastIndex = close;
  }
  return places;
}

/** Reads a text that is known to be JSON: inexact literals are read as marked strings, which are then replaced. */
function parseExactly(text: string, inexact: readonly Place[]): JsonValue {
  // Unguessable, so that no string of a hostile text can pass for a mark.
  const mark = crypto.randomUUID();
  const parts: string[] = [];
  let copied = 0;
  for (const [index, { start, end }] of inexact.entries()) {
    parts.push(text.slice(copied, start), `"${mark}${index}"`);
    copied = end;
  }
  parts.push(text.slice(copied));
  const root = JSON.parse(parts.join('')) as JsonObject | JsonValue[];
  replaceMarks(root, mark, inexact.map(({ start, end }) => text.slice(start, end)));
  return root;
}

/** Where the string that opens at `open` is over: behind its closing quote. */
function stringEnd(text: string, open: number): number {
  let close = open;
  let backslashes: number;
  do {
    close = text.indexOf('"', close + 1);
    backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === 0x5c) backslashes++;
  } while (backslashes % 2 === 1);
  return close + 1;
}

/** Goes through by a list instead of by recursion: a hostile text may be nested as deep as it is long. */
function replaceMarks(root: JsonObject | JsonValue[], mark: string, literals: readonly string[]): void {
  const containers: (JsonObject | JsonValue[])[] = [root];
  const visit = (value: JsonValue): ExactNumber | undefined => {
    if (typeof value === 'string') {
      return value.startsWith(mark) ? new ExactNumber(detached(literals[Number(value.slice(mark.length))] ?? '')) : undefined;
    }
    if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber)) containers.push(value);
    return undefined;
  };
  for (let container = containers.pop(); container; container = containers.pop()) {
    if (Array.isArray(container)) {
      for (const [index, value] of container.entries()) {
        const exact = visit(value);
        if (exact) container[index] = exact;
      }
    } else {
      for (const [name, value] of Object.entries(container)) {
        const exact = visit(value);
        if (exact) setMember(container, name, exact);
      }
    }
  }
}

/** A copy: an engine may keep a part of a text as a window on the whole, and each number would hold a page's text. */
function detached(literal: string): string {
  return JSON.parse(`"${literal}"`) as string;
}

/** Sets a member, also one that is called `__proto__`. */
export function setMember(object: JsonObject, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[name] = value;
  }
}

/**
 * Writes JSON with the layout of `JSON.stringify`, every number digit for digit as it was read.
 * @param indent spaces of each level; none writes one line
 */
export function stringifyJson(value: JsonValue, indent = 0): string {
  const before = exactNumbersWritten();
  try {
    const text = JSON.stringify(value, undefined, indent);
    if (exactNumbersWritten() === before) return text;
  } catch (error) {
    // Nested too deep for the recursion of the engine.
    if (!(error instanceof RangeError)) throw error;
  }
  return stringifyExactly(value, indent);
}

/** As `stringifyJson`, with the members of every object in the order of their names: for comparing two texts. */
export function stringifySortedJson(value: JsonValue, indent = 0): string {
  return stringifyExactly(value, indent, true);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

function syntaxError(error: unknown, text: string): JsonSyntaxError {
  const message = error instanceof Error ? error.message : '';
  const told = /position (\d+)/.exec(message)?.[1];
  const position = told === undefined ? undefined : Number(told);
  const endsEarly = /unexpected end|unterminated string|end of data/i.test(message) || position === text.length;
  return new JsonSyntaxError(position, endsEarly);
}
