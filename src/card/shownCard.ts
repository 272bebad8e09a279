import type { TranscriptPart } from '../leads/transcript';
import type { TypedValue } from '../leads/values';
import type { PageValue } from '../webview/messages';

/*
 * What a card shows: plain data, made by the extension host, masked where masking is on, and painted by the card's page.
 * Points in time are milliseconds since 1970 in UTC, because only the page knows the user's time zone.
 */

/** Everything on a card but its event history and the open conversation. */
export interface CardContent {
  readonly name: string;
  /** The lead's id. */
  readonly id: string;
  readonly presence: ShownPresence;
  /** Left out while the lead is there. */
  readonly lastSeen?: CardDate;
  /** Only while the lead is there. */
  readonly page?: ShownPage;
  readonly contacts: readonly ShownContact[];
  /** When the lead was merged into another one or wiped. */
  readonly removed?: PageValue;
  readonly groups: readonly ShownGroup[];
  readonly events: readonly ShownEvent[];
  readonly sections: readonly ShownSection[];
  readonly conversations: ShownSection;
  /** Of which sections the lead has none, in a sentence. */
  readonly none?: string;
  readonly details: ShownDetails;
  readonly failure?: ShownFailure;
  readonly masked: boolean;
  readonly pinned: boolean;
}

/** Whether the lead is there. */
export interface ShownPresence {
  /** `other` also for what is no longer known. */
  readonly state: 'online' | 'idle' | 'offline' | 'other';
  readonly words: string;
}

/** What a lead on the site looks at. */
export interface ShownPage {
  readonly title: string;
  readonly address?: string;
}

/** A contact of the lead, or its id. */
export interface ShownContact extends Fact {
  /** Whether everybody sees what it is: then its title is for screen readers only. */
  readonly isPlain: boolean;
  /** What the service says of an e-mail address. */
  readonly remark?: ShownRemark;
}

/** A few words beside a value. */
export interface ShownRemark {
  readonly words: string;
  /** Whether a person has to know it before they write there. */
  readonly isWarning: boolean;
  /** Since when it is so. */
  readonly since?: CardDate;
}

/** The properties of one kind, under a title. */
export interface ShownGroup {
  readonly title: string;
  readonly properties: readonly ShownProperty[];
}

/** A property of the lead, or what is known of it while it is on the site. */
export interface ShownProperty extends Fact {
  /** The name as the API knows it, such as `$email`. */
  readonly name: string;
  /** Whether leads can be found by it. */
  readonly isProperty: boolean;
  /** What the older list row says, where the details say something else. */
  readonly before?: PageValue;
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

/** A titled list of things that belong to the lead: tags, segments, notes, conversations. */
export interface ShownSection {
  readonly id: string;
  readonly title: string;
  /** How many there are; left out where they are seen at a glance. */
  readonly count?: string;
  /** One quiet line, such as that not all items are shown. */
  readonly note?: string;
  /** Whether the items are words side by side. */
  readonly chips: boolean;
  readonly items: readonly ShownItem[];
}

/** One line of a section: title, time, mark and text, each left out where it is not known. */
export interface ShownItem {
  /** Who wrote it, or what it is called. */
  readonly title: string;
  readonly time?: CardDate;
  /** In which state it is, in a word. */
  readonly mark?: string;
  /** Whether it is a conversation that has ended. */
  readonly isClosed?: boolean;
  /** On the same line. */
  readonly text?: string;
  /** Below the line, of several lines. */
  readonly body?: string;
  /** Of a segment: how the message `showSegment` refers to it. */
  readonly segment?: string;
  /** The id of the conversation that the line opens. */
  readonly conversation?: string;
  /** Whether there is something in it that was not read. */
  readonly isUnread?: boolean;
  /** All that the service sent of it. */
  readonly facts: readonly Fact[];
}

/** A named value. `key` is how messages of the page refer to it: the page never sends a value back. */
export interface Fact {
  readonly key: string;
  readonly title: string;
  readonly value: PageValue;
}

/** A point in time, or a bare day; in which zone it is shown, only the page knows. */
export type CardDate = Extract<TypedValue, { readonly kind: 'date' }>;

/** Where the details (`GET /users/{id}`) stand. */
export type ShownDetails =
  | { readonly state: 'reading' }
  | {
      readonly state: 'read';
      /** When, in milliseconds since 1970, UTC. */
      readonly at: number;
      /** How many properties have changed since the lead was listed. */
      readonly changes: number;
    }
  | {
      readonly state: 'failed';
      /** When the details that are still shown were read; undefined when there are none. */
      readonly at?: number;
    };

/** What of a card could not be read. */
export interface ShownFailure {
  /** What is missing and why, in sentences that may be shown. */
  readonly message: string;
  /** What a person can do about it. */
  readonly action: 'refresh' | 'replaceToken';
}

/** The event history as far as it was read, newest first. */
export interface ShownHistory {
  readonly state: 'reading' | 'read' | 'failed';
  /** The name of the only events that are shown; undefined for all. */
  readonly only?: string;
  readonly occurrences: readonly ShownOccurrence[];
  /** Whether older ones can be asked for. */
  readonly more: boolean;
  /** What failed, in a sentence that may be shown. */
  readonly message?: string;
}

/** One event that happened, of the history. */
export interface ShownOccurrence {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970, UTC. */
  readonly time?: number;
  readonly facts: readonly Fact[];
  /** Whether it came in while the events were followed. */
  readonly arrived: boolean;
}

/** Whether new events are asked for; `hidden`: no more, because the card was out of sight for a minute. */
export interface ShownFollowing {
  readonly state: 'on' | 'off' | 'hidden';
  /** When they were asked for last, in milliseconds since 1970 by the host's clock. */
  readonly asked?: number;
}

/** An open conversation as far as it was read. */
export interface ShownTranscript {
  /** The conversation's id. */
  readonly id: string;
  readonly state: 'reading' | 'read' | 'failed';
  /** Oldest first. */
  readonly parts: readonly ShownPart[];
  /** Whether older ones can be asked for. */
  readonly more: boolean;
  /** What failed, in a sentence that may be shown. */
  readonly message?: string;
  /** Whether it may be asked for again. */
  readonly again?: boolean;
}

/** A part of an open conversation. */
export interface ShownPart extends Omit<TranscriptPart, 'time'> {
  readonly time?: CardDate;
  /** Whether it came in while the conversation was open. */
  readonly arrived: boolean;
}
