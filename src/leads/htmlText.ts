/** Elements whose content is no text. */
const skipped = new Set(['script', 'style', 'template', 'iframe']);

/** Elements that begin a line of their own. */
const blocks = new Set(
  // eslint-disable-next-line no-restricted-syntax -- names of elements
  'p div br li tr ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer'.split(' '),
);

/**
 * Elements that stand inside a line. Where none of these and none of those above is, nothing is HTML: `<hot>` is a word.
 * Where one is, whatever has the form of a tag is one: no browser would show it.
 */
const inline = new Set(
  // eslint-disable-next-line no-restricted-syntax -- names of elements
  'a abbr b bdi bdo center cite code del em font i img ins kbd mark q s small span strike strong sub sup tbody td tfoot th thead tt u var wbr'.split(
    ' ',
  ),
);

/** Elements people write about: one of them makes a text HTML only where it ends as well. */
const writtenAbout = new Set([...skipped, 'html', 'head', 'title', 'body', 'noscript', 'object', 'textarea']);

/** The characters of Latin-1 from U+00A0 on, by their names in HTML. */
const latin1 =
  // eslint-disable-next-line no-restricted-syntax -- names of characters
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** What people write with, each character before its names. */
const others =
  // eslint-disable-next-line no-restricted-syntax -- characters and their names
  '&amp &AMP <lt <LT >gt >GT "quot "QUOT \'apos ©COPY ®REG –ndash —mdash ‘lsquo ’rsquo ‚sbquo “ldquo ”rdquo „bdquo ‹lsaquo ›rsaquo …hellip •bull †dagger ‡Dagger ‰permil ′prime ″Prime €euro ™trade №numero −minus ≈asymp ≠ne ≤le ≥ge ∞infin √radic ←larr ↑uarr →rarr ↓darr ↔harr ⇒rArr ✓check ★starf ♥hearts';

/** Blanks and what is not seen, by code. */
const unseen = { ensp: 0x2002, emsp: 0x2003, thinsp: 0x2009, zwnj: 0x200c, zwj: 0x200d, lrm: 0x200e, rlm: 0x200f };

const characters: ReadonlyMap<string, string> = new Map([
  ...latin1.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...others.split(' ').map((one) => [one.slice(1), one.slice(0, 1)] as const),
  ...Object.entries(unseen).map(([name, code]) => [name, String.fromCodePoint(code)] as const),
  ['nbsp', ' '],
]);

/** What a browser takes the numbers 128 to 159 for: the characters of Windows-1252, where it has one. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What a tag or a comment begins with. */
const beginning = /<!--|<(\/?)([a-z][a-z0-9]{0,20})(?=[\s/>])/gi;

/** A tag of HTML, or what shows nothing: a comment, an element whose content is no text. */
interface Tag {
  readonly start: number;
  /** Behind it. */
  readonly end: number;
  /** In lower case; empty for what shows nothing. */
  readonly name: string;
  readonly isClosing: boolean;
}

/**
 * What a person reads of a text that may be HTML, such as the messages of a conversation (API.md, section 7): without
 * tags, with a line for each paragraph. It makes text of text: nothing is parsed as HTML by a browser, before or after.
 * What is left open hides nothing of what follows.
 * @returns the text itself where nothing in it is HTML
 */
export function htmlText(html: string): string {
  const tags = [...tagsIn(html)];
  if (!isHtml(html, tags)) return withoutEntities(html);
  // Where no tag says what is a line, somebody may have written the lines as they are.
  const isLined = tags.some(({ name }) => blocks.has(name));
  let text = '';
  let at = 0;
  let preformatted = 0;
  const read = (to?: number): void => {
    const part = withoutEntities(html.slice(at, to));
    text += isLined && preformatted === 0 ? part.replaceAll('\n', ' ') : part;
  };
  for (const { start, end, name, isClosing } of tags) {
    read(start);
    if (blocks.has(name)) text += name === 'li' && !isClosing ? '\n• ' : '\n';
    else if (name === 'td' || name === 'th') text += ' ';
    if (name === 'pre') preformatted = Math.max(0, preformatted + (isClosing ? -1 : 1));
    at = end;
  }
  read();
  return tidy(text);
}

function isHtml(text: string, tags: readonly Tag[]): boolean {
  const opened = new Set<string>();
  for (const tag of tags) {
    const { name, isClosing } = tag;
    if (name === '' || ((blocks.has(name) || inline.has(name)) && isWrittenAsTag(text, tag))) return true;
    if (isClosing && opened.has(name)) return true;
    if (!isClosing && writtenAbout.has(name)) opened.add(name);
  }
  return false;
}

/** Whether there is nothing beside the name of the element, or attributes with values: `a<b and c>d` has no tag. */
function isWrittenAsTag(text: string, { start, end, name, isClosing }: Tag): boolean {
  const rest = text.slice(start + 1 + name.length, end - 1);
  return isClosing || /^[\s/]*$/.test(rest) || /[\s/"'][a-z][\w:-]*\s*=\s*[^\s=]/i.test(rest);
}

/** The tags of a text and what shows nothing, in their order; a comment without its end is none. */
function* tagsIn(html: string): Generator<Tag, void> {
  const endings = new Endings(html);
  let at = 0;
  // A tag whose quotation marks are no pairs goes as far as one without any, and so do those that stand inside of it.
  let unpairedTo = 0;
  for (const { 0: whole, 1: slash, 2: named = '', index: start } of html.matchAll(beginning)) {
    if (start < at) continue;
    if (whole === '<!--') {
      const end = endings.behind('-->', start);
      if (end === undefined) continue;
      at = end;
      yield { start, end, name: '', isClosing: false };
      continue;
    }
    const from = start + whole.length;
    const stop = start < unpairedTo ? undefined : tagStop(html, from);
    const isPaired = stop !== undefined && html[stop] === '>';
    if (stop !== undefined && !isPaired) unpairedTo = stop;
    const end = isPaired ? stop + 1 : plainTagEnd(html, from);
    if (end === undefined) continue;
    const name = named.toLowerCase();
    const isClosing = slash === '/';
    const hidden = skipped.has(name) && !isClosing ? endings.behind(`</${name}(?=[\\s/>])[^<>]*>`, end) : undefined;
    at = hidden ?? end;
    yield { start, end: at, name: hidden === undefined ? name : '', isClosing };
  }
}

/** Where a tag ends, or whatever it cannot go on with: outside of the quoted values of its attributes. */
function tagStop(html: string, from: number): number {
  let isValue = false;
  let at = from;
  for (; at < html.length; at++) {
    const character = html[at] ?? '';
    if (character === '<' || character === '>') break;
    if (isValue && (character === '"' || character === "'")) {
      const closing = html.indexOf(character, at + 1);
      if (closing >= 0) at = closing;
    }
    isValue = character === '=' || (isValue && character.trim() === '');
  }
  return at;
}

function plainTagEnd(html: string, from: number): number | undefined {
  const rest = /[^<>]*/y;
  rest.lastIndex = from;
  rest.test(html);
  return html[rest.lastIndex] === '>' ? rest.lastIndex + 1 : undefined;
}

/** Finds endings in a text, and looks in vain for each only once: however many there are to look for, it takes one reading. */
class Endings {
  private readonly missing = new Set<string>();

  constructor(private readonly html: string) {}

  /**
   * The place behind the next match; undefined where there is none.
   * @param pattern of a regular expression, without case
   * @param from not before those of earlier calls
   */
  behind(pattern: string, from: number): number | undefined {
    if (this.missing.has(pattern)) return undefined;
    const search = new RegExp(pattern, 'gi');
    search.lastIndex = from;
    if (search.test(this.html)) return search.lastIndex;
    this.missing.add(pattern);
    return undefined;
  }
}

/** A text with the characters in it that HTML writes by their names or numbers; what is none of these stays. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:(#\d{1,7})|#(x[\da-f]{1,6})|([a-z][a-z\d]{1,7}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return characters.get(name) ?? whole;
    const code = Number(typeof decimal === 'string' ? decimal.slice(1) : `0${String(hex)}`);
    if (code === 0 || code > 0x10ffff) return whole;
    return windows1252[code - 0x80] ?? String.fromCodePoint(code);
  });
}

/** As a browser would: blanks are one, and no more than one empty line stands between two paragraphs. */
function tidy(text: string): string {
  return text
    .replace(/[ \t\r\f\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
