import { ExactNumber } from '../dashly/json';
import type { Props, PropertyValue } from '../dashly/lead';

/** What is known of how to reach one lead. */
export interface Contacts {
  readonly name: string | undefined;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly userIds: readonly string[];
}

/** Longer ones are no contacts, and make no pattern worth its time. */
const maxTermLength = 200;
const maxNameParts = 12;
const idSeparators = '[\\s().\\u00A0\\u2010-\\u2015-]{0,3}';

/** The contacts in a lead's properties; `userId` is the field of that name in the User object. */
export function contactsOf(props: Props, userId?: PropertyValue): Contacts {
  const texts = (...values: (PropertyValue | undefined)[]): string[] => values.map(textOf).filter((text) => text !== '');
  return {
    name: texts(props.$name)[0],
    emails: texts(props.$email),
    phones: texts(props.$phone),
    userIds: [...new Set(texts(props.$user_id, userId))],
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
 * What finds a lead's contacts in a free text, in any case: the name, its parts from three letters, the e-mail address
 * (in a URL too), the phone number however its digits are grouped, the User ID as a word. Undefined when nothing is
 * known that could be found.
 */
export function contactPattern(contacts: Contacts): RegExp | undefined {
  const { name, emails, phones, userIds } = contacts;
  const terms = [
    ...emails.flatMap((email) => [email, inUrl(email)]).map((term) => substring(term, 3)),
    ...phones.map(phoneTerm),
    ...(name === undefined ? [] : [substring(name, 3), substring(inUrl(name), 3)]),
    ...userIds.map((userId) => (userId.length < 3 ? undefined : word(userId))),
    ...nameParts(name ?? '').map((part) => substring(part, 3)),
  ].filter((term) => term !== undefined);
  return terms.length === 0 ? undefined : new RegExp([...new Set(terms)].join('|'), 'giu');
}

/** The words of a name, the longest first, so that a short one does not hide a part of a long one. */
function nameParts(name: string): string[] {
  return name.slice(0, maxTermLength * 2).split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((part) => letters(part) >= 3)
    .sort((one, other) => other.length - one.length).slice(0, maxNameParts);
}

function letters(text: string): number {
  return (text.match(/\p{L}/gu) ?? []).length;
}

/** Found anywhere from `minLength` letters or digits on (two where words are not set apart), as a whole word below. */
function substring(term: string, minLength: number): string | undefined {
  const length = (term.match(/[\p{L}\p{N}]/gu) ?? []).length;
  if (length < 2 || term.length > maxTermLength) {
    return undefined;
  }
  const needsNoWord = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(term);
  return length >= minLength || needsNoWord ? escaped(term) : word(term);
}

function word(term: string): string | undefined {
  return term.length > maxTermLength ? undefined : `(?<![\\p{L}\\p{N}])${escaped(term)}(?![\\p{L}\\p{N}])`;
}

/** The last ten digits, with what may stand between them, and a country or trunk prefix. */
function phoneTerm(phone: string): string | undefined {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 5 || digits.length > 20
    ? undefined
    : `(?:\\+?\\(?\\d{1,3}${idSeparators})?\\(?${Array.from(digits.slice(-10)).join(idSeparators)}`;
}

function inUrl(text: string): string {
  // A lone surrogate has no form in a URL.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function escaped(term: string): string {
  return term.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`).replace(/\s+/g, '\\s+');
}
