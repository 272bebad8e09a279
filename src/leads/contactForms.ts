import { type ExactNumber, wholeDigits } from '../dashly/json';
import { foldedText, replaceFolded, type Span } from './foldedText';
import { phoneSpans } from './phoneForms';

/** What stands where a text is left out. */
export const hidden = '•••';

/** What may stand before the `@` of an e-mail address; that may be in quotes, too, or end with a comment (RFC 5322). */
const localPart = String.raw`[^\s@<>"'(),:;/\\[\]?&=•]`;
/** An e-mail address anywhere in a text. */
const emailPattern = new RegExp(
  String.raw`(?:"[^"\r\n]{1,64}"|${localPart}{0,64}\([^()\r\n]{0,64}\)|${localPart}{1,64})@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,252}[\p{L}\p{M}\p{N}])?`,
  'giu',
);
/** A text that is one address and nothing else, masked already perhaps, with its top-level domain. */
const wholeEmail = /^[^\s@]+@[\p{L}\p{N}][\p{L}\p{M}\p{N}•._-]*?(\.(?:xn--[\da-z-]{1,59}|[\p{L}\p{M}]{1,24}))?$/iu;
/** What `maskedPhone` gives. */
const maskedForm = /^(?:\+\d )?•••(?: ••\d\d)?$/;

/**
 * `m•••@e•••.com` for `maks@example.com`: the first letters and the top-level domain stay. What is not one address alone is
 * hidden: nobody knows what stands beside it.
 */
export function maskedEmail(email: string): string {
  const folded = foldedText(email).trim();
  const match = wholeEmail.exec(folded);
  if (!match) return hidden;
  const domain = folded.slice(folded.indexOf('@') + 1);
  return `${firstCharacter(folded)}${hidden}@${firstCharacter(domain)}${hidden}${match[1] ?? ''}`;
}

/** `+7 ••• ••42` for `+7 916 123-45-42`: the plus with its first digit and the last two digits stay. */
export function maskedPhone(phone: string): string {
  const folded = foldedText(phone).trim();
  if (maskedForm.test(folded)) return folded;
  const digits = folded.replace(/\D/g, '');
  if (digits.length < 7) return hidden;
  const start = folded.startsWith('+') ? `+${digits.charAt(0)} ` : '';
  return `${start}••• ••${digits.slice(-2)}`;
}

/** A text with everything in it that looks like an e-mail address or a phone number masked, also in a URL. */
export function maskContactForms(text: string): string {
  return /[\d@\uFF20]|%40/.test(text) || /[^\0-\x7F]/.test(text)
    ? replaceFolded(text, contactForms, (found) => (found.includes('@') ? maskedEmail(found) : maskedPhone(found)))
    : text;
}

/** A number with the mask of a phone number in its place where its digits as a text would be masked. */
export function maskNumberForm<Value extends number | ExactNumber>(value: Value): Value | string {
  const digits = wholeDigits(value) ?? '';
  const masked = maskContactForms(digits);
  return masked === digits ? value : masked;
}

/**
 * Whether something that looks like an e-mail address or a phone number is in a text: names that strangers gave are kept
 * from session to session without those.
 */
export function holdsContactForm(text: string): boolean {
  return maskContactForms(text) !== text;
}

function contactForms(text: string): Span[] {
  const emails = text.includes('@') ? text.matchAll(emailPattern) : [];
  return [
    ...Array.from(emails, ({ 0: match, index }) => ({ start: index, end: index + match.length })),
    ...phoneSpans(text),
  ];
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2022);
}
