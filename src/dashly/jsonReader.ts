import { ExactNumber, exactNumber, type JsonObject, type JsonValue, survives } from './json';

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
    // eslint-disable-next-line no-restricted-syntax -- for the log
    const from = position === undefined ? '' : ` from position ${position} on`;
    // eslint-disable-next-line no-restricted-syntax -- for the log
    super(endsEarly ? 'The JSON text ends too early.' : `The text is not JSON${from}.`);
  }
}

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
  if (typeof value === 'number') return exactNumber(text.trim());
  if (typeof value !== 'object' || value === null) return value;
  return restoreNumbers(text, value as Container) ? value : readEveryMember(text);
}

type Container = JsonValue[] | JsonObject;

const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Puts exact numbers where the engine has made others of them: goes through the text, and into the value only where such a
 * number stands. Keeps its own stack: a hostile text may be nested as deep as it is long.
 *
 * @param text what is JSON
 * @param root what the engine has read
 * @returns false if a name stands twice in an object, so that it is not known which of its members the engine has kept:
 *   `root` is spoilt then
 */
function restoreNumbers(text: string, root: Container): boolean {
  /** The containers around this place of the text, outermost first: a list of the whole value, then those up to `known`. */
  const containers: Container[] = [[root]];
  /** Of each, where its name stands if it is a member, and how many items or members stand before it. */
  const names: number[] = [0];
  const counts: number[] = [0];
  let level = 0;
  let known = 0;
  let count = 0;
  let name = 0;
  let nameEnd = 0;
  let escape = -1;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      name = at;
      at = nameEnd = stringEnd(text, at);
    } else if (code === comma) {
      count++;
      at++;
    } else if (code === colon) {
      at++;
    } else if (isDigit(code) || code === minus) {
      const start = at++;
      while (isDigit(text.charCodeAt(at))) at++;
      const whole = at;
      if (text.charCodeAt(at) === point)
        do at++;
        while (isDigit(text.charCodeAt(at)));
      if (isOfNumber(text.charCodeAt(at))) {
        at = numberEnd(text, at);
        if (survives(text.slice(start, at))) continue;
      } else if (isKept(text, start, whole, at)) continue;
      for (; known < level; known++) {
        const inner = memberOf(containers[known] ?? root, text, names[known + 1] ?? 0, counts[known + 1] ?? 0);
        if (typeof inner !== 'object' || inner === null || inner instanceof ExactNumber) return false;
        containers[known + 1] = inner;
      }
      const container = containers[level] ?? root;
      const number = new ExactNumber(literalAt(text, start, at));
      if (Array.isArray(container)) {
        container[count] = number;
      } else {
        if (escape < name) escape = text.indexOf('\\', name);
        // Looked for once, not for each name: the rest of the text may have none.
        if (escape < 0) escape = text.length;
        const isPlain = escape > nameEnd;
        setMember(container, isPlain ? text.slice(name + 1, nameEnd - 1) : stringAt(text, name), number);
      }
    } else {
      if (code === openBrace || code === openBracket) {
        level++;
        names[level] = name;
        counts[level] = count;
        count = 0;
      } else if (code === closeBrace || code === closeBracket) {
        if (known === level) {
          if (code === closeBrace && Object.keys(containers[level] ?? root).length !== count + 1) return false;
          known--;
        }
        count = counts[level] ?? 0;
        level--;
      }
      at++;
    }
  }
  return true;
}

/** Reads a text that is JSON without the engine: of members that are called alike the last one stays. */
function readEveryMember(text: string): JsonValue {
  const root: JsonValue[] = [];
  const outer: Container[] = [];
  let container: Container = root;
  let name = '';
  const put = (value: JsonValue): void => {
    if (Array.isArray(container)) container.push(value);
    else setMember(container, name, value);
  };
  for (let at = 0; at < text.length;) {
    const start = at++;
    const code = text.charCodeAt(start);
    if (code === quote) {
      at = stringEnd(text, start);
      const string = JSON.parse(text.slice(start, at)) as string;
      while (text.charCodeAt(at) <= space) at++;
      if (text.charCodeAt(at) === colon) name = string;
      else put(string);
    } else if (isDigit(code) || code === minus) {
      at = numberEnd(text, start);
      put(exactNumber(literalAt(text, start, at)));
    } else if (code === openBrace || code === openBracket) {
      const inner: Container = code === openBrace ? {} : [];
      put(inner);
      outer.push(container);
      container = inner;
    } else if (code === closeBrace || code === closeBracket) {
      container = outer.pop() ?? root;
    } else if (code > openBracket) {
      while (isLetter(text.charCodeAt(at))) at++;
      put(JSON.parse(text.slice(start, at)) as JsonValue);
    }
  }
  return root[0] ?? null;
}

/** Behind the string that begins at a place. */
function stringEnd(text: string, start: number): number {
  for (let close = text.indexOf('"', start + 1); ; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
}

/** The string that begins at a place. */
function stringAt(text: string, start: number): string {
  const end = stringEnd(text, start);
  const string = text.slice(start + 1, end - 1);
  return string.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : string;
}

/**
 * @param name where the member's name stands in the text, for an object
 * @param index of the item, for a list
 */
function memberOf(container: Container, text: string, name: number, index: number): JsonValue | undefined {
  if (Array.isArray(container)) return container[index];
  const member = stringAt(text, name);
  return Object.hasOwn(container, member) ? container[member] : undefined;
}

/** Behind the number at a place. */
function numberEnd(text: string, start: number): number {
  let end = start;
  while (isOfNumber(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Whether a JavaScript number gives a number of the text back that has no exponent; by its digits alone, where they tell.
 * @param whole where its whole part ends
 */
function isKept(text: string, start: number, whole: number, end: number): boolean {
  const first = text.charCodeAt(start) === minus ? start + 1 : start;
  const places = end - whole - 1;
  const endsWithZero = text.charCodeAt(end - 1) === zero;
  if (endsWithZero && (places > 0 || (first > start && end === first + 1))) return false;
  if (end - first <= safeDigits && places <= safePlaces) return true;
  return (endsWithZero || places > 0 || end - first <= mostDigits) && survives(text.slice(start, end));
}

/** A decimal of so few digits that does not end with a zero is the shortest of all that stand for its JavaScript number. */
const safeDigits = 15;

/** JavaScript writes no more digits of a number, but for zeros at the end of a whole one. */
const mostDigits = 17;

/** JavaScript writes smaller numbers with an exponent. */
const safePlaces = 6;

/** A number of the text. Put together from copies: V8 keeps a longer part of a text as a window on the whole of it. */
function literalAt(text: string, start: number, end: number): string {
  let literal = text.slice(start, Math.min(start + longestCopy, end));
  for (let at = start + longestCopy; at < end; at += longestCopy)
    literal += text.slice(at, Math.min(at + longestCopy, end));
  return literal;
}

/** V8's `SlicedString::kMinLength` is one more. */
const longestCopy = 12;

const isDigit = (code: number): boolean => code >= zero && code <= nine;

const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;

/** Whether it is a digit or one of `. e E + -`. */
const isOfNumber = (code: number): boolean =>
  isDigit(code) || code === point || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;

/** Sets a member, also one that is called `__proto__`. */
function setMember(object: JsonObject, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[name] = value;
  }
}

function syntaxError(error: unknown, text: string): JsonSyntaxError {
  const message = error instanceof Error ? error.message : '';
  const told = /position (\d+)/.exec(message)?.[1];
  const position = told === undefined ? undefined : Number(told);
  const endsEarly = /unexpected end|unterminated string|end of data/i.test(message) || position === text.length;
  return new JsonSyntaxError(position, endsEarly);
}
