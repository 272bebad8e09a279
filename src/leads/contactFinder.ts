import { ExactNumber } from '../dashly/json';
import type { PropertyValue, Props } from '../dashly/lead';
import { foldedText, replaceFolded, type Span } from './foldedText';
import { type ContactKind, systemProperties } from './properties';

/** What is known of how to reach one lead. */
export interface Contacts {
  readonly name: string | undefined;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly userIds: readonly string[];
}

/** Longer ones are no contacts. */
const maxTermLength = 200;
const maxNameParts = 12;

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsWord = /^[\p{L}\p{N}]/u;
/** Writing in which words are not set apart by spaces. */
const shortWords = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Digits with whatever people write between those of a phone number. */
const digitRun = /\+?\(?\d(?:[\s().,:;/|_\u2010-\u2015-]{0,3}\d){4,}/g;
/** The longest prefix of a country or a trunk, in digits. */
const longestPrefix = 4;

/** The contacts in a lead's properties; `userId` is the field of that name in the User object. */
export function contactsOf(props: Props, userId?: PropertyValue): Contacts {
  const texts = (kind: ContactKind, ...others: (PropertyValue | undefined)[]): string[] => {
    const values = systemProperties.filter(({ contact }) => contact === kind).map(({ name }) => props[name]);
    return [...new Set([...values, ...others].map(textOf).filter((text) => text !== ''))];
  };
  return {
    name: texts('name')[0],
    emails: texts('email'),
    phones: texts('phone'),
    userIds: texts('userId', userId),
  };
}

/** A text or a number as text without spaces around it; empty for everything else. */
export function textOf(value: PropertyValue | undefined): string {
  if (typeof value === 'string') {
    return value.trim();
  }
  return typeof value === 'number' || value instanceof ExactNumber ? value.toString() : '';
}

/**
 * Finds a lead's contacts in free texts, in any case and as `foldedText` compares them: the name, its parts from three
 * letters, the e-mail address, the phone number however its digits are grouped, the User ID as a word.
 *
 * By searching for strings, not by a pattern made for each lead: the engine compiles each pattern to machine code, and
 * that of 10,000 leads is more than it can hold.
 */
export class ContactFinder {
  /** In lower case, each with whether it counts only as a whole word. */
  private readonly terms = new Map<string, boolean>();
  /** The last ten digits: a country or trunk prefix may stand before them. */
  private readonly phoneDigits: readonly string[];

  constructor({ name, emails, phones, userIds }: Contacts) {
    for (const text of name === undefined ? emails : [...emails, name]) {
      this.addTerm(text, shortWords.test(text) ? 2 : 3);
    }
    for (const part of nameParts(foldedText((name ?? '').slice(0, 2 * maxTermLength)))) {
      this.terms.set(lowerCase(part), false);
    }
    for (const userId of userIds.filter((each) => each.length >= 3)) {
      this.addTerm(userId, Infinity);
    }
    this.phoneDigits = phones
      .map((phone) => foldedText(phone).replace(/\D/g, '').slice(-10))
      .filter((digits) => digits.length >= 5);
  }

  /** The text with what is found replaced. @param replacement for what was found, in the form it is compared in */
  replace(text: string, replacement: (found: string) => string): string {
    return replaceFolded(text, (folded) => this.find(folded), replacement);
  }

  private find(text: string): Span[] {
    const spans: Span[] = [];
    const lower = lowerCase(text);
    for (const [term, isWord] of this.terms) {
      for (let start = lower.indexOf(term); start >= 0; start = lower.indexOf(term, start + term.length)) {
        const end = start + term.length;
        if (
          !isWord ||
          (!endsInWord.test(text.slice(Math.max(0, start - 2), start)) && !beginsWord.test(text.slice(end, end + 2)))
        ) {
          spans.push({ start, end });
        }
      }
    }
    if (this.phoneDigits.length > 0) {
      for (const { 0: run, index } of text.matchAll(digitRun)) {
        for (const { start, end } of this.findPhones(run)) spans.push({ start: index + start, end: index + end });
      }
    }
    return spans;
  }

  /** The phone numbers among the digits of a run, each with its prefix. */
  private findPhones(run: string): Span[] {
    const spans: Span[] = [];
    const places = Array.from(run.matchAll(/\d/g), ({ index }) => index);
    const digits = places.map((place) => run.charAt(place)).join('');
    for (const phone of this.phoneDigits) {
      for (let at = digits.indexOf(phone); at >= 0; at = digits.indexOf(phone, at + phone.length)) {
        spans.push({
          start: at <= longestPrefix ? 0 : (places[at] ?? 0),
          end: (places[at + phone.length - 1] ?? 0) + 1,
        });
      }
    }
    return spans;
  }

  /** Found anywhere from `minLength` letters or digits on, as a whole word below that. */
  private addTerm(text: string, minLength: number): void {
    const length = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (length >= 2 && text.length <= maxTermLength) {
      const term = lowerCase(foldedText(text));
      this.terms.set(term, length < minLength && this.terms.get(term) !== false);
    }
  }
}

/** The longest words of a name. */
function nameParts(name: string): string[] {
  return name
    .split(/[^\p{L}\p{M}\p{N}']+/u)
    .filter((part) => (part.match(/\p{L}/gu)?.length ?? 0) >= 3)
    .sort((one, other) => other.length - one.length)
    .slice(0, maxNameParts);
}

/** In lower case, with every character where it was: a few change their length. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length
    ? lower
    : text.replace(/[^]/gu, (character) =>
        character.toLowerCase().length === character.length ? character.toLowerCase() : character,
      );
}
