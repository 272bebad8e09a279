import type { SampleLead, SamplePresence, SampleValue } from './sampleLead';

export interface SampleAppOptions {
  /** How many leads are generated; default 12,345. */
  readonly leads?: number;
  /** The same seed, count and clock give the same app; default 1. */
  readonly seed?: number;
  /** Milliseconds since 1970; default `Date.now`. Dates of the generated leads are relative to its value at construction. */
  readonly now?: () => number;
  /** The app's id; default `sample`. */
  readonly appId?: string;
  /** Whether a few leads come and go as the clock moves (looked at when a request comes); default false. */
  readonly live?: boolean;
}

/** Props to set; `null` unsets one. */
export type PropsChange = Readonly<Record<string, SampleValue | null>>;

export interface SampleQuery {
  /** The filters as parsed JSON or as JSON text (section 4 of the API document); none for all leads. */
  readonly filters?: unknown;
  readonly sortProp?: string;
  readonly sortOrder?: 'asc' | 'desc';
}

/** A generated app whose leads can be queried and changed while it runs. */
export declare class SampleApp {
  constructor(options?: SampleAppOptions);
  readonly appId: string;
  readonly now: () => number;
  /** How many leads there are now. */
  get count(): number;
  /** Ids of all leads that match, in order. Throws `ApiError` (`ValidationError`) for broken filters. */
  query(query?: SampleQuery): string[];
  /** A lead by id, `undefined` when there is none (any more). */
  record(id: string): SampleLead | undefined;
  /** The lead exactly as the list endpoint sends it with `id_as_string=true`. */
  json(id: string): string | undefined;
  /** Adds a lead; gives its id. `$last_seen` is now unless given. */
  add(props?: PropsChange, presence?: SamplePresence): string;
  /** Changes a lead's props. Throws `RangeError` for an unknown id (so do the following). */
  change(id: string, props: PropsChange, presence?: SamplePresence): void;
  /** Wipes a lead: it leaves the list, and reading it gives `LookupError`. */
  remove(id: string): void;
  /** Merges a lead into another: it leaves the list, and reading it gives its record with a `removed` date. */
  merge(id: string, into: string): void;
  /** The lead is online and seen now: it is the first of `$last_seen` in descending order. */
  comeOnline(id: string): void;
}
