import * as l10n from '@vscode/l10n';
import { decodeItems, decodeLeadId, decodeObject, decodeText, decodeWhole } from './decode';
import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** The most rows one query can read: `offset + limit` may not exceed it (API.md, section 1). */
export const queryCap = 10_000;

/** The most leads one page can have (API.md, section 1). */
export const maxPageSize = 50;

/** The largest answer that is read, in bytes after decompression. A page of 50 leads is some 50 KB. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/** How long an answer is waited for, in ms, unless said otherwise. */
export const defaultTimeout = 30_000;

/** A property's value as the service sent it; API.md, section 5, lists the five documented types. */
export type PropertyValue = JsonValue;

/** A lead's properties by name: system (`$email`), event (`$event_18_count`) and custom (`orders`). */
export type Props = Readonly<Record<string, PropertyValue>>;

/** The presences API.md names. The service may send others, which are kept and shown as they are. */
export const knownPresences = ['online', 'idle', 'offline'] as const;

/** One item of `data.users` (API.md, section 1). Not to be spread: some make `props` and `record` when they are asked for. */
export interface Lead {
  /** A 64-bit id as 1 to 20 digits: a JavaScript number would corrupt it. */
  readonly id: string;
  /** `online`, `idle`, `offline`, or whatever else the service sent; empty when it sent nothing. */
  readonly presence: string;
  /** Empty when the service sent none or `null`. It may be another object each time. */
  readonly props: Props;
  /** The item as the service sent it, for the JSON commands; `props` is part of it. It may be another object each time. */
  readonly record: JsonObject;
}

/** What one request for a page of leads gave. */
export interface LeadsPage {
  /** How many leads satisfy the filters, on all pages. */
  readonly total: number;
  readonly leads: readonly Lead[];
  /** How many items the service sent, the skipped ones included: fewer than `limit` means the last page. */
  readonly received: number;
  /** One sentence for each item that could not be decoded and was left out. */
  readonly skipped: readonly string[];
}

export type SortOrder = 'asc' | 'desc';

/** What the service sorts by unless a query says otherwise (API.md, section 1). */
export const defaultSortProp = '$last_seen';

/** Which leads, in which order: what a view is. */
export interface LeadsQuery {
  readonly filters?: Filters;
  /** A property to sort by; `defaultSortProp` when left out. */
  readonly sortProp?: string;
  /** The service's default is `desc`. */
  readonly sortOrder?: SortOrder;
  /**
   * Only leads with one of these presences are shown, of those that are loaded. The service has no condition on presence
   * (API.md, section 4): it is never sent.
   */
  readonly presence?: readonly string[];
}

/** One page of a query. */
export interface LeadsPageQuery extends LeadsQuery {
  /** Where the page starts, from 0; `offset + limit` may not exceed 10,000. */
  readonly offset: number;
  /** 1..50. */
  readonly limit: number;
}

/** API.md, section 4. */
export interface Filters {
  readonly type: 'and' | 'or';
  readonly filters: readonly Condition[];
}

/** One condition of a filter, as the service reads it. */
export interface Condition {
  readonly type: string;
  readonly property_name: string;
  readonly value: JsonObject;
}

/**
 * Decodes `data` of `GET /apps/{id}/users` (API.md, section 1).
 * @returns undefined when it has another shape
 */
export function decodeLeadsPage(data: JsonValue): LeadsPage | undefined {
  if (!isJsonObject(data)) return undefined;
  const total = decodeWhole(data.total);
  const users = data.users;
  if (total === undefined || !Array.isArray(users)) return undefined;
  const texts = new Map<string, string>();
  const { decoded, skipped } = decodeItems(
    users,
    (place) => l10n.t('Lead {0} has no id and is left out.', place),
    (item) => decodeLead(item, texts),
  );
  return { total, leads: decoded, received: users.length, skipped };
}

/**
 * Decodes one item; undefined when it has no id.
 * @param texts values that occur in several leads of a page, such as a country: they are kept once
 */
function decodeLead(item: JsonObject, texts: Map<string, string>): Lead | undefined {
  const id = decodeLeadId(item.id);
  if (id === undefined) return undefined;
  return new ListedLead(id, decodeText(item.presence) ?? '', item, texts);
}

/**
 * A lead of which thousands are held: its properties are kept in one list and made an object when they are asked for. Nearly
 * every lead has another set of properties, and V8 keeps a description of each set that it sees in ordinary objects, and a
 * sparse table for an object without a prototype: both are larger than the values (`npm run bench -- leadList`).
 */
class ListedLead implements Lead {
  /** The one whose properties were asked for last, which are mostly asked for again. */
  static #last: { readonly lead: ListedLead; readonly props: JsonObject } | undefined;

  readonly #item: JsonObject;
  /** Name, value, name, value, … */
  readonly #members: readonly PropertyValue[];

  constructor(
    readonly id: string,
    readonly presence: string,
    item: JsonObject,
    texts: Map<string, string>,
  ) {
    const props = decodeObject(item.props);
    const members: PropertyValue[] = [];
    for (const name in props) {
      const value = props[name] ?? null;
      members.push(name, typeof value === 'string' ? once(value, texts) : value);
    }
    // A copy is as long as it must be.
    this.#members = members.slice();
    this.#item = members.length > 0 ? { ...item, props: null } : item;
  }

  /** Without a prototype: none of the names can mean something else. */
  get props(): JsonObject {
    if (ListedLead.#last?.lead !== this) {
      const props = Object.create(null) as JsonObject;
      for (let at = 0; at < this.#members.length; at += 2)
        props[this.#members[at] as string] = this.#members[at + 1] ?? null;
      ListedLead.#last = { lead: this, props };
    }
    return ListedLead.#last.props;
  }

  get record(): JsonObject {
    return this.#members.length > 0 ? { ...this.#item, props: this.props } : this.#item;
  }

  property(name: string): PropertyValue | undefined {
    for (let at = 0; at < this.#members.length; at += 2) if (this.#members[at] === name) return this.#members[at + 1];
    return undefined;
  }
}

/** One property of a lead, where the others are not wanted: in a list they would be made an object for it. */
export function propertyOf(lead: Lead, name: string): PropertyValue | undefined {
  return lead instanceof ListedLead ? lead.property(name) : lead.props[name];
}

function once(text: string, texts: Map<string, string>): string {
  // V8 keeps shorter ones of a JSON text once by itself (`JsonParser`).
  if (text.length <= 10) return text;
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}
