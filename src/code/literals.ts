import { type Cursor, isNameCode, textEnd, unknownCode } from './cursor';

/** A piece of a text, from `start` up to `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value as far as the source alone says it. */
export type Literal = Span &
  (
    | { readonly kind: 'text'; readonly value: string; readonly quote: string }
    | { readonly kind: 'list'; readonly items: readonly Literal[] }
    | { readonly kind: 'object'; readonly members: readonly Member[] }
    /** Anything that is not written there: a variable, a call, a number. */
    | { readonly kind: 'other' }
  );

/** A member of an object: its name, and its value where one stands there. */
export interface Member {
  readonly name: Name;
  readonly value: Literal | undefined;
}

/** A name with its place, the quotes included. */
export interface Name extends Span {
  readonly text: string;
  /** What it stands in: `'`, `"` or a backtick; empty for a bare name. */
  readonly quote: string;
}

/** How deep values are read: a list of objects whose values are lists. */
const deepest = 4;

/** Reads the value at which the cursor stands, and passes it, up to the comma or closing behind. */
export function readLiteral(cursor: Cursor, depth = 0): Literal {
  cursor.passBlanks();
  const start = cursor.at;
  const known = depth > deepest ? undefined : readKnown(cursor, depth);
  const { at: end, text } = cursor;
  cursor.passBlanks();
  // A text that ends with its line is being typed.
  const isTyped = known?.kind === 'text' && (end - start < 2 || text.charAt(end - 1) !== known.quote);
  const isWhole =
    isTyped || cursor.atEnd || /^(?:[,)\]}]|as\b|satisfies\b)/.test(text.slice(cursor.at, cursor.at + 10));
  cursor.passExpression();
  return known && isWhole ? { ...known, start, end } : { kind: 'other', start, end: cursor.at };
}

type WithoutSpan<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;

function readKnown(cursor: Cursor, depth: number): WithoutSpan<Literal> | undefined {
  switch (cursor.text.charAt(cursor.at)) {
    case '"':
    case "'":
    case '`': {
      const name = readQuoted(cursor);
      return name && { kind: 'text', value: name.text, quote: name.quote };
    }
    case '[':
      return { kind: 'list', items: readItems(cursor, ']', () => readLiteral(cursor, depth + 1)) };
    case '{':
      return { kind: 'object', members: readItems(cursor, '}', () => readMember(cursor, depth + 1)) };
    default:
      return undefined;
  }
}

/** Reads what stands between commas, up to the closing, and passes that. */
function readItems<Item>(cursor: Cursor, closing: string, read: () => Item | undefined): Item[] {
  const items: Item[] = [];
  cursor.at++;
  while (!cursor.atEnd) {
    cursor.passBlanks();
    const character = cursor.text.charAt(cursor.at);
    if (character === closing) {
      cursor.at++;
      break;
    }
    if (character === ',') cursor.at++;
    // Another closing than its own: the code is being typed.
    else if (')]}'.includes(character)) break;
    else {
      const item = read();
      if (item !== undefined) items.push(item);
    }
  }
  return items;
}

function readMember(cursor: Cursor, depth: number): Member | undefined {
  const name = readName(cursor);
  cursor.passBlanks();
  if (name && cursor.text.charAt(cursor.at) === ':') {
    cursor.at++;
    return { name, value: readLiteral(cursor, depth) };
  }
  const isMember =
    name &&
    (cursor.atEnd ||
      ',}'.includes(cursor.text.charAt(cursor.at)) ||
      /[\n\r]/.test(cursor.text.slice(name.end, cursor.at)));
  // A bare word that another line follows is being typed.
  if (!isMember || cursor.atEnd || ',}'.includes(cursor.text.charAt(cursor.at))) cursor.passExpression();
  return isMember ? { name, value: undefined } : undefined;
}

function readName(cursor: Cursor): Name | undefined {
  const quoted = readQuoted(cursor);
  if (quoted) return quoted;
  const start = cursor.at;
  let end = start;
  while (end < cursor.end && isNameCode(cursor.text.charCodeAt(end))) end++;
  if (end === start) return undefined;
  cursor.at = end;
  // Another language may put in the rest of the name.
  if ([start - 1, end].some((at) => cursor.text.charCodeAt(at) === unknownCode)) return undefined;
  return { text: cursor.text.slice(start, end), start, end, quote: '' };
}

/** Reads a text in quotes; undefined for none, and for a template with something put in. */
function readQuoted(cursor: Cursor): Name | undefined {
  const { text, at: start, end: last } = cursor;
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const depth = cursor.open.length;
  if (quote === '`') cursor.step();
  else cursor.at = textEnd(text, start, last);
  if (cursor.open.length > depth) {
    while (cursor.open.length > depth && !cursor.atEnd) cursor.step();
    return undefined;
  }
  const end = cursor.at;
  const isClosed = end - start > 1 && text.charAt(end - 1) === quote;
  const inner = text.slice(start + 1, isClosed ? end - 1 : end);
  // What another language puts in there (see markup.ts) is not known here.
  return inner.includes('\0') ? undefined : { text: unescaped(inner), start, end, quote };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' };

function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[^]))/g,
    (whole: string, point?: string, unit?: string, byte?: string, one?: string) => {
      const code = parseInt(point ?? unit ?? byte ?? '', 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      if (one === undefined) return whole;
      return /^[\r\n\u2028\u2029]/.test(one) ? '' : (escapes[one] ?? one);
    },
  );
}
