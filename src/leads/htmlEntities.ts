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

/** A text with the characters in it that HTML writes by their names or numbers; what is none of these stays. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:(#\d{1,7})|#(x[\da-f]{1,6})|([a-z][a-z\d]{1,7}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return characters.get(name) ?? whole;
    const code = Number(typeof decimal === 'string' ? decimal.slice(1) : `0${String(hex)}`);
    if (code === 0 || code > 0x10ffff) return whole;
    return windows1252[code - 0x80] ?? String.fromCodePoint(code);
  });
}
