import { ExactNumber, wholeDigits } from '../dashly/json';
import type { PropertyValue, Props } from '../dashly/lead';
import { foldedText, looseText, LooseText, replaceFolded, type Span } from './foldedText';
import { phoneSpans } from './phoneForms';
import { type ContactKind, systemProperties } from './properties';

/** What is known of how to reach one lead. */
export interface Contacts {
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly userIds: readonly string[];
}

/** Longer ones are no contacts. */
const maxTermLength = 200;
const maxNameParts = 12;
/** How many contacts of a kind are looked for: a property may be a list. */
const maxContacts = 20;
/** How deep a contact may be nested. */
const deepest = 8;

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsWord = /^[\p{L}\p{N}]/u;
/** Writing in which words are not set apart by spaces. */
const shortWords = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Digits with whatever people write between those of a phone number. */
const digitRun = /\+?\(?\d(?:[\s().,:;/|_\u2010-\u2015-]{0,3}\d){4,}/g;
/** The longest prefix of a country or a trunk, in digits. */
const longestPrefix = 4;

/** The contacts in a lead's properties, also in lists; `userId` is the field of that name in the User object. */
export function contactsOf(props: Props, userId?: PropertyValue): Contacts {
  const texts = (kind: ContactKind, ...others: (PropertyValue | undefined)[]): string[] => {
    const values = systemProperties.filter(({ contact }) => contact === kind).map(({ name }) => props[name]);
    return [...new Set([...values, ...others].flatMap((value) => textsOf(value)))].slice(0, maxContacts);
  };
  return { names: texts('name'), emails: texts('email'), phones: texts('phone'), userIds: texts('userId', userId) };
}

/** Every text and number in a value, but for what is nested deep. */
export function textsOf(value: PropertyValue | undefined, depth = 0): string[] {
  const text = textOf(value);
  if (text !== '') return [text];
  if (typeof value !== 'object' || value === null || depth === deepest) return [];
  return Object.values(value)
    .slice(0, maxContacts)
    .flatMap((item: PropertyValue) => textsOf(item, depth + 1));
}

/** A text without spaces around it, or a number, a whole one in its digits; empty for everything else. */
export function textOf(value: PropertyValue | undefined): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'number' && !(value instanceof ExactNumber)) return '';
  const text = value.toString();
  return (text.startsWith('-') ? undefined : wholeDigits(value)) ?? text;
}

/**
 * Finds a lead's contacts in free texts, as `looseText` compares them: the name, its parts from three letters, the e-mail
 * address, the phone number however its digits are grouped, the User ID as a word.
 *
 * By searching for strings, not by a pattern made for each lead: the engine compiles each pattern to machine code, and
 * that of 10,000 leads is more than it can hold.
 */
export class ContactFinder {
  /** In loose form, each with whether it counts only as a whole word. */
  private readonly terms = new Map<string, boolean>();
  private readonly names = new Set<string>();
  /** As they stand in the lead, by their loose forms. */
  private readonly userIds = new Map<string, string>();
  /** The phone numbers in digits, and their last ten: a country or trunk prefix may stand before those. */
  private readonly phones: readonly string[];
  private readonly phoneDigits: readonly string[];

  constructor({ names, emails, phones, userIds }: Contacts) {
    for (const text of emails) this.addTerm(text, shortWords.test(text) ? 2 : 3);
    for (const name of names) this.names.add(this.addTerm(name, shortWords.test(name) ? 2 : 3));
    for (const part of nameParts(names)) this.terms.set(new LooseText(part).text, false);
    for (const userId of userIds.filter((each) => each.length >= 3))
      this.userIds.set(this.addTerm(userId, Infinity), userId);
    this.phones = [...new Set(phones.flatMap(phoneNumbers))].filter((digits) => digits.length >= 5);
    this.phoneDigits = [...new Set(this.phones.map((digits) => digits.slice(-10)))];
  }

  /** What was found is: the whole name, or the User ID that is given; undefined for anything else. */
  whole(found: string): 'name' | { readonly userId: string } | undefined {
    const loose = looseText(found);
    if (this.names.has(loose)) return 'name';
    const userId = this.userIds.get(loose);
    return userId === undefined ? undefined : { userId };
  }

  /** Whether digits are a phone number or the end of one. */
  isPhone(digits: string): boolean {
    return this.phones.some((phone) => phone.endsWith(digits));
  }

  /** The text with what is found replaced. @param replacement for what was found, in the form it is compared in */
  replace(text: string, replacement: (found: string) => string): string {
    return replaceFolded(text, (folded) => this.find(folded), replacement);
  }

  private find(text: string): Span[] {
    const spans: Span[] = [];
    const loose = this.terms.size > 0 ? new LooseText(text) : { text: '', origin: (span: Span) => span };
    for (const [term, isWord] of this.terms) {
      for (let start = loose.text.indexOf(term); start >= 0; start = loose.text.indexOf(term, start + term.length)) {
        const end = start + term.length;
        if (!isWord || isWholeWord(loose.text, { start, end })) spans.push(loose.origin({ start, end }));
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
    const digits = run.replace(/\D/g, '');
    if (!this.phoneDigits.some((phone) => digits.includes(phone))) return spans;
    const places = Array.from(run.matchAll(/\d/g), ({ index }) => index);
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

  /**
   * Found anywhere from `minLength` letters or digits on, as a whole word below that.
   * @returns its loose form; empty where it is too long
   */
  private addTerm(text: string, minLength: number): string {
    if (text.length > maxTermLength) return '';
    const term = looseText(text);
    const length = term.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (length >= 2) {
      this.terms.set(term, length < minLength && this.terms.get(term) !== false);
    }
    return term;
  }
}

function isWholeWord(text: string, { start, end }: Span): boolean {
  return !endsInWord.test(text.slice(Math.max(0, start - 2), start)) && !beginsWord.test(text.slice(end, end + 2));
}

/** The digits of each phone number in a text, and of whatever else may be one: an extension makes none of its own. */
function phoneNumbers(text: string): string[] {
  const folded = foldedText(text.slice(0, 2 * maxTermLength));
  const inForm = phoneSpans(folded).map(({ start, end }) => folded.slice(start, end));
  const found = [...inForm, ...(folded.match(digitRun) ?? [])].slice(0, maxContacts);
  return (found.length > 0 ? found : [folded]).map((number) => number.replace(/\D/g, ''));
}

/** The longest words of names. */
function nameParts(names: readonly string[]): string[] {
  return names
    .flatMap((name) => foldedText(name.slice(0, 2 * maxTermLength)).split(/[^\p{L}\p{M}\p{N}']+/u))
    .filter((part) => (part.match(/\p{L}/gu)?.length ?? 0) >= 3)
    .sort((one, other) => other.length - one.length)
    .slice(0, maxNameParts);
}
