/** Elements whose content is no text. */
const skipped = new Set(['script', 'style', 'head', 'title', 'template', 'iframe', 'noscript', 'object', 'textarea']);

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
  'a abbr b bdi bdo body center cite code del em font html i img ins kbd mark q s small span strike strong sub sup tbody td tfoot th thead tt u var wbr'.split(
    ' ',
  ),
);

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

const tag = /<!--|<(\/?)([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>/gi;

/**
 * What a person reads of a text that may be HTML, such as the messages of a conversation (API.md, section 7): without
 * tags, with a line for each paragraph. It makes text of text: nothing is parsed as HTML by a browser, before or after.
 * @returns the text itself where nothing in it is HTML
 */
export function htmlText(html: string): string {
  if (!isHtml(html)) return decoded(html);
  let text = '';
  let at = 0;
  for (const found of html.matchAll(tag)) {
    if (found.index < at) continue;
    const [whole, slash, named = ''] = found;
    const name = named.toLowerCase();
    const end = whole === '<!--' ? endOf(html, '-->', found.index) : found.index + whole.length;
    text += html.slice(at, found.index);
    if (blocks.has(name)) text += name === 'li' && slash === '' ? '\n• ' : '\n';
    else if (name === 'td' || name === 'th') text += ' ';
    at = skipped.has(name) && slash === '' ? endOf(html, `</${name}>`, end) : end;
  }
  return tidy(decoded(text + html.slice(at)));
}

function isHtml(text: string): boolean {
  for (const [whole, , named = ''] of text.matchAll(tag)) {
    const name = named.toLowerCase();
    if (whole === '<!--' || blocks.has(name) || inline.has(name) || skipped.has(name)) return true;
  }
  return false;
}

/** Where something ends that ends with this; the whole text where it does not. */
function endOf(html: string, closing: string, from: number): number {
  const search = new RegExp(closing, 'gi');
  search.lastIndex = from;
  return search.exec(html) ? search.lastIndex : html.length;
}

function decoded(text: string): string {
  return text.replace(/&(?:(#\d{1,7})|#(x[\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities.get(name.toLowerCase()) ?? whole;
    const code = Number(typeof decimal === 'string' ? decimal.slice(1) : `0${String(hex)}`);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
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
