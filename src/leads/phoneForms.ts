import type { Span } from './foldedText';

/** Digits, at least as many as the shortest phone number has, with what people write between those of one. */
const digitRun = /\d(?:[\s().\u2010-\u2015-]{0,3}\d){6,}/g;

/** A day in digits. What follows it may be a phone number. */
const date =
  /(?:\d{4}[.-](?:0\d|1[0-2])[.-](?:[0-2]\d|3[01])|(?:[0-2]?\d|3[01])[.-](?:[0-2]?\d|3[01])[.-]\d{4})(?!\d)/y;
const wholeDate = /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])$/;
const ipAddress = /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d)/y;

/** In digits: the longest phone number there is (E.164), and one whose grouping says that it is none of the other numbers. */
const longest = 15;
const shortestGrouped = 9;

/** How many digits a number has behind its trunk or country, in Russia and in North America. */
const subscriberDigits = 10;

/** Whether digits may begin or end beside what stands there; `strictly`: only those that cannot be anything else. */
type Boundary = 'freely' | 'strictly' | undefined;

/**
 * The phone numbers in a folded text, by their form alone: with a plus, grouped, or of at least eleven digits; shorter bare
 * numbers are counts, sums and unix times far more often. Dates, IP addresses and decimal fractions are none.
 */
export function phoneSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(digitRun)) {
    // Most texts with that many digits are a date.
    if (!wholeDate.test(run)) new DigitRun(text, index, run).findPhones(spans);
  }
  return spans;
}

/** Groups of digits that stand beside each other, in which one phone number or several may begin. */
class DigitRun {
  private readonly groups: readonly Span[];

  constructor(
    private readonly text: string,
    index: number,
    run: string,
  ) {
    this.groups = Array.from(run.matchAll(/\d+/g), ({ 0: { length }, index: at }) => ({
      start: index + at,
      end: index + at + length,
    }));
  }

  findPhones(spans: Span[]): void {
    for (let first = 0; first < this.groups.length;) {
      const passed = this.groupsOf(date, first) || this.groupsOf(ipAddress, first);
      const phone = passed === 0 ? this.phoneAt(first) : undefined;
      if (phone) spans.push({ start: phone.start, end: this.at(phone.next - 1).end });
      first = phone ? phone.next : first + Math.max(1, passed);
    }
  }

  /** The phone number that begins with a group, and the group behind it. */
  private phoneAt(first: number): { readonly start: number; readonly next: number } | undefined {
    const { text } = this;
    const { start: digits } = this.at(first);
    const hasBracket = text.charAt(digits - 1) === '(';
    const hasPlus = text.charAt(digits - (hasBracket ? 2 : 1)) === '+';
    const start = digits - Number(hasBracket) - Number(hasPlus);
    const before = beginning(text, start);
    if (before === undefined && !hasBracket && !hasPlus) return undefined;
    const russian = this.russianEnd(first);
    if (russian !== undefined) return { start, next: russian };
    if (before !== 'freely' && !hasBracket && !hasPlus) return undefined;
    const next = this.end(first, hasPlus);
    const count = this.count(first, next);
    const isBare = next === first + 1;
    const isFraction = next === first + 2 && text.charAt(this.at(first).end) === '.' && this.gap(next - 1) === 1;
    const isPhone =
      (hasPlus && count >= (before === 'freely' ? 7 : subscriberDigits)) ||
      (isBare ? count > subscriberDigits : count >= (hasBracket && before === 'freely' ? 7 : shortestGrouped));
    return isPhone && (hasPlus || !isFraction) ? { start, next } : undefined;
  }

  /** The group behind a Russian number with its trunk or country, grouped however, that begins with this group. */
  private russianEnd(first: number): number | undefined {
    const { start } = this.at(first);
    if (!/[78]/.test(this.text.charAt(start))) return undefined;
    let count = 0;
    for (let next = first; next < this.groups.length; next++) {
      const { start, end } = this.at(next);
      count += end - start;
      if (count > subscriberDigits) {
        const isWhole = count === 1 + subscriberDigits && ending(this.text, end) !== undefined;
        return isWhole && /[3-9]/.test(this.secondDigit(first)) ? next + 1 : undefined;
      }
    }
    return undefined;
  }

  /** The digit behind the first one of a group. */
  private secondDigit(first: number): string {
    const { start, end } = this.at(first);
    return end - start > 1 ? this.text.charAt(start + 1) : this.text.charAt(this.groups[first + 1]?.start ?? start);
  }

  /** The group behind what may be one phone number; of several that cannot be told apart behind all of them. */
  private end(first: number, hasPlus: boolean): number {
    let count = 0;
    /** Where a number of the usual length would end, and the longest one. */
    let [usual, most] = [0, first];
    let next = first;
    for (; next < this.groups.length && count <= longest + shortestGrouped; next++) {
      const { start, end } = this.at(next);
      const after = next + 1 < this.groups.length ? 'freely' : ending(this.text, end);
      const isWhole = after === 'freely' || (hasPlus && after !== undefined);
      if (end - start > longest || !isWhole || (next > first && this.beginsOther(next, count, hasPlus))) break;
      count += end - start;
      if (count === subscriberDigits) usual = next + 1;
      if (count <= longest) most = next + 1;
    }
    if (count <= longest) return next;
    const end = usual > 0 ? usual : most;
    return count - this.count(first, end) < shortestGrouped ? next : end;
  }

  /** Whether a date or another phone number begins with a group. @param count the digits before it */
  private beginsOther(next: number, count: number, hasPlus: boolean): boolean {
    if (beginning(this.text, this.at(next).start) !== 'freely') return false;
    return (
      ((!hasPlus || count >= 7) && this.russianEnd(next) !== undefined) || (count >= 7 && this.groupsOf(date, next) > 0)
    );
  }

  /** How many groups belong to what a sticky pattern finds; 0 for none. */
  private groupsOf(pattern: RegExp, first: number): number {
    const { start, end } = this.at(first);
    if (!/[.-]/.test(this.text.charAt(end))) return 0;
    pattern.lastIndex = start;
    const found = pattern.exec(this.text)?.[0];
    return found === undefined ? 0 : found.split(/[.-]/).length;
  }

  private count(first: number, next: number): number {
    let count = 0;
    for (let place = first; place < next; place++) count += this.at(place).end - this.at(place).start;
    return count;
  }

  /** How many characters stand before a group. */
  private gap(place: number): number {
    return this.at(place).start - this.at(place - 1).end;
  }

  private at(place: number): Span {
    return this.groups[place] ?? { start: this.text.length, end: this.text.length };
  }
}

/** Behind a letter, a point or a hyphen stand numbers of all kinds; hexadecimal digits are those of an identifier. */
function beginning(text: string, start: number): Boundary {
  const before = text.slice(Math.max(0, start - 5), start);
  if (/[\p{N}_a-f]$|\p{N}[.-]$|[\da-f]{4}-$/iu.test(before)) return undefined;
  return /[\p{L}.-]$/u.test(before) ? 'strictly' : 'freely';
}

function ending(text: string, end: number): Boundary {
  const after = text.slice(end, end + 2);
  if (/^[\p{N}_a-f]/iu.test(after)) return undefined;
  return /^\p{L}/u.test(after) ? 'strictly' : 'freely';
}
