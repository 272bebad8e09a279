import type { TypedValue } from '../leads/values';
import { isTimeZone } from '../webview/messages';

/*
 * What goes between the extension host and the page of *Explore Properties*. The host sends what the page shows as plain
 * data, masked where masking is on, and short enough for one line; the page refers to rows and values by keys.
 */

/** A value of a property as the page shows it. */
export type ShownValue = Exclude<TypedValue, { readonly kind: 'list' }>;

/** How many leads have a property, asked of the service. */
export type ExactCount =
  | { readonly state: 'counting' }
  | { readonly state: 'counted'; readonly count: number }
  /** With the reason, in a sentence that may be shown. */
  | { readonly state: 'failed'; readonly message: string };

/** A property, or an event with its three properties. */
export interface ShownRow {
  readonly key: string;
  readonly title: string;
  /** As the API knows it; of an event what its properties begin with. */
  readonly name: string;
  readonly group: string;
  /** The types of its values in words, the most frequent first. */
  readonly types: readonly string[];
  /** How many leads of the sample have it. */
  readonly count: number;
  /** Of its most frequent type; of an event of its count. */
  readonly smallest?: ShownValue;
  readonly largest?: ShownValue;
}

/** The values of one type that a property has. */
export interface ShownType {
  /** In a word. */
  readonly type: string;
  /** Whether the values are lists: then what is counted are their items. */
  readonly isList: boolean;
  readonly count: number;
  readonly smallest?: ShownValue;
  readonly largest?: ShownValue;
  /** How long texts and lists are, in words. */
  readonly lengths?: string;
}

/** One of the most frequent values. */
export interface ShownFrequent {
  /** Refers to it in the message `findValue`; undefined where the service cannot look for it. */
  readonly key?: string;
  readonly value: ShownValue;
  readonly count: number;
}

/** All that is known of one row. */
export interface ShownDetail {
  readonly key: string;
  readonly title: string;
  readonly name: string;
  readonly count: number;
  /** One line each for what is no value: the sum of an event's count, when it was first. `name` is no text for people. */
  readonly facts: readonly { readonly name: string; readonly title: string; readonly value: ShownValue }[];
  readonly types: readonly ShownType[];
  readonly distinct: number;
  readonly frequent: readonly ShownFrequent[];
  /** What the service can sort by: first what the button says. */
  readonly orders: readonly { readonly title: string; readonly index: number }[];
}

/** Everything on the page but its rows. */
export interface ShownExploration {
  /** App and view. */
  readonly title: string;
  /** Which leads the numbers are of, in a sentence. */
  readonly source: string;
  /** How many leads they are. */
  readonly leads: number;
  /** What one has to know of them, each in a sentence. */
  readonly notes: readonly string[];
  readonly state: 'reading' | 'read' | 'failed';
  /** While reading: how far it has come, from 0 to 1. */
  readonly progress: number;
  /** Why it could not be read, in a sentence that may be shown. */
  readonly failure?: string;
  /** Whether exact numbers can be asked for; else a note says why not. */
  readonly canCount: boolean;
  readonly masked: boolean;
}

/** What the extension host says to the page. */
export type HostMessage =
  | { readonly type: 'exploration'; readonly exploration: ShownExploration }
  | { readonly type: 'rows'; readonly rows: readonly ShownRow[] }
  /** Exact numbers by the rows' keys: all that are known. */
  | { readonly type: 'counts'; readonly counts: Readonly<Record<string, ExactCount>> }
  | { readonly type: 'detail'; readonly detail: ShownDetail | undefined };

/** What the page can have opened as a document. */
const documentFormats = ['csv', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** The most exact numbers that one press asks for: each is a request. */
export const mostCounts = 100;

/** What the page says to the extension host. */
export type PageMessage =
  /** The page listens, and has nothing to paint. */
  | { readonly type: 'ready'; readonly timeZone: string | undefined }
  /** Read again, the list as it is filtered now. */
  | { readonly type: 'refresh' }
  /** Choose another sample. */
  | { readonly type: 'choose' }
  /** Stop reading and counting. */
  | { readonly type: 'cancel' }
  /** Say all that is known of a row. */
  | { readonly type: 'select'; readonly key: string }
  /** Ask the service how many leads have it, of these rows; at most `mostCounts`. */
  | { readonly type: 'count'; readonly keys: readonly string[] }
  /** Filter the list by the row's property: those that have it. */
  | { readonly type: 'showLeads'; readonly key: string }
  /** Sort the list by one of the row's properties (`index` of `orders`). */
  | { readonly type: 'sort'; readonly key: string; readonly index: number }
  /** Filter the list by a value. */
  | { readonly type: 'findValue'; readonly key: string }
  | { readonly type: 'openAs'; readonly format: DocumentFormat };

/** Says something to the extension host. */
export type Send = (message: PageMessage) => void;

/**
 * Reads what the page sent. The page runs beside text written by strangers, so its word is checked like any input.
 * @returns undefined for everything that is not exactly a message of the protocol
 */
export function decodePageMessage(value: unknown): PageMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, keys, index, format, timeZone } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
      return { type, timeZone: isTimeZone(timeZone) ? timeZone : undefined };
    case 'refresh':
    case 'choose':
    case 'cancel':
      return { type };
    case 'select':
    case 'showLeads':
    case 'findValue':
      return typeof key === 'string' ? { type, key } : undefined;
    case 'sort':
      return typeof key === 'string' && typeof index === 'number' ? { type, key, index } : undefined;
    case 'count': {
      const isList = Array.isArray(keys) && keys.length <= mostCounts && keys.every((one) => typeof one === 'string');
      return isList ? { type, keys } : undefined;
    }
    case 'openAs': {
      const known = documentFormats.find((name) => name === format);
      return known && { type, format: known };
    }
    default:
      return undefined;
  }
}
