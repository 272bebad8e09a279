import type { JsonObject, JsonValue } from './json';

/** A property's value as the service sent it; section 5 of the API document lists the five documented types. */
export type PropertyValue = JsonValue;

/** A lead's properties by name: system (`$email`), event (`$event_18_count`) and custom (`orders`). */
export type Props = Readonly<Record<string, PropertyValue>>;

/** The presences the API document names. The service may send others, which are kept and shown as they are. */
export const knownPresences = ['online', 'idle', 'offline'] as const;

/** One item of `data.users` (section 1 of the API document). */
export interface Lead {
  /** A 64-bit id as a decimal string: a JavaScript number would corrupt it. */
  readonly id: string;
  /** `online`, `idle`, `offline`, or whatever else the service sent; empty when it sent nothing. */
  readonly presence: string;
  /** Empty when the service sent none or `null`. */
  readonly props: Props;
  /** The item as the service sent it, for the JSON commands; `props` is part of it. */
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

/** Which leads, in which order: what a view is. */
export interface LeadsQuery {
  readonly filters?: Filters;
  /** A property to sort by; the service's default is `$last_seen`. */
  readonly sortProp?: string;
  /** The service's default is `desc`. */
  readonly sortOrder?: SortOrder;
  /**
   * Only leads with one of these presences are shown, of those that are loaded. The service has no condition on presence
   * (section 4): it is never sent.
   */
  readonly presence?: readonly string[];
}

/** One page of a query. */
export interface LeadsPageQuery extends LeadsQuery {
  /** Where the page starts, from 0; `offset + limit` may not exceed 10,000. */
  readonly offset: number;
  /** 1..50. */
  readonly limit: number;
  /** When explicitly false every value comes back as a string. */
  readonly convertPropsTypes?: boolean;
}

/** Section 4 of the API document. */
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
