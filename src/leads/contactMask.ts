import { ExactNumber, type JsonObject, type JsonValue } from '../dashly/json';
import type { Lead, PropertyValue, Props } from '../dashly/lead';
import { ContactFinder, type Contacts, contactsOf, textOf } from './contactFinder';
import { type ContactKind, contactKind } from './properties';

/** What stands where a text is left out. */
export const hidden = '•••';

/** An e-mail address anywhere in a text; in a URL its `@` may be `%40`. */
const emailPattern = /[^\s@<>"'(),:;/\\[\]?&=•]{1,64}(?:@|%40)[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?/giu;

/** Digits as people group them in a phone number. Which of these are one is for `isPhone` to say. */
const phonePattern = /(?<![\p{L}\p{N}_.-])\+?\(?\d(?:[\s().\u00A0\u2010-\u2015-]{0,3}\d){6,14}(?![\p{L}\p{N}_])/gu;

/** `m•••@e•••.com` for `maks@example.com`: the first letters and the top-level domain stay. */
export function maskedEmail(email: string): string {
  const [local, domain] = email.replace(/%40/i, '@').split('@');
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

/** A text with everything in it that looks like an e-mail address or a phone number masked. */
export function maskContactForms(text: string): string {
  let masked = text;
  if (text.includes('@') || text.includes('%40')) {
    masked = masked.replace(emailPattern, maskedEmail);
  }
  return /\d/.test(masked)
    ? masked.replace(phonePattern, (match) => (isPhone(match) ? maskedPhone(match) : match))
    : masked;
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

/**
 * Four hexadecimal digits that stand for a text: the same for the same text and key. Not a cryptographic hash; with
 * 65,536 results nothing can be read back from one, and two leads in a list may share theirs.
 *
 * @param key a secret; without it nobody can compute which text gives which digits
 */
export function hexPseudonym(key: string, text: string): string {
  // Two multiplicative hashes with crossed avalanches, as in MurmurHash3's finaliser.
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  const input = `${key}\u0000${text}\u0000${key}`;
  for (let index = 0; index < input.length; index++) {
    const code = input.charCodeAt(index);
    first = Math.imul(first ^ code, 0x9e3779b1);
    second = Math.imul(second ^ code, 0x5f356495);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
  first ^= first >>> 16;
  return (first & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}

/** The lead something is about: its contacts are what is masked. */
export interface MaskedAbout {
  readonly id: string;
  readonly props: Props;
}

/** What is known of one lead, made once. */
interface Known {
  readonly contacts: Contacts;
  readonly finder: ContactFinder;
}

/**
 * Puts stable pseudonyms in the place of a lead's contacts: its name, e-mail address, phone number and User ID, also
 * inside other values, and whatever else looks like an e-mail address or a phone number. Whether that is done is for
 * `Masking` to say. The lead's id stays: it opens nothing without the token.
 */
export class ContactMask {
  private readonly knownByProps = new WeakMap<Props, Known>();
  private readonly maskedLeads = new WeakMap<Lead, Lead>();

  /** @param key a secret; the same key gives the same pseudonyms */
  constructor(private readonly key: string) {}

  /** `Lead 7F3A`: the same for the same id and key. */
  pseudonym(leadId: string): string {
    return `Lead ${hexPseudonym(this.key, leadId)}`;
  }

  /** The lead with every contact in its props and its record masked; id and presence stay. */
  lead(lead: Lead): Lead {
    let masked = this.maskedLeads.get(lead);
    if (!masked) {
      const known = this.known(lead.props, lead.record.user_id);
      const record = this.object(lead.id, known, lead.record);
      const { props } = record;
      masked = {
        ...lead,
        props: isObject(props) && lead.record.props === lead.props ? props : this.object(lead.id, known, lead.props),
        record,
      };
      this.maskedLeads.set(lead, masked);
    }
    return masked;
  }

  /** One value of a lead's property, masked as `lead` does it. */
  propertyValue(lead: MaskedAbout, name: string, value: PropertyValue): PropertyValue {
    const kind = contactKind(name);
    return kind ? this.contact(lead.id, kind, value) : this.value(lead.id, this.known(lead.props), value);
  }

  /** Any JSON about a lead (its details, events, conversations, notes), masked to the bottom; names of fields stay. */
  json(about: MaskedAbout, value: JsonValue): JsonValue {
    const userId = isObject(value) ? value.user_id : undefined;
    return this.value(about.id, this.known(about.props, userId), value);
  }

  /** A record of a lead as the service sends it, its own contacts being what is masked. */
  record(record: JsonObject): JsonObject {
    const { id, props, user_id: userId } = record;
    const known = this.makeKnown(isObject(props) ? props : {}, userId);
    return this.object(textOf(id), known, record);
  }

  /** A free text about a lead; without a lead only what looks like an e-mail address or a phone number is masked. */
  text(text: string, about?: MaskedAbout): string {
    return about ? this.freeText(about.id, this.known(about.props), text) : maskContactForms(text);
  }

  private value(id: string, known: Known, value: JsonValue): JsonValue {
    if (typeof value === 'string') {
      return this.freeText(id, known, value);
    }
    if (typeof value === 'number' || value instanceof ExactNumber) {
      return isContact(known.contacts, value.toString()) ? hidden : value;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.value(id, known, item));
    }
    return isObject(value) ? this.object(id, known, value) : value;
  }

  private object(id: string, known: Known, object: Readonly<JsonObject>): JsonObject {
    // Names of fields come from strangers: `fromEntries` makes `__proto__` a field like any other.
    return Object.fromEntries(
      Object.entries(object).map(([name, value]) => {
        const kind = contactKind(name);
        return [name, name === 'id' ? value : kind ? this.contact(id, kind, value) : this.value(id, known, value)];
      }),
    );
  }

  private contact(id: string, kind: ContactKind, value: JsonValue): JsonValue {
    if (Array.isArray(value)) {
      return value.map((item) => this.contact(id, kind, item));
    }
    const text = textOf(value);
    if (text === '') {
      return isObject(value) ? hidden : value;
    }
    switch (kind) {
      case 'name':
        return this.pseudonym(id);
      case 'email':
        return maskedEmail(text);
      case 'phone':
        return maskedPhone(text);
      case 'userId':
        return this.userPseudonym(text);
      case 'hidden':
        return hidden;
    }
  }

  private freeText(id: string, { contacts, finder }: Known, text: string): string {
    // An event, a note or a conversation names the lead it belongs to by its id, which may look like a phone number.
    if (text.length < 2 || text === id) {
      return text;
    }
    return maskContactForms(finder.replace(text, (found) => this.found(id, contacts, found)));
  }

  private found(id: string, contacts: Contacts, match: string): string {
    const same = (contact: string): boolean => contact.toLowerCase() === match.toLowerCase();
    if (contacts.name !== undefined && same(contacts.name)) {
      return this.pseudonym(id);
    }
    if (contacts.userIds.some(same)) {
      return this.userPseudonym(match);
    }
    if (/@|%40/.test(match)) {
      return maskedEmail(match);
    }
    return /^[\d\s().+\u00A0\u2010-\u2015-]{5,}$/.test(match) ? maskedPhone(match) : hidden;
  }

  private userPseudonym(userId: string): string {
    return `User ${hexPseudonym(this.key, userId)}`;
  }

  private known(props: Props, userId?: PropertyValue): Known {
    let known = this.knownByProps.get(props);
    if (!known || (userId !== undefined && !known.contacts.userIds.includes(textOf(userId)))) {
      known = this.makeKnown(props, userId);
      this.knownByProps.set(props, known);
    }
    return known;
  }

  private makeKnown(props: Props, userId?: PropertyValue): Known {
    const contacts = contactsOf(props, userId);
    return { contacts, finder: new ContactFinder(contacts) };
  }
}

/** Whether a number is one of the contacts: phone numbers and User IDs are sent as numbers too. */
function isContact({ phones, userIds }: Contacts, digits: string): boolean {
  return (
    digits.length >= 5 &&
    (userIds.includes(digits) || phones.some((phone) => phone.replace(/\D/g, '').endsWith(digits)))
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
