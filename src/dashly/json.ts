let written = 0;

/** A number literal kept as its text, because a JavaScript number would not be written with the same digits. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  /**
   * What `JSON.stringify` makes of it, for those who cannot use `stringifyJson` (messages to a webview): a string, so that
   * no digit is lost.
   */
  toJSON(): string {
    written++;
    return this.text;
  }
}

/**
 * How many exact numbers `JSON.stringify` has met so far: `stringifyJson` learns by it whether the fast way was exact,
 * without looking through the value beforehand.
 */
export function exactNumbersWritten(): number {
  return written;
}

/** Whether a JavaScript number gives a number literal back digit for digit. */
function survives(literal: string): boolean {
  return String(Number(literal)) === literal;
}

/** The number of a literal. */
export function exactNumber(literal: string): number | ExactNumber {
  return survives(literal) ? Number(literal) : new ExactNumber(literal);
}

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

const quote = 0x22;
const minus = 0x2d;
const backslash = 0x5c;

/** JSON's grammar of numbers (RFC 8259, section 6). */
const numberGrammar = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A whole number of fewer digits is the same as a JavaScript number. */
const safeDigits = 15;

/**
 * Reads JSON without changing a number: as `JSON.parse` does when a JavaScript number can hold all of them.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): JsonValue {
  const inexact = inexactNumbers(text);
  if (inexact.length > 0) {
    try {
      return parseExactly(text, inexact);
    } catch {
      // Not JSON: below it is told where, in the text as it came.
    }
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw syntaxError(error, text);
  }
}

/** Where a literal that needs to be kept stands. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the number literals that `JSON.parse` would change. In a text that is not JSON it finds some too, but none that
 * would make it JSON when a string stood in its place. One loop without calls for what most of a text is, and strings
 * are passed by the engine's own search: this runs over every answer (`npm run bench -- json`).
 */
function inexactNumbers(text: string): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const close = text.indexOf('"', at + 1);
      at = text.charCodeAt(close - 1) === backslash || close < 0 ? stringEnd(text, close) : close + 1;
    } else if (isDigit(code) || code === minus) {
      const start = at++;
      while (isDigit(text.charCodeAt(at))) at++;
      const whole = code !== minus && !isOfNumber(text.charCodeAt(at));
      if (!whole) while (isDigit(text.charCodeAt(at)) || isOfNumber(text.charCodeAt(at))) at++;
      if (whole && at - start <= safeDigits) continue;
      if (isInexact(text.slice(start, at)) && !isName(text, at)) places.push({ start, end: at });
    } else {
      at++;
    }
  }
  return places;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Whether it is one of `. e E + -`. */
const isOfNumber = (code: number): boolean =>
  code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;

/** Behind the quote that closes a string. @param close the first quote inside the string; negative: there is none */
function stringEnd(text: string, close: number): number {
  for (let end = close; end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function isInexact(literal: string): boolean {
  return !survives(literal) && numberGrammar.test(literal);
}

/** Whether a colon follows: a number is no name of a member, but the string in its place would be one. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === 0x3a;
}

/** Reads inexact literals as marked strings, which are then replaced. */
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
  const root = JSON.parse(parts.join('')) as JsonValue;
  const numbers = detached(inexact.map(({ start, end }) => text.slice(start, end))).map(
    (literal) => new ExactNumber(literal),
  );
  const [first] = numbers;
  // The whole text is one number.
  if (typeof root === 'string' && first) return first;
  replaceMarks(root as JsonObject | JsonValue[], (value) =>
    value.length > mark.length && value.startsWith(mark) ? numbers[Number(value.slice(mark.length))] : undefined,
  );
  return root;
}

/** Copies: an engine may keep a part of a text as a window on the whole, and each number would hold a page's text. */
function detached(literals: readonly string[]): string[] {
  return JSON.parse(`["${literals.join('","')}"]`) as string[];
}

/** Goes through by a list instead of by recursion: a hostile text may be nested as deep as it is long. */
function replaceMarks(root: JsonObject | JsonValue[], numberOf: (value: string) => ExactNumber | undefined): void {
  const containers: (JsonObject | JsonValue[])[] = [root];
  const visit = (value: JsonValue | undefined): ExactNumber | undefined => {
    if (typeof value === 'string') return numberOf(value);
    if (typeof value === 'object' && value !== null) containers.push(value as JsonObject | JsonValue[]);
    return undefined;
  };
  for (let container = containers.pop(); container; container = containers.pop()) {
    if (Array.isArray(container)) {
      for (let index = 0; index < container.length; index++) {
        const exact = visit(container[index]);
        if (exact) container[index] = exact;
      }
    } else {
      for (const name in container) {
        const exact = visit(container[name]);
        if (exact) setMember(container, name, exact);
      }
    }
  }
}

/** Sets a member, also one that is called `__proto__`. */
function setMember(object: JsonObject, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[name] = value;
  }
}

/**
 * Whether two JSON values are the same: numbers digit for digit, the order of an object's members does not matter. Keeps
 * its own stack: a hostile service's value may be nested deeper than a recursion can go.
 */
export function sameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const pairs: [JsonValue | undefined, JsonValue | undefined][] = [[one, other]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (a instanceof ExactNumber || b instanceof ExactNumber) {
      if (!(a instanceof ExactNumber && b instanceof ExactNumber && a.text === b.text)) return false;
    } else if (Array.isArray(a) || Array.isArray(b)) {
      if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
      for (let index = 0; index < a.length; index++) pairs.push([a[index], b[index]]);
    } else {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false;
        pairs.push([a[name], b[name]]);
      }
    }
  }
  return true;
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
