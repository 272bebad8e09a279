import { Cursor, unknownCode } from './cursor';
import type { Span } from './literals';

/** The longest start tag that is read, in UTF-16 units. */
const longestTag = 5_000;

/** What the server puts in becomes this, character by character: nobody knows what will stand there. */
const unknown = String.fromCharCode(unknownCode);

const php = /<\?[^]*?(?:\?>|$)/g;

/** What Django, Twig, Handlebars and the like put into a page. The brace of a template of JavaScript begins none. */
const templates =
  /\{\{--[^]*?--\}\}|(?<!\$)\{\{[^]{0,500}?\}\}|\{!![^\n\r]{0,500}?!!\}|\{%[^]{0,500}?%\}|\{#[^\n\r]{0,500}?#\}/g;

/** Directives of Blade; those without parentheses by their names, because Vue's attributes begin with the same sign. */
const directives =
  /(?<![^\s>;{}])@(?:[a-z]+ ?\((?:[^()]|\((?:[^()]|\([^()]{0,200}\)){0,200}\)){0,500}\)|(?:else|end[a-z]+|guest|auth|empty|default|break|csrf|verbatim|production|php|once)(?![\w.:-]*=|\w))/gi;

/** The types of scripts that are none; JavaScript has many: some wait for a person's consent, some run in a worker. */
const noScript = /json|template|tmpl|html|handlebars|mustache|importmap|speculationrules|shader/i;

/** The attributes whose texts are code: handlers of HTML, and what Vue, Svelte, Alpine, Angular and htmx have. */
const codeAttribute = /^(?:on|@|:|#|\(|\[|\*|v-|x-|hx-on|ng-|data-ng-)/i;

/** An attribute of a start tag, and where its value stands, without quotes or braces. */
interface Attribute {
  readonly name: string;
  readonly value: Span;
  /** Whether the value is code by its braces, as in Svelte. */
  readonly inBraces: boolean;
}

/** A page as its scripts see it: as long as the text, with what happens on the server left out. @param language VS Code's name */
export function withoutServerCode(text: string, language: string): string {
  const codes = { html: [templates], php: [php, templates, directives] }[language] ?? [];
  return codes.reduce((page, code) => page.replace(code, (found) => found.replace(/[^\n\r]/g, unknown)), text);
}

/**
 * Where JavaScript stands in a page: scripts, and the attributes that are code and hold one of these words. Comments, styles
 * and scripts of other types are left out.
 */
export function scriptsOf(page: string, words: RegExp): Span[] {
  const scripts: Span[] = [];
  const openings = /<!--|<(script|style)\b|<[a-z][\w:.-]*/gi;
  for (let found = openings.exec(page); found; found = openings.exec(page)) {
    const { 0: opening, 1: special, index } = found;
    if (opening === '<!--') {
      openings.lastIndex = endOf(page, '-->', index + 4);
      continue;
    }
    const { attributes, end: start } = readTag(page, openings.lastIndex);
    openings.lastIndex = start;
    if (special !== undefined) {
      const close = new RegExp(`</${special}`, 'gi');
      close.lastIndex = start;
      const end = close.exec(page)?.index ?? page.length;
      openings.lastIndex = end;
      const type = attributes.find(({ name }) => name.toLowerCase() === 'type')?.value;
      const isJavaScript = !type || !noScript.test(page.slice(type.start, type.end));
      if (special.toLowerCase() === 'script' && isJavaScript) scripts.push({ start, end });
    } else {
      const codes = attributes.filter((attribute) => isCode(page, attribute)).map(({ value }) => value);
      scripts.push(...codes.filter(({ start, end }) => words.test(page.slice(start, end))));
    }
  }
  return scripts;
}

function isCode(page: string, { name, value, inBraces }: Attribute): boolean {
  return inBraces || codeAttribute.test(name) || /^\s*javascript:/i.test(page.slice(value.start, value.start + 40));
}

/** Reads the attributes of a start tag, as HTML has them and with values in braces. @param start behind its name */
function readTag(page: string, start: number): { attributes: readonly Attribute[]; end: number } {
  const last = Math.min(page.length, start + longestTag);
  const attributes: Attribute[] = [];
  /** Where the next character is that one of these is. */
  const next = (characters: RegExp, from: number): number => {
    let at = from;
    while (at < last && !characters.test(page.charAt(at))) at++;
    return at;
  };
  let at = start;
  while (at < last) {
    const character = page.charAt(at);
    if (character === '>') return { attributes, end: at + 1 };
    if (/[\s/="'\0]/.test(character)) {
      at++;
      continue;
    }
    // Svelte's `{...rest}` has no name.
    const nameEnd = character === '{' ? at : next(/[\s=>/\0]/, at);
    const name = page.slice(at, nameEnd);
    const sign = next(/\S/, nameEnd);
    if (page.charAt(sign) !== '=' && name !== '') {
      attributes.push({ name, value: { start: nameEnd, end: nameEnd }, inBraces: false });
      at = nameEnd;
      continue;
    }
    const valueAt = name === '' ? at : next(/\S/, sign + 1);
    const opening = page.charAt(valueAt);
    const inBraces = opening === '{';
    if (inBraces || opening === '"' || opening === "'") {
      const end = Math.min(last, inBraces ? bracesEnd(page, valueAt, last) : endOf(page, opening, valueAt + 1));
      attributes.push({ name, value: { start: valueAt + 1, end: Math.max(valueAt + 1, end - 1) }, inBraces });
      at = end;
    } else {
      at = next(/[\s>]/, valueAt);
      attributes.push({ name, value: { start: valueAt, end: at }, inBraces });
    }
  }
  return { attributes, end: last };
}

/** Where the braces end that begin here: texts and other braces may stand in them. */
function bracesEnd(page: string, start: number, last: number): number {
  const cursor = new Cursor(page, start, last);
  do cursor.step();
  while (cursor.open.length > 0 && !cursor.atEnd);
  return cursor.at;
}

function endOf(page: string, closing: string, from: number): number {
  const at = page.indexOf(closing, from);
  return at < 0 ? page.length : at + closing.length;
}
