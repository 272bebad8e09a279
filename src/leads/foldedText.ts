import { percentDecoded } from '../dashly/address';

/** A text in the form in which texts are compared, and where in the original each of its UTF-16 units comes from. */
interface FoldedText {
  readonly text: string;
  /** Left out while every unit is where it was. */
  readonly origins?: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

/** A part of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One character of UTF-8 as a URL has it. */
const percentEncoded =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi;
const singleQuotes = /[`\u00B4\u02B9\u02BC\u2018-\u201B\u2032\uFF07]/g;
const doubleQuotes = /[\u00AB\u00BB\u201C-\u201F\u2033\uFF02]/g;
/** What draws nothing, wherever it stands: a word with one inside looks like the word. And the frame of a keycap. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u20E3]+/gu;
/** The dots of a domain's name besides that of ASCII and those that NFKC makes one (RFC 3490, section 3.1). */
const ideographicStop = /\u3002/g;
/** What Unicode's normal forms change together: a character with its marks, a syllable of Hangul in parts. */
const composed = /[\u1100-\u11FF]+|[^\p{M}]\p{M}+|\p{M}+|[^\0-\x7F]/gu;
/** NFKC leaves those that are no other way to write a digit of ASCII. */
const otherDigit = /[^\P{Nd}0-9]/gu;
const minus = /\u2212/g;
/** Numbers in circles that NFKC leaves, in rows: the first and the last sign, and the number of the first. */
const circledRows = [
  ['\u24EB', '\u24F4', 11],
  ['\u24F5', '\u24FE', 1],
  ['\u24FF', '\u24FF', 0],
  ['\u2776', '\u277F', 1],
  ['\u2780', '\u2789', 1],
  ['\u278A', '\u2793', 1],
  ['\u{1F10B}', '\u{1F10B}', 0],
  ['\u{1F10C}', '\u{1F10C}', 0],
] as const;
const circledNumber = new RegExp(`[${circledRows.map(([first, last]) => `${first}-${last}`).join('')}]`, 'gu');

/** In this order: a URL may be part of another one, and a normal form takes an accent for a space with a mark. */
const steps: readonly (readonly [RegExp, (part: string) => string])[] = [
  [percentEncoded, percentDecoded],
  [percentEncoded, percentDecoded],
  [singleQuotes, () => "'"],
  [doubleQuotes, () => '"'],
  [unseen, () => ''],
  [composed, (part) => part.normalize('NFKC')],
  [ideographicStop, () => '.'],
  [otherDigit, asciiDigits],
  [circledNumber, circledValue],
  [minus, () => '-'],
];

/** What has to be looked for besides the forms that `normalize` finds itself. */
const foldedCharacter = new RegExp(
  [singleQuotes, doubleQuotes, unseen, ideographicStop, otherDigit, circledNumber, minus]
    .map(({ source }) => source)
    .join('|'),
  'u',
);

/** Small letters that become another one when they are written in capitals and back. */
const letterForms: Readonly<Record<string, string>> = { ı: 'i', ς: 'σ', ß: 'ss' };
/** Accents, and the points of Hebrew and Arabic: many leave them out. Those of other writings are letters themselves. */
const accentRange =
  '\\u0300-\\u036F\\u0591-\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F';
const accents = new RegExp(`(?=\\p{M})[${accentRange}]`, 'gu');
/** With accents that `normalize` could not make one character of. */
const accented = new RegExp(`[^][${accentRange}]+`, 'g');
/** What may have an accent: not ASCII, nor the letters of Russian that have none, nor those of East Asia. */
const accentedLetter = /[^\0-\x7F\u0430-\u0438\u043A-\u044F\u3000-\uDFFF]/g;

const looseSteps: typeof steps = [
  [/[ıςß]/g, (letter) => letterForms[letter] ?? letter],
  [accented, withoutAccents],
  [accentedLetter, withoutAccents],
];

/**
 * A text as it is compared: percent-decoded twice, without what draws nothing, in Unicode's form NFKC (wide and composed
 * characters, ligatures), with one kind of quotes, of dots, of digits and of the minus sign. Upper and lower case stay.
 */
export function foldedText(text: string): string {
  return fold(text)?.text ?? text;
}

/**
 * Replaces what is found in a text as it is compared, in the text as it stands. What overlaps is replaced as one: else the
 * rest of the second would stay.
 * @param find looks in the folded text
 * @param replacement for a part of the folded text
 */
export function replaceFolded(
  text: string,
  find: (folded: string) => Span[],
  replacement: (found: string) => string,
): string {
  const form = fold(text) ?? { text };
  const folded = form.text;
  const spans = find(folded);
  if (spans.length === 0) return text;
  spans.sort((one, other) => one.start - other.start || other.end - one.end);
  let result = '';
  let done = 0;
  for (let index = 0; index < spans.length;) {
    const start = spans[index]?.start ?? 0;
    let end = start;
    for (let span = spans[index]; span && (span.start < end || span.start === start); span = spans[++index]) {
      end = Math.max(end, span.end);
    }
    const replaced = original(form, { start, end });
    result += text.slice(done, replaced.start) + replacement(folded.slice(start, end));
    done = replaced.end;
  }
  return result + text.slice(done);
}

/**
 * A folded text without the differences that people make in writing a name: in lower case, without accents, with one
 * Turkish i, `ss` for a sharp s.
 */
export class LooseText {
  readonly text: string;
  private readonly form: FoldedText;

  /** @param folded in the form of `foldedText` */
  constructor(folded: string) {
    // Only the capital I with a dot is longer in lower case.
    const lower = stepped({ text: folded }, folded.includes('İ') ? [[/İ/g, () => 'i']] : []);
    const form = { ...lower, text: lower.text.toLowerCase() };
    this.form = /^[\0-\x7F]*$/.test(form.text) ? form : stepped(form, looseSteps);
    this.text = this.form.text;
  }

  /** Where in the folded text a part of this one stands. */
  origin(span: Span): Span {
    return original(this.form, span);
  }
}

/** A text as `LooseText` has it, whatever form it is in. */
export function looseText(text: string): string {
  return new LooseText(foldedText(text)).text;
}

/**
 * A text with the digits of any writing as those of ASCII: Arabic, Persian and wide ones, among others. Unicode has the
 * digits of each writing in a row from 0 to 9.
 */
export function asciiDigits(text: string): string {
  return text.replace(otherDigit, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value++;
    return String(value);
  });
}

function circledValue(sign: string): string {
  const code = (text: string): number => text.codePointAt(0) ?? 0;
  const [first, , value] = circledRows.findLast(([begins]) => code(begins) <= code(sign)) ?? [sign, sign, 0];
  return String(code(sign) - code(first) + value);
}

/** Undefined for most texts: they are in the form already. */
function fold(text: string): FoldedText | undefined {
  return needsFolding(text) ? stepped({ text }, steps) : undefined;
}

function needsFolding(text: string): boolean {
  if (/^[^%`\x80-\uFFFF]*$/.test(text)) return false;
  return text.includes('%') || foldedCharacter.test(text) || text.normalize('NFKC') !== text;
}

/** Where in the original a part of a form stands. */
function original({ origins }: FoldedText, { start, end }: Span): Span {
  return origins ? { start: origins.starts[start] ?? start, end: origins.ends[end - 1] ?? end } : { start, end };
}

function stepped(form: FoldedText, changes: typeof steps): FoldedText {
  for (const [pattern, change] of changes) form = changed(form, pattern, change);
  return form;
}

function changed({ text, origins }: FoldedText, pattern: RegExp, change: (part: string) => string): FoldedText {
  const moved: { readonly start: number; readonly part: string; readonly length: number }[] = [];
  const other = text.replace(pattern, (part, start: number) => {
    const made = change(part);
    if (made.length !== part.length) moved.push({ start, part, length: made.length });
    return made;
  });
  if (moved.length === 0) return { text: other, origins };
  const starts: number[] = [];
  const ends: number[] = [];
  let copied = 0;
  const copyTo = (end: number): void => {
    for (; copied < end; copied++) {
      starts.push(origins?.starts[copied] ?? copied);
      ends.push(origins?.ends[copied] ?? copied + 1);
    }
  };
  for (const { start, part, length } of moved) {
    copyTo(start);
    copied = start + part.length;
    const [first, last] = [origins?.starts[start] ?? start, origins?.ends[copied - 1] ?? copied];
    for (let unit = 0; unit < length; unit++) {
      starts.push(first);
      ends.push(last);
    }
  }
  copyTo(text.length);
  return { text: other, origins: { starts, ends } };
}

/** The letters that were met, without their accents: there are some hundred. */
const bareLetters = new Map<string, string>();

function withoutAccents(part: string): string {
  let bare = bareLetters.get(part);
  if (bare === undefined) {
    bare = part.normalize('NFD').replace(accents, '').normalize('NFC');
    if (part.length === 1) bareLetters.set(part, bare);
  }
  return bare;
}
