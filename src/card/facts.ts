import * as l10n from '@vscode/l10n';
import { decodeNumber } from '../dashly/decode';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import { readSegmentFilters, type Segment } from '../dashly/segment';
import { parseUnixTime } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { systemProperties } from '../leads/properties';
import { describeSelection } from '../leads/queryWords';
import { type TypedValue, typedProperty, typedValue } from '../leads/values';
import { htmlText } from '../leads/htmlText';
import type { CardDate, Fact } from './shownCard';
import type { PageValue } from '../webview/messages';

/** A value by what it is, as a card shows it: an address is one that can be opened. */
function cardValue(value: TypedValue): PageValue {
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

/**
 * What a person is asked before an address is opened, and the address as it may be shown.
 * @param text as the service sent it
 * @param url its `webAddress`
 * @param lead whose contacts are masked in it
 */
export function linkQuestion(
  text: string,
  url: URL,
  masking: Masking,
  lead: Lead,
): { readonly question: string; readonly address: string } {
  const masked = masking.text(text, lead);
  // A contact may stand in the host, too, and as escapes in `href`.
  if (masked !== text) return { question: l10n.t('Open this address in the browser?'), address: masked };
  return {
    question: l10n.t('Open this address of {0} in the browser?', url.host),
    // `href` writes what is not ASCII as escapes: no look-alike letters, nothing that changes the writing direction.
    address: masking.text(url.href, lead),
  };
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

interface FieldsOptions {
  /** Who has named the fields: only the service's own names say which are times. */
  readonly by?: 'service' | 'site';
  /** The title of the object that this one stands in. */
  readonly within?: string;
}

/** Makes the facts of one card and keeps what stands behind each. */
export class CardFacts {
  readonly values = new Map<string, RealValue>();
  /** The segments of the lead by their keys. */
  readonly segments = new Map<string, Segment>();
  /** The values as they may be shown. */
  private readonly shown = new Map<string, JsonValue>();

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
  value(value: JsonValue): PageValue {
    return cardValue(typedValue(this.masking.json(this.about, value)));
  }

  /** What a person reads of a text that may be HTML, as it may be shown. */
  textOfHtml(html: string): string {
    return this.text(htmlText(html));
  }

  /** The date in unix seconds (API.md, section 3); undefined where there is none. */
  unixTime(seconds: JsonValue | undefined): CardDate | undefined {
    const number = decodeNumber(seconds);
    const date = number === undefined ? undefined : parseUnixTime(number);
    return date && { kind: 'date', ...date };
  }

  /** The filter of a segment in words; undefined where not all of it is understood. */
  segmentWords(segment: Segment): string | undefined {
    const read = readSegmentFilters(segment);
    if (!read || read.unknown.length > 0) return undefined;
    return this.text(describeSelection({ filters: read.filters }, this.masking) ?? l10n.t('All leads'));
  }

  /** Keeps a segment to be shown in the list. @returns its key */
  keepSegment(segment: Segment): string {
    const key = String(this.segments.size);
    this.segments.set(key, segment);
    return key;
  }

  /** A value of a property as it may be shown: contacts are text even when they look like something else. */
  propertyValue(name: string, value: JsonValue): PageValue {
    return cardValue(typedProperty(name, this.maskedProperty(name, value)));
  }

  /** The value behind a key as JSON, as the service sent it but for contacts that are masked; undefined for another key. */
  raw(key: string): string | undefined {
    const value = this.shown.get(key);
    return value === undefined ? undefined : stringifyJson(value, 2);
  }

  /** A property of the lead. */
  property(name: string, title: string, value: JsonValue): Fact {
    const shown = this.maskedProperty(name, value);
    const real = { name, value, isProperty: true };
    return this.keep('prop:', real, this.text(title), cardValue(typedProperty(name, shown)), shown);
  }

  /**
   * A field of something that belongs to the lead, such as a note.
   * @param owner begins the fact's key; no two things of a card have the same
   */
  field(owner: string, name: string, title: string, value: JsonValue, by: FieldsOptions['by'] = 'service'): Fact {
    const shown = this.masking.json(this.about, value);
    const date = by === 'service' && timeFields.has(name) ? this.unixTime(value) : undefined;
    const real = { name, value, isProperty: false };
    return this.keep(owner, real, this.text(title), date ?? cardValue(typedValue(shown)), shown);
  }

  /**
   * All fields of an object, the known ones under their titles and the others under their own names, so that nothing the
   * service adds is lost. Fields of objects inside it stand beside its own.
   * @param owner begins the keys of the facts
   */
  fields(owner: string, object: JsonObject, { by = 'service', within }: FieldsOptions = {}): Fact[] {
    return Object.entries(object).flatMap(([name, value]) => {
      if (value === null || (Array.isArray(value) && value.length === 0)) return [];
      const title = words(this.text(name), within ?? '');
      // One level only: whoever wrote the object may have nested it as deep as they like.
      if (isJsonObject(value) && within === undefined)
        return this.fields(`${owner}${this.text(name)}.`, value, { by, within: title });
      return [this.field(owner, name, within && name === 'name' ? within : title, value, by)];
    });
  }

  private maskedProperty(name: string, value: JsonValue): JsonValue {
    return this.masking.propertyValue(this.about, name, value);
  }

  /**
   * The key goes to the page, so it holds the name as it may be shown; a number tells apart what masking makes the same.
   * A contact stands in the header and among the properties: that is one fact, with one key.
   */
  private keep(owner: string, real: RealValue, title: string, value: PageValue, shown: JsonValue): Fact {
    const wanted = `${owner}${this.text(real.name)}`;
    const isAnother = (known: RealValue | undefined): boolean => known !== undefined && known.name !== real.name;
    let key = wanted;
    for (let count = 2; isAnother(this.values.get(key)); count++) key = `${wanted} ${count}`;
    this.values.set(key, real);
    this.shown.set(key, shown);
    return { key, title, value };
  }
}

/** "Last update" for `last_update`, "Author type" for `type` of an author. */
function words(name: string, prefix: string): string {
  const text = `${prefix} ${name.replace(/^\$/, '').replaceAll('_', ' ')}`.trim() || name;
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bid\b/i, 'ID').replace(/\burl\b/i, 'URL');
}
