import { percentDecoded } from '../dashly/address';

/** A text in the form in which texts are compared, and where in the original each of its UTF-16 units comes from. */
interface FoldedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
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
/** What draws nothing, wherever it stands: a word with one inside looks like the word. */
const unseen = /\p{Default_Ignorable_Code_Point}+/gu;
/** The dots of a domain's name besides that of ASCII and those that NFKC makes one (RFC 3490, section 3.1). */
const ideographicStop = /\u3002/g;
/** What Unicode's normal forms change together: a character with its marks, a syllable of Hangul in parts. */
const composed = /[\u1100-\u11FF]+|[^\p{M}]\p{M}+|\p{M}+|[^\0-\x7F]/gu;

/** In this order: a URL may be part of another one, and a normal form takes an accent for a space with a mark. */
const steps: readonly (readonly [RegExp, (part: string) => string])[] = [
  [percentEncoded, percentDecoded],
  [percentEncoded, percentDecoded],
  [singleQuotes, () => "'"],
  [doubleQuotes, () => '"'],
  [unseen, () => ''],
  [composed, (part) => part.normalize('NFKC')],
  [ideographicStop, () => '.'],
];

/**
 * A text as it is compared: percent-decoded twice, without what draws nothing, in Unicode's form NFKC (wide and composed
 * characters, ligatures), with one kind of quotes and of dots. Upper and lower case stay.
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
  const form = fold(text);
  const folded = form?.text ?? text;
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
    result += text.slice(done, form ? form.starts[start] : start) + replacement(folded.slice(start, end));
    done = (form ? form.ends[end - 1] : end) ?? text.length;
  }
  return result + text.slice(done);
}

/** Undefined for most texts: they are in the form already. */
function fold(text: string): FoldedText | undefined {
  if (!needsFolding(text)) return undefined;
  let form: FoldedText = { text, starts: indexes(text.length, 0), ends: indexes(text.length, 1) };
  for (const [pattern, change] of steps) form = changed(form, pattern, change);
  return form;
}

function needsFolding(text: string): boolean {
  if (/^[^%`\x80-\uFFFF]*$/.test(text)) return false;
  return (
    text.includes('%') ||
    text.search(singleQuotes) >= 0 ||
    text.search(doubleQuotes) >= 0 ||
    text.search(unseen) >= 0 ||
    text.includes('\u3002') ||
    text.normalize('NFKC') !== text
  );
}

function indexes(length: number, from: number): number[] {
  return Array.from({ length }, (_, index) => index + from);
}

function changed({ text, starts, ends }: FoldedText, pattern: RegExp, change: (part: string) => string): FoldedText {
  const parts: string[] = [];
  const newStarts: number[] = [];
  const newEnds: number[] = [];
  let copied = 0;
  const copyTo = (end: number): void => {
    parts.push(text.slice(copied, end));
    for (; copied < end; copied++) {
      newStarts.push(starts[copied] ?? 0);
      newEnds.push(ends[copied] ?? 0);
    }
  };
  for (const { 0: part, index } of text.matchAll(pattern)) {
    const other = change(part);
    if (other === part) continue;
    copyTo(index);
    copied = index + part.length;
    parts.push(other);
    newStarts.push(...new Array<number>(other.length).fill(starts[index] ?? 0));
    newEnds.push(...new Array<number>(other.length).fill(ends[copied - 1] ?? 0));
  }
  if (parts.length === 0) return { text, starts, ends };
  copyTo(text.length);
  return { text: parts.join(''), starts: newStarts, ends: newEnds };
}
