/**
 * What a card shows, as plain data: the host makes it, masked where masking is on, and the page paints it. Points in
 * time travel as milliseconds since 1970 in UTC, because only the page knows the user's time zone: the extension host
 * may run on another machine.
 */

/** A point in time. */
export interface CardDate {
  readonly kind: 'date';
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  /** Whether the service sent a bare `YYYY-MM-DD`: such a day is shown as it is, in no time zone. */
  readonly dateOnly: boolean;
}

/** A value as the page paints it; every text in it is somebody else's and is shown, never parsed. */
export type CardValue =
  | CardDate
  | { readonly kind: 'text'; readonly text: string }
  /** An http or https address, shown as text; it opens only through the message `openLink`. */
  | { readonly kind: 'address'; readonly text: string }
  /** The digits the service sent. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A value of a shape API.md does not know, as JSON text. */
  | { readonly kind: 'json'; readonly text: string }
  /** Sent as `null`. */
  | { readonly kind: 'unset' };

/** A named value. `key` is how messages of the page refer to it: the page never sends a value back. */
export interface Fact {
  readonly key: string;
  readonly title: string;
  readonly value: CardValue;
}

/** A property of the lead. */
export interface ShownProperty extends Fact {
  /** The property's name as the API knows it, such as `$email`. */
  readonly name: string;
  /** What the older list row says, where the details say something else. */
  readonly inList?: CardValue;
}

export interface ShownGroup {
  readonly title: string;
  readonly properties: readonly ShownProperty[];
}

/** One event type the lead has done. Missing facts were not sent. */
export interface ShownEvent {
  /** The event type's id. */
  readonly id: string;
  /** Its real name where known, else `Event <id>`. */
  readonly name: string;
  readonly count?: number;
  /** Milliseconds since 1970, UTC. */
  readonly first?: number;
  /** Milliseconds since 1970, UTC. */
  readonly last?: number;
}

/** A titled list of things that belong to the lead: segments, tags, notes, e-mail status, conversations. */
export interface ShownSection {
  readonly id: string;
  readonly title: string;
  /** One line above the items, such as the number of conversations. */
  readonly summary?: string;
  /** When the latest of the items was written to. */
  readonly last?: CardDate;
  readonly items: readonly ShownItem[];
  /** Why the section could not be read, in a sentence; the items are then empty. */
  readonly failure?: string;
}

export interface ShownItem {
  readonly title: string;
  readonly text?: string;
  readonly facts: readonly Fact[];
}

/** Where the details (`GET /users/{id}`) stand. */
export type ShownDetails =
  | { readonly state: 'reading' }
  | {
      readonly state: 'read';
      /** When, in milliseconds since 1970, UTC. */
      readonly at: number;
      /** How many properties differ from the list row. */
      readonly changes: number;
    }
  | {
      readonly state: 'failed';
      /** Which part is missing and why, in a sentence that may be shown. */
      readonly message: string;
      /** When the details that are still shown were read; undefined when there are none. */
      readonly at?: number;
    };

/** What the lead is looking at right now; only while online or idle. */
export interface ShownVisit {
  readonly facts: readonly Fact[];
}

/** Everything on a card but its event history. */
export interface CardContent {
  readonly name: string;
  /** The lead's id. */
  readonly id: string;
  readonly presence: { readonly state: 'online' | 'idle' | 'offline' | 'other'; readonly word: string };
  readonly lastSeen?: CardDate;
  readonly contacts: readonly Fact[];
  readonly visit?: ShownVisit;
  /** When the lead was merged into another one or wiped. */
  readonly removed?: CardValue;
  readonly groups: readonly ShownGroup[];
  readonly events: readonly ShownEvent[];
  readonly sections: readonly ShownSection[];
  readonly details: ShownDetails;
  readonly masked: boolean;
  readonly pinned: boolean;
}

/** One event that happened, of the history. */
export interface ShownOccurrence {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, UTC. */
  readonly time?: number;
  readonly facts: readonly Fact[];
}

/** The event history as far as it was read, newest first. */
export interface ShownHistory {
  readonly state: 'reading' | 'read' | 'failed';
  readonly occurrences: readonly ShownOccurrence[];
  /** Whether older ones can be asked for. */
  readonly more: boolean;
  /** What failed, in a sentence that may be shown. */
  readonly message?: string;
}
