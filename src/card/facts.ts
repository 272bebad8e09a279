import { type JsonObject, type JsonValue, isJsonObject } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import { parseUnixTime } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { systemProperties } from '../leads/properties';
import { type TypedValue, typedProperty, typedValue } from '../leads/values';
import type { CardValue, Fact } from './protocol';

/** A value by what it is, as a card shows it: an address is one that can be opened. */
function cardValue(value: TypedValue): CardValue {
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(cardValue) };
  return value.kind === 'text' && webAddress(value.text) ? { kind: 'address', text: value.text } : value;
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

/** What stands behind a fact: the host acts on it, the page never gets it while contacts are masked. */
export interface RealValue {
  /** The property's or field's name, as in `"name": value`. */
  readonly name: string;
  readonly value: JsonValue;
  /** Whether leads can be found by it: only properties of the lead can be. */
  readonly isProperty: boolean;
}

/** Fields that hold unix seconds (API.md, section 5). */
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

  /** Any value as it may be shown. */
  value(value: JsonValue): CardValue {
    return cardValue(typedValue(this.masking.json(this.about, value)));
  }

  /** A value of a property as it may be shown: contacts are text even when they look like something else. */
  propertyValue(name: string, value: JsonValue): CardValue {
    const shown = this.masking.on ? this.masking.mask.propertyValue(this.about, name, value) : value;
    return cardValue(typedProperty(name, shown));
  }

  /** A property of the lead. */
  property(name: string, title: string, value: JsonValue): Fact {
    return this.keep('prop:', { name, value, isProperty: true }, this.text(title), this.propertyValue(name, value));
  }

  /**
   * A field of something that belongs to the lead, such as a note.
   * @param owner begins the fact's key; no two things of a card have the same
   */
  field(owner: string, name: string, title: string, value: JsonValue): Fact {
    const date = typeof value === 'number' && timeFields.has(name) ? parseUnixTime(value) : undefined;
    const shown: CardValue = date ? { kind: 'date', ...date } : this.value(value);
    return this.keep(owner, { name, value, isProperty: false }, this.text(title), shown);
  }

  /**
   * All fields of an object, the known ones under their titles and the others under their own names, so that nothing the
   * service adds is lost. Fields of objects inside it stand beside its own.
   * @param owner begins the keys of the facts
   * @param without names left out because they are shown elsewhere
   */
  fields(owner: string, object: JsonObject, without: readonly string[] = [], prefix = ''): Fact[] {
    return Object.entries(object).flatMap(([name, value]) => {
      if (without.includes(name) || value === null || (Array.isArray(value) && value.length === 0)) return [];
      const title = words(this.text(name), prefix);
      if (isJsonObject(value) && !prefix) return this.fields(`${owner}${this.text(name)}.`, value, [], title);
      return [this.field(owner, name, prefix && name === 'name' ? prefix : title, value)];
    });
  }

  /**
   * The key goes to the page, so it holds the name as it may be shown; a number tells apart what masking makes the same.
   * A contact stands in the header and among the properties: that is one fact, with one key.
   */
  private keep(owner: string, real: RealValue, title: string, value: CardValue): Fact {
    const wanted = `${owner}${this.text(real.name)}`;
    const isAnother = (known: RealValue | undefined): boolean => known !== undefined && known.name !== real.name;
    let key = wanted;
    for (let count = 2; isAnother(this.values.get(key)); count++) key = `${wanted} ${count}`;
    this.values.set(key, real);
    return { key, title, value };
  }
}

/** "Last update" for `last_update`, "Author type" for `type` of an author. */
function words(name: string, prefix: string): string {
  const text = `${prefix} ${name.replace(/^\$/, '').replaceAll('_', ' ')}`.trim() || name;
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bid\b/i, 'ID').replace(/\burl\b/i, 'URL');
}
