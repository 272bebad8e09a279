import type { Span } from './literals';

/** The longest start tag that is read, in UTF-16 units. */
const longestTag = 5_000;

/** What PHP puts in becomes this, character by character: nobody knows what will stand there. */
const unknown = '\0';

/** A page as its scripts see it: as long as the text, with what PHP does on the server left out. */
export function withoutPhp(text: string): string {
  return text.replace(/<\?[^]*?(?:\?>|$)/g, (code) => code.replace(/[^\n\r]/g, unknown));
}

/**
 * Where JavaScript stands in a page: scripts, and the tags and attributes that hold one of these words. Comments, styles and
 * scripts of other types are left out.
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
    const tag = { start: openings.lastIndex, end: tagEnd(page, openings.lastIndex) };
    openings.lastIndex = tag.end;
    const attributes = page.slice(tag.start, tag.end);
    if (special !== undefined) {
      const close = new RegExp(`</${special}`, 'gi');
      close.lastIndex = tag.end;
      const end = close.exec(page)?.index ?? page.length;
      openings.lastIndex = end;
      const isJavaScript = !/\btype\s*=\s*["']?[\w/]*\b(?:json|template|text\/html)/i.test(attributes);
      if (special.toLowerCase() === 'script' && isJavaScript) scripts.push({ start: tag.end, end });
    } else if (words.test(attributes)) scripts.push(...attributeScripts(attributes, tag.start, words));
  }
  return scripts;
}

/** What stands in quotes or in braces in a tag, and holds one of the words. */
function attributeScripts(attributes: string, offset: number, words: RegExp): Span[] {
  return [...attributes.matchAll(/=\s*(?:"([^"]*)"|'([^']*)'|(\{[^]*\}))/g)].flatMap(
    ({ 0: whole, 1: one, 2: other, 3: braces, index }) => {
      const script = one ?? other ?? braces ?? '';
      if (!words.test(script)) return [];
      const end = offset + index + whole.length - (braces === undefined ? 1 : 0);
      return [{ start: end - script.length, end }];
    },
  );
}

/** Where a start tag ends: texts and braces (`on:click={() => …}`) may hold its last character. */
function tagEnd(page: string, start: number): number {
  const last = Math.min(page.length, start + longestTag);
  let quote = '';
  let depth = 0;
  for (let at = start; at < last; at++) {
    const character = page.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth++;
    else if (character === '}') depth = Math.max(0, depth - 1);
    else if (character === '>' && depth === 0) return at + 1;
  }
  return last;
}

function endOf(page: string, closing: string, from: number): number {
  const at = page.indexOf(closing, from);
  return at < 0 ? page.length : at + closing.length;
}
