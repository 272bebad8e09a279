/** Letters after which a quote or a slash begins a text or a regular expression, not goes on with a word. */
const keywordBefore =
  /(?:^|[^\w$.])(?:return|case|typeof|in|of|instanceof|else|do|void|delete|new|throw|yield|await|default|import|from|extends|as|export)$/;

const [tab, lineFeed, carriageReturn, space] = [9, 10, 13, 32];
const [doubleQuote, dollar, singleQuote, star, slash, colon] = [34, 36, 39, 42, 47, 58];
const [less, greater, openBracket, backslash, closeBracket] = [60, 62, 91, 92, 93];
const [openParenthesis, closeParenthesis, backtick, openBrace, closeBrace] = [40, 41, 96, 123, 125];
const [exclamation, plus, comma, minus, semicolon, equals] = [33, 43, 44, 45, 59, 61];

/** What another language puts into a page (see markup.ts): a value that nobody knows. */
export const unknownCode = 0;

/** After these a slash divides: a value has just ended. A brace may end one or not; a slash after it is mostly text of JSX. */
const valueEnds = new Set([
  unknownCode,
  ...[closeParenthesis, closeBracket, closeBrace, doubleQuote, singleQuote, backtick],
]);

/** What stands before the parenthesis of a head: no value ends behind it, but the statement that it is of follows. */
const headBefore = /\b(?:if|for|while|with|await)\s*$/;

/** What ends with its line. */
const endsWithLine = /(?:^|[^\w$.])(?:return|yield|break|continue)$/;

/** What begins the statements of a `switch` that may run in place of those before. */
const label = /(?:case\b|default\s*:)/y;

/** What may stand before a call that is a statement: `await window.`, `(window as any).` */
const prefix = /^(?:(?:await|void)\s+)?(?:(?:[\w$]+|\([\w$]+(?:\s+as\s+[\w$.]+)?\))\s*[!?]?\.\s*)*$/;

/** What stands before the slashes of an address in the text of JSX. */
const scheme = /\b(?:https?|wss?|ftps?|file|ssh|git):$/;

/** So many slashes of a line that begin no regular expression, and no other one does: each is looked for up to its end. */
const mostSlashes = 20;

/** The longest that is looked at, in UTF-16 units. */
const longestPrefix = 200;

/** Of ASCII, which characters may stand in a name: 1 for those. A table, because each character is looked up. */
const nameCodes = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\w$]/.test(String.fromCharCode(code))));

/** Whether a character may stand in a name. */
export function isNameCode(code: number): boolean {
  return code > 127 || nameCodes[code] === 1;
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
  /** Where the statements begin that follow each other here, as in `block`; those around them before. */
  private readonly blocks: number[] = [-1];
  /** How many brackets are open around the `case` whose colon has not come; -1 where there is none. */
  private labelDepth = -1;
  /** Where the statement begins that it stands in, where it begins with a word. */
  private statement: number;
  /** The last character of code that was passed, blanks and comments left out; at the beginning as if a brace were before. */
  private last = openBrace;
  private lastAt: number;
  /** Where the parentheses began that were closed last. */
  private parentheses = 0;
  /** False once it is known that no more comment, or template, ends. */
  private readonly ends = { comment: true, template: true };
  /** Where the line ends in which slashes began no regular expression, and how many they were. */
  private slashes = { lineEnd: 0, count: 0 };

  /** @param end exclusive */
  constructor(
    readonly text: string,
    public at: number,
    readonly end: number,
  ) {
    this.statement = at;
    this.lastAt = at - 1;
  }

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  /** The character it stands at. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  /**
   * Where the statements begin that follow each other here: the place of the brace of the innermost block, or of the last
   * `case` in it, or of what another language put in, an `if` perhaps; -1 outside of all.
   */
  get block(): number {
    return this.blocks.at(-1) ?? -1;
  }

  private set block(at: number) {
    this.blocks[this.blocks.length - 1] = at;
  }

  /** Whether a call here is a statement of its block, and not a part of one that may or may not call it. */
  isStatement(): boolean {
    this.lookAtWord();
    return this.at - this.statement <= longestPrefix && prefix.test(this.text.slice(this.statement, this.at));
  }

  /** Passes the next piece. */
  step(): void {
    const { text, code } = this;
    if (isBlankCode(code)) {
      this.at++;
      return;
    }
    if (isNameCode(code)) {
      this.lookAtWord();
      // The rest of the word at once.
      let end = this.at + 1;
      while (end < this.end && isNameCode(text.charCodeAt(end))) end++;
      this.pass(text.charCodeAt(end - 1), end);
      return;
    }
    switch (code) {
      case unknownCode:
        this.lookAtWord();
        break;
      case singleQuote:
      case doubleQuote:
        // The apostrophe of a word in the text of JSX.
        this.pass(code, this.goesOnWord() ? this.at + 1 : textEnd(this.text, this.at, this.end, this.isAttribute()));
        return;
      case backtick:
        this.passTemplate(this.at + 1);
        return;
      case slash:
        this.passSlash();
        return;
      case openBrace:
        this.blocks.push(this.at);
        this.open.push(this.at);
        break;
      case openParenthesis:
        // Only behind what has ended for sure: without a semicolon a line goes on with it.
        if (this.isBehindStatement()) this.statement = this.at;
        this.open.push(this.at);
        break;
      case openBracket:
        this.open.push(this.at);
        break;
      case colon:
        if (this.open.length !== this.labelDepth) break;
        // Behind a label a statement begins.
        this.labelDepth = -1;
        this.pass(semicolon, this.at + 1);
        return;
      case closeBrace:
        if (this.close()) return;
        break;
      case closeParenthesis:
      case closeBracket: {
        const opening = this.text.charCodeAt(this.open.at(-1) ?? -1);
        if (opening !== (code === closeBracket ? openBracket : openParenthesis)) break;
        this.parentheses = this.open.pop() ?? 0;
        break;
      }
    }
    this.pass(code, this.at + 1);
  }

  /** Passes blanks, comments, and what another language puts in. */
  passBlanks(): void {
    while (!this.atEnd) {
      if (isBlankCode(this.code) || this.code === unknownCode) this.at++;
      else {
        const end = this.code === slash ? this.commentEnd() : undefined;
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
      if (this.open.length <= depth && (closes || code === comma)) return;
      this.step();
    }
  }

  private pass(code: number, to: number): void {
    this.at = to;
    this.last = code;
    this.lastAt = to - 1;
  }

  /** Where a word begins, a statement does too if what is before has ended, with a line at least. */
  private lookAtWord(): void {
    const { at, text } = this;
    const isBehindStatement = this.isBehindStatement();
    if (!isBehindStatement && !lineEndsIn(text, this.lastAt + 1, at)) return;
    const isStart = isBehindStatement || this.mayEndStatement();
    const isInserted = this.code === unknownCode;
    label.lastIndex = at;
    const isLabel = this.blocks.length > 1 && label.test(text);
    if (isLabel) this.labelDepth = this.open.length;
    if (isLabel || (isStart && isInserted)) this.block = at;
    if (isStart || isLabel) this.statement = at;
  }

  private isBehindStatement(): boolean {
    return this.last === semicolon || this.last === openBrace || this.last === closeBrace;
  }

  /** Whether a statement may have ended with its line. */
  private mayEndStatement(): boolean {
    const { last, lastAt, text } = this;
    const before = text.charCodeAt(lastAt - 1);
    if (isNameCode(last)) {
      const words = text.slice(Math.max(0, lastAt - 20), lastAt + 1);
      return !keywordBefore.test(words) || endsWithLine.test(words);
    }
    if (last === plus || last === minus) return before === last;
    // TypeScript's `a!`.
    if (last === exclamation) return isNameCode(before) || before === closeParenthesis || before === closeBracket;
    if (last !== closeParenthesis) return valueEnds.has(last) && last !== unknownCode;
    return !headBefore.test(text.slice(Math.max(0, this.parentheses - 20), this.parentheses));
  }

  /** A closing brace. @returns whether it went on with a template */
  private close(): boolean {
    for (let at = this.open.pop(); at !== undefined; at = this.open.pop()) {
      const opening = this.text.charCodeAt(at);
      if (opening === openBrace) {
        this.blocks.pop();
        return false;
      }
      if (opening !== dollar) continue;
      this.passTemplate(this.at + 1);
      return true;
    }
    return false;
  }

  /** Passes the text of a template, up to its end or to the next `${`. One that does not end is a backtick in a text of JSX. */
  private passTemplate(start: number): void {
    for (let at = start; at < this.end && this.ends.template; at++) {
      const code = this.text.charCodeAt(at);
      if (code === backslash) at++;
      else if (code === backtick) {
        this.pass(backtick, at + 1);
        return;
      } else if (code === dollar && this.text.charCodeAt(at + 1) === openBrace) {
        this.open.push(at);
        // As behind a parenthesis: what stands there is an expression.
        this.pass(openParenthesis, at + 2);
        return;
      }
    }
    this.ends.template = false;
    this.pass(backtick, start);
  }

  private passSlash(): void {
    const comment = this.commentEnd();
    if (comment !== undefined) {
      this.at = comment;
      return;
    }
    const expression = this.mayBeginExpression() ? this.expressionEnd() : undefined;
    // A regular expression is a value, as a text is.
    if (expression === undefined) this.pass(slash, this.at + 1);
    else this.pass(doubleQuote, expression);
  }

  /** Where the regular expression that begins here ends; undefined when it does not end on its line. */
  private expressionEnd(): number | undefined {
    const { text, at, end, slashes } = this;
    const isSameLine = at < slashes.lineEnd;
    if (isSameLine && slashes.count > mostSlashes) return undefined;
    const found = expressionEnd(text, at, end);
    if (found.isEnd) return found.at;
    this.slashes = { lineEnd: found.at, count: isSameLine ? slashes.count + 1 : 1 };
    return undefined;
  }

  /**
   * Where the comment that begins here ends; undefined when none does, and when it has no end. The slashes of an address in
   * the text of JSX are none.
   */
  private commentEnd(): number | undefined {
    const { text, at, end } = this;
    const next = text.charCodeAt(at + 1);
    if (next === star) {
      const close = this.ends.comment ? text.slice(at + 2, end).indexOf('*/') : -1;
      this.ends.comment = close >= 0;
      return close < 0 ? undefined : at + close + 4;
    }
    if (next !== slash) return undefined;
    if (text.charCodeAt(at - 1) === colon && scheme.test(text.slice(Math.max(0, at - 7), at))) return undefined;
    const line = text.slice(at, end).indexOf('\n');
    return line < 0 ? end : at + line;
  }

  /** Whether a regular expression may begin here; neither `</p>` nor `/>` is one. */
  private mayBeginExpression(): boolean {
    if (valueEnds.has(this.last) || this.last === less || this.text.charCodeAt(this.at + 1) === greater) return false;
    // `i++ / 2`
    const isStep = this.last === plus || this.last === minus;
    if (isStep && this.text.charCodeAt(this.lastAt - 1) === this.last) return false;
    return !isNameCode(this.last) || keywordBefore.test(this.wordsBefore().trimEnd());
  }

  /** Whether a quote is an apostrophe in the text of JSX: `it's`, `{name}'s`, `</b>'s`. */
  private goesOnWord(): boolean {
    const { text, at } = this;
    const before = text.charCodeAt(at - 1);
    if (isNameCode(before)) return !keywordBefore.test(this.wordsBefore());
    const isBehindJsx = before === closeBrace || (before === greater && at > 1 && text.charCodeAt(at - 2) !== equals);
    return isBehindJsx && /^\p{L}/u.test(text.slice(at + 1, at + 3));
  }

  /** Whether a text is the value of an attribute of JSX, which may go on over lines. */
  private isAttribute(): boolean {
    return this.text.charCodeAt(this.at - 1) === equals && isNameCode(this.text.charCodeAt(this.at - 2));
  }

  private wordsBefore(): string {
    return this.text.slice(Math.max(0, this.at - 20), this.at);
  }
}

/** Whether a line ends between two places. */
function lineEndsIn(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return true;
  }
  return false;
}

/** The longest value of an attribute that goes on over lines, in UTF-16 units. */
const longestAttribute = 2_000;

/**
 * Where a text in quotes ends, its quote included; at the latest with its line.
 * @param overLines whether it may go on over lines, where it ends
 */
export function textEnd(text: string, start: number, end: number, overLines = false): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash)
      at += text.charCodeAt(at + 1) === carriageReturn && text.charCodeAt(at + 2) === lineFeed ? 2 : 1;
    else if (code === lineFeed || code === carriageReturn) {
      const close = overLines ? text.slice(at, Math.min(end, at + longestAttribute)).indexOf(text.charAt(start)) : -1;
      return close < 0 ? at : at + close + 1;
    }
  }
  return end;
}

/** Where the regular expression that begins here ends, or its line does, without an end. */
function expressionEnd(text: string, start: number, end: number): { readonly isEnd: boolean; readonly at: number } {
  let inClass = false;
  let hasTag = false;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return { isEnd: false, at };
    if (code === backslash) at++;
    else if (code === openBracket) inClass = true;
    else if (code === closeBracket) inClass = false;
    else if (code === greater) hasTag = true;
    else if (code === slash && !inClass)
      // In the text of JSX the slash of an end tag: `<b>/ month</b>`.
      return { isEnd: !(hasTag && text.charCodeAt(at - 1) === less), at: at + 1 };
  }
  return { isEnd: false, at: end };
}
