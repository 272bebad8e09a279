import { foldedText, replaceFolded, type Span } from './foldedText';

/** What stands where a text is left out. */
export const hidden = '•••';

/** An e-mail address anywhere in a text. */
const emailPattern = /[^\s@<>"'(),:;/\\[\]?&=•]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?/giu;

/** Digits as people group them in a phone number. Which of these are one is for `isPhone` to say. */
const phonePattern = /(?<![\p{L}\p{N}_.-])\+?\(?\d(?:[\s().\u00A0\u2010-\u2015-]{0,3}\d){6,14}(?![\p{L}\p{N}_])/gu;

/** `m•••@e•••.com` for `maks@example.com`: the first letters and the top-level domain stay. */
export function maskedEmail(email: string): string {
  const [local, domain] = foldedText(email).split('@');
  if (!local || !domain) {
    return hidden;
  }
  const dot = domain.lastIndexOf('.');
  return `${firstCharacter(local)}${hidden}@${firstCharacter(domain)}${hidden}${dot > 0 ? domain.slice(dot) : ''}`;
}

/** `+7 ••• ••42` for `+7 916 123-45-42`: the plus with its first digit and the last two digits stay. */
export function maskedPhone(phone: string): string {
  if (phone.includes(hidden)) {
    return phone;
  }
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 7) {
    return hidden;
  }
  const start = phone.trimStart().startsWith('+') ? `+${digits.charAt(0)} ` : '';
  return `${start}••• ••${digits.slice(-2)}`;
}

/** A text with everything in it that looks like an e-mail address or a phone number masked, also in a URL. */
export function maskContactForms(text: string): string {
  return /[\d@\uFF20]|%40/.test(text) || /[^\0-\x7F]/.test(text)
    ? replaceFolded(text, contactForms, (found) => (found.includes('@') ? maskedEmail(found) : maskedPhone(found)))
    : text;
}

/**
 * Whether something that looks like an e-mail address or a phone number is in a text: names that strangers gave are kept
 * from session to session without those.
 */
export function holdsContactForm(text: string): boolean {
  return maskContactForms(text) !== text;
}

function contactForms(text: string): Span[] {
  const matches = [
    ...(text.includes('@') ? text.matchAll(emailPattern) : []),
    ...(/\d/.test(text) ? [...text.matchAll(phonePattern)].filter(([match]) => isPhone(match)) : []),
  ];
  return matches.map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
}

/**
 * A plus, or the grouping of a phone number, or at least eleven digits: shorter bare numbers are counts, sums and unix
 * times far more often. Dates, IP addresses and decimal fractions are none.
 */
function isPhone(match: string): boolean {
  const digits = match.replace(/\D/g, '').length;
  if (match.startsWith('+')) {
    return digits >= 7;
  }
  if (/^\d{4}-\d{2}-\d{2}/.test(match) || /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/.test(match)) {
    return false;
  }
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(match) || /^\d+\.\d+$/.test(match)) {
    return false;
  }
  return /^\d+$/.test(match) ? digits >= 11 : digits >= 9 || (match.startsWith('(') && digits >= 7);
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2022);
}
