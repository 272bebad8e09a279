/** Letters after which a quote or a slash begins a text or a regular expression, not goes on with a word. */
const keywordBefore =
  /(?:^|[^\w$.])(?:return|case|typeof|in|of|instanceof|else|do|void|delete|new|throw|yield|await|default|import|from|extends|as|export)$/;

const [tab, lineFeed, carriageReturn, space] = [9, 10, 13, 32];
const [doubleQuote, dollar, singleQuote, star, slash, colon] = [34, 36, 39, 42, 47, 58];
const [less, greater, openBracket, backslash, closeBracket] = [60, 62, 91, 92, 93];
const [openParenthesis, closeParenthesis, backtick, openBrace, closeBrace] = [40, 41, 96, 123, 125];

/** After these a slash divides: a value has just ended. A brace may end one or not; a slash after it is mostly text of JSX. */
const valueEnds = new Set([closeParenthesis, closeBracket, closeBrace, doubleQuote, singleQuote, backtick]);

/** Whether a character may stand in a name. */
export function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === dollar ||
    code > 127
  );
}

function isBlankCode(code: number): boolean {
  return code === space || code === lineFeed || code === tab || code === carriageReturn;
}

/**
 * Moves through JavaScript piece by piece: over a text, a comment, a template, a regular expression, or one character. It
 * knows just enough to tell code from what is none, and bears everything: code being typed, JSX, types.
 */
export class Cursor {
  /** The openings that are not closed yet: where `(`, `[`, `{` and the `${` of templates stand, the innermost last. */
  readonly open: number[] = [];
  /** The last character of code that was passed, blanks and comments left out; 0 at the beginning. */
  private last = 0;

  /** @param end exclusive */
  constructor(
    readonly text: string,
    public at: number,
    readonly end: number,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  /** The character it stands at. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Where the innermost block begins: the place of its brace; -1 outside of all. */
  get block(): number {
    return this.open.findLast((at) => this.text.charCodeAt(at) === openBrace) ?? -1;
  }

  /** Passes the next piece. */
  step(): void {
    const code = this.code;
    switch (code) {
      case singleQuote:
      case doubleQuote:
        // The apostrophe of a word in the text of JSX.
        if (this.goesOnWord()) this.at++;
        else this.at = textEnd(this.text, this.at, this.end);
        this.last = code;
        return;
      case backtick:
        this.at++;
        this.passTemplate();
        return;
      case slash:
        this.passSlash();
        return;
      case openBrace:
      case openParenthesis:
      case openBracket:
        this.open.push(this.at);
        break;
      case closeBrace:
        if (this.close()) return;
        break;
      case closeParenthesis:
      case closeBracket: {
        const opening = this.text.charCodeAt(this.open.at(-1) ?? -1);
        if (opening === (code === closeBracket ? openBracket : openParenthesis)) this.open.pop();
        break;
      }
    }
    if (!isBlankCode(code)) this.last = code;
    this.at++;
  }

  /** Passes blanks and comments. */
  passBlanks(): void {
    while (!this.atEnd) {
      if (isBlankCode(this.code)) this.at++;
      else {
        const end = this.code === slash ? commentEnd(this.text, this.at, this.end) : undefined;
        if (end === undefined) return;
        this.at = end;
      }
    }
  }

  /** Passes the rest of an expression: it stands at the comma or closing that ends it, or at the end. */
  passExpression(): void {
    const depth = this.open.length;
    while (!this.atEnd) {
      const { code } = this;
      const closes = code === closeParenthesis || code === closeBracket || code === closeBrace;
      if (this.open.length <= depth && (closes || code === 44)) return;
      this.step();
    }
  }

  /** A closing brace. @returns whether it went on with a template */
  private close(): boolean {
    for (let at = this.open.pop(); at !== undefined; at = this.open.pop()) {
      const opening = this.text.charCodeAt(at);
      if (opening === openBrace) return false;
      if (opening !== dollar) continue;
      this.at++;
      this.passTemplate();
      return true;
    }
    return false;
  }

  /** Passes the text of a template, up to its end or to the next `${`. */
  private passTemplate(): void {
    this.last = backtick;
    for (; this.at < this.end; this.at++) {
      const { code } = this;
      if (code === backslash) this.at++;
      else if (code === backtick) {
        this.at++;
        return;
      } else if (code === dollar && this.text.charCodeAt(this.at + 1) === openBrace) {
        this.open.push(this.at);
        this.at += 2;
        this.last = openBrace;
        return;
      }
    }
    this.at = this.end;
  }

  private passSlash(): void {
    const comment = commentEnd(this.text, this.at, this.end);
    if (comment !== undefined) {
      this.at = comment;
      return;
    }
    const expression = this.mayBeginExpression() ? expressionEnd(this.text, this.at, this.end) : undefined;
    this.at = expression ?? this.at + 1;
    this.last = slash;
  }

  /** Whether a regular expression may begin here; neither `</p>` nor `/>` is one. */
  private mayBeginExpression(): boolean {
    if (valueEnds.has(this.last) || this.last === less || this.text.charCodeAt(this.at + 1) === greater) return false;
    return !isNameCode(this.last) || keywordBefore.test(this.wordsBefore().trimEnd());
  }

  private goesOnWord(): boolean {
    return isNameCode(this.text.charCodeAt(this.at - 1)) && !keywordBefore.test(this.wordsBefore());
  }

  private wordsBefore(): string {
    return this.text.slice(Math.max(0, this.at - 20), this.at);
  }
}

/** Where a text in quotes ends, its quote included; at the latest with its line. */
export function textEnd(text: string, start: number, end: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash)
      at += text.charCodeAt(at + 1) === carriageReturn && text.charCodeAt(at + 2) === lineFeed ? 2 : 1;
    else if (code === lineFeed || code === carriageReturn) return at;
  }
  return end;
}

/** Where the comment that begins here ends; undefined when none does. The slashes of an address in the text of JSX are none. */
function commentEnd(text: string, start: number, end: number): number | undefined {
  const next = text.charCodeAt(start + 1);
  if (next === star) {
    const close = text.indexOf('*/', start + 2);
    return close < 0 || close + 2 > end ? end : close + 2;
  }
  if (next !== slash) return undefined;
  if (text.charCodeAt(start - 1) === colon && /https?:$/.test(text.slice(Math.max(0, start - 6), start)))
    return undefined;
  const line = text.indexOf('\n', start);
  return line < 0 || line > end ? end : line;
}

/** Where the regular expression that begins here ends; undefined when it does not end on its line. */
function expressionEnd(text: string, start: number, end: number): number | undefined {
  let inClass = false;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return undefined;
    if (code === backslash) at++;
    else if (code === openBracket) inClass = true;
    else if (code === closeBracket) inClass = false;
    else if (code === slash && !inClass) return at + 1;
  }
  return undefined;
}
