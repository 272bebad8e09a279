import * as l10n from '@vscode/l10n';
import { decodeLeadId } from '../dashly/decode';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue, wholeDigits } from '../dashly/json';
import type { Lead, PropertyValue, Props } from '../dashly/lead';
import { ContactFinder, type Contacts, contactsOf, textOf, textsOf } from './contactFinder';
import { hidden, maskContactForms, maskedEmail, maskedPhone, maskNumberForm } from './contactForms';
import { type ContactKind, contactKind, eventProperty } from './properties';

/**
 * Four hexadecimal digits that stand for a text: the same for the same text and key. Not a cryptographic hash; with
 * 65,536 results nothing can be read back from one, and two leads in a list may share theirs.
 *
 * @param key a secret; without it nobody can compute which text gives which digits
 */
function hexPseudonym(key: string, text: string): string {
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

/** What is nested deeper is hidden: nobody reads it, and no recursion goes as deep as a hostile value may. */
const deepest = 64;

/** The fewest digits of a number that may be a contact: shorter ones are counts. */
const fewestDigits = 5;

/** Where something stands. */
interface Place {
  /** Whether it is within properties: names there are anybody's words, and not fields of the service. */
  readonly inProps: boolean;
  readonly depth: number;
}

const atTop: Place = { inProps: false, depth: 0 };
const inProps: Place = { inProps: true, depth: 0 };

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
  private readonly knownOf = new WeakMap<MaskedAbout, Known>();
  private readonly maskedLeads = new WeakMap<Lead, Lead>();

  /** @param key a secret; the same key gives the same pseudonyms */
  constructor(private readonly key: string) {}

  /** `Lead 7F3A`: the same for the same id and key. */
  pseudonym(leadId: string): string {
    return l10n.t('Lead {0}', hexPseudonym(this.key, leadId));
  }

  /** The lead with every contact in its props and its record masked; id and presence stay. */
  lead(lead: Lead): Lead {
    let masked = this.maskedLeads.get(lead);
    if (!masked) {
      const known = this.known(lead, lead.record.user_id);
      const record = this.object(lead.id, known, lead.record);
      const { props } = record;
      masked = {
        id: lead.id,
        presence: lead.presence,
        props:
          isJsonObject(props) && lead.record.props === lead.props
            ? props
            : this.object(lead.id, known, lead.props, inProps),
        record,
      };
      this.maskedLeads.set(lead, masked);
    }
    return masked;
  }

  /** One value of a lead's property, masked as `lead` does it. */
  propertyValue(lead: MaskedAbout, name: string, value: PropertyValue): PropertyValue {
    const kind = contactKind(name);
    return kind ? this.contact(lead.id, kind, value) : this.value(lead.id, this.known(lead), value, inProps);
  }

  /**
   * The name of a property or of an event: anybody's words but for the service's own names.
   * @param about the lead that has it; without one only what looks like an e-mail address or a phone number is masked
   */
  name(about: MaskedAbout | undefined, name: string): string {
    return isSystemName(name) ? name : this.text(name, about);
  }

  /**
   * Any JSON about a lead (its details, events, conversations, notes), masked to the bottom, names of properties included.
   * @param isProps whether its members are properties, whose names are anybody's words, and not fields of the service
   */
  json(about: MaskedAbout, value: JsonValue, isProps = false): JsonValue {
    const userId = isJsonObject(value) ? value.user_id : undefined;
    return this.value(about.id, this.known(about, userId), value, isProps ? inProps : atTop);
  }

  /** A record of a lead as the service sends it, its own contacts being what is masked. */
  record(record: JsonObject): JsonObject {
    const { id, props, user_id: userId } = record;
    const known = this.makeKnown(isJsonObject(props) ? props : {}, userId);
    return this.object(textOf(id), known, record);
  }

  /** A free text about a lead; without a lead only what looks like an e-mail address or a phone number is masked. */
  text(text: string, about?: MaskedAbout): string {
    return about ? this.freeText(about.id, this.known(about), text) : maskContactForms(text);
  }

  private value(id: string, known: Known, value: JsonValue, place: Place): JsonValue {
    if (typeof value === 'string') return this.freeText(id, known, value);
    if (typeof value === 'number' || value instanceof ExactNumber) return this.number(id, known, value);
    if (typeof value !== 'object' || value === null) return value;
    if (place.depth === deepest) return hidden;
    if (isJsonObject(value)) return this.object(id, known, value, place);
    const inside = { ...place, depth: place.depth + 1 };
    return value.map((item) => this.value(id, known, item, inside));
  }

  /** A number is a contact by the rule for texts, however its digits are written. */
  private number(id: string, { finder, contacts }: Known, value: number | ExactNumber): JsonValue {
    const digits = wholeDigits(value) ?? '';
    if (digits.length < fewestDigits || digits === id) return value;
    const isKnown =
      contacts.userIds.includes(digits) || finder.isPhone(digits) || finder.replace(digits, () => hidden) !== digits;
    return isKnown ? hidden : maskNumberForm(value);
  }

  private object(id: string, known: Known, object: Readonly<JsonObject>, place: Place = atTop): JsonObject {
    const names = new Set<string>();
    const inside = { ...place, depth: place.depth + 1 };
    // Names come from strangers: `fromEntries` makes `__proto__` a field like any other.
    return Object.fromEntries(
      Object.entries(object).map(([name, value]) => {
        const kind = contactKind(name);
        const isOurs = !place.inProps && serviceName.test(name);
        const shown = unique(isOurs ? name : this.shownName(id, known, name), names);
        if (name === 'id' && !place.inProps && decodeLeadId(value) !== undefined) return [shown, value];
        if (kind) return [shown, this.contact(id, kind, value)];
        return [shown, this.value(id, known, value, propsField.test(name) ? { ...inside, inProps: true } : inside)];
      }),
    );
  }

  private shownName(id: string, known: Known, name: string): string {
    return isSystemName(name) ? name : this.freeText(id, known, name);
  }

  private contact(id: string, kind: ContactKind, value: JsonValue, depth = 0): JsonValue {
    if (Array.isArray(value)) {
      return depth === deepest ? hidden : value.map((item) => this.contact(id, kind, item, depth + 1));
    }
    const text = textOf(value);
    if (text === '') {
      return isJsonObject(value) ? hidden : value;
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

  private freeText(id: string, { finder }: Known, text: string): string {
    // An event, a note or a conversation names the lead it belongs to by its id, which may look like a phone number.
    if (text.length < 2 || text === id) {
      return text;
    }
    return maskContactForms(finder.replace(text, (found) => this.found(id, finder, found)));
  }

  private found(id: string, finder: ContactFinder, match: string): string {
    const whole = finder.whole(match);
    if (whole === 'name') return this.pseudonym(id);
    if (whole) return this.userPseudonym(whole.userId);
    if (match.includes('@')) {
      return maskedEmail(match);
    }
    return /\p{L}/u.test(match) ? hidden : maskedPhone(match);
  }

  private userPseudonym(userId: string): string {
    return l10n.t('User {0}', hexPseudonym(this.key, userId));
  }

  private known(about: MaskedAbout, userId?: PropertyValue): Known {
    let known = this.knownOf.get(about);
    const userIds = known?.contacts.userIds ?? [];
    if (!known || textsOf(userId).some((text) => !userIds.includes(text))) {
      known = this.makeKnown(about.props, userId);
      this.knownOf.set(about, known);
    }
    return known;
  }

  private makeKnown(props: Props, userId?: PropertyValue): Known {
    const contacts = contactsOf(props, userId);
    return { contacts, finder: new ContactFinder(contacts) };
  }
}

/** Names of the service's fields: section 5 of API.md. What a stranger calls something so says nothing. */
const serviceName = /^\$?[a-z][a-z_]*$/;
/** Those of them that hold properties. */
const propsField = /^props(?:_custom|_events)?$/;

function isSystemName(name: string): boolean {
  return eventProperty(name) !== undefined || /^\$[a-z_]+$/.test(name);
}

/** Two names may be masked to the same one: the second becomes another, so that no value is lost. */
function unique(name: string, taken: Set<string>): string {
  let other = name;
  for (let count = 2; taken.has(other); count++) other = `${name} (${count})`;
  taken.add(other);
  return other;
}
