import { ExactNumber, type JsonObject, type JsonValue, stringifyJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { Masking } from '../leads/masking';
import { systemProperties } from '../leads/properties';
import { shownUnixTime } from '../leads/dates';
import { shownProperty, shownValue, type ShownValue } from '../leads/values';
import type { CardValue, Fact } from './content';

/**
 * A value, of whatever shape, as a card shows it.
 * @param name the property's, where it is one of the lead: contacts are text even when they look like something else
 */
export function cardValue(value: JsonValue, name?: string): CardValue {
  return fromShown(name === undefined ? shownValue(value) : shownProperty(name, value));
}

/** Unix seconds, as section 5 of API.md gives them in events, notes and conversations, as a card shows them. */
export function cardTime(seconds: number): CardValue {
  return fromShown(shownUnixTime(seconds) ?? shownValue(seconds));
}

/** A value as it goes to the clipboard: texts as they are, the rest as JSON, every number digit for digit. */
export function copiedText(value: JsonValue): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

/**
 * The address in a text that is nothing else.
 * @returns undefined unless the text is an http or https address: no other scheme is ever opened
 */
export function webAddress(text: string): URL | undefined {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

function fromShown(shown: ShownValue): CardValue {
  switch (shown.kind) {
    case 'text':
      return { kind: webAddress(shown.text) ? 'address' : 'text', text: shown.text };
    case 'boolean':
      return { kind: 'boolean', value: shown.value };
    case 'date':
      return { kind: 'date', time: shown.time, dateOnly: shown.dateOnly };
    case 'list':
      return { kind: 'list', items: shown.items.map((item) => item.text) };
    case 'unset':
      return { kind: 'unset' };
    default:
      return { kind: shown.kind, text: shown.text };
  }
}

/** What stands behind a fact: the host acts on it, the page never gets it while contacts are masked. */
export interface RealValue {
  /** The property's or field's name, as in `"name": value`. */
  readonly name: string;
  readonly value: JsonValue;
  /** Whether leads can be found by it: only properties of the lead can be. */
  readonly isProperty: boolean;
}

/** Fields that hold unix seconds (section 5 of API.md). */
const timeFields = new Set([
  ...['created', 'last_update', 'updated', 'first', 'last'],
  ...systemProperties.flatMap(({ name, kind, visit }) => (visit && kind === 'date' ? [name, visit.otherName] : [])),
]);

/** Makes the facts of one card and keeps what stands behind each. */
export class CardFacts {
  readonly values = new Map<string, RealValue>();

  /** @param about the lead whose contacts are masked wherever they appear */
  constructor(
    private readonly about: Lead,
    private readonly masking: Masking,
  ) {}

  /** A text about the lead as it may be shown. */
  text(text: string): string {
    return this.masking.text(text, this.about);
  }

  /** A value of a property as it may be shown. */
  propertyValue(name: string, value: JsonValue): CardValue {
    return cardValue(this.masking.on ? this.masking.mask.propertyValue(this.about, name, value) : value, name);
  }

  /** A property of the lead. */
  property(name: string, title: string, value: JsonValue): Fact {
    return this.keep(`prop:${name}`, { name, value, isProperty: true }, title, this.propertyValue(name, value));
  }

  /** A field of something that belongs to the lead, such as a note. */
  field(key: string, name: string, title: string, value: JsonValue): Fact {
    const shown =
      typeof value === 'number' && timeFields.has(name)
        ? cardTime(value)
        : cardValue(this.masking.json(this.about, value));
    return this.keep(key, { name, value, isProperty: false }, title, shown);
  }

  /**
   * All fields of an object, the known ones under their titles and the others under their own names, so that nothing the
   * service adds is lost. Fields of objects inside it stand beside its own.
   * @param key begins the keys of the facts
   * @param without names left out because they are shown elsewhere
   */
  fields(key: string, object: JsonObject, without: readonly string[] = [], prefix = ''): Fact[] {
    return Object.entries(object).flatMap(([name, value]) => {
      if (without.includes(name) || value === null || (Array.isArray(value) && value.length === 0)) return [];
      const title = words(name, prefix);
      if (isObject(value) && !prefix) return this.fields(`${key}.${name}`, value, [], title);
      return [this.field(`${key}.${name}`, name, prefix && name === 'name' ? prefix : title, value)];
    });
  }

  private keep(key: string, real: RealValue, title: string, value: CardValue): Fact {
    this.values.set(key, real);
    return { key, title, value };
  }
}

/** Whether a JSON value is an object with fields, and not a number kept as text. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** "Last update" for `last_update`, "Author type" for `type` of an author. */
function words(name: string, prefix: string): string {
  const text = `${prefix} ${name.replace(/^\$/, '').replaceAll('_', ' ')}`.trim() || name;
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bid\b/i, 'ID').replace(/\burl\b/i, 'URL');
}
