import type { TranscriptPart } from '../leads/transcript';
import type { TypedValue } from '../leads/values';
import { isTimeZone, type PageValue } from '../webview/messages';

/*
 * What goes between the extension host and a card's page. The host sends what the card shows as plain data, masked where
 * masking is on, and the page paints it. Points in time travel as milliseconds since 1970 in UTC, because only the page
 * knows the user's time zone.
 */

/** A point in time, or a bare day; in which zone it is shown, only the page knows. */
export type CardDate = Extract<TypedValue, { readonly kind: 'date' }>;

/** A named value. `key` is how messages of the page refer to it: the page never sends a value back. */
export interface Fact {
  readonly key: string;
  readonly title: string;
  readonly value: PageValue;
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

/** What a lead on the site looks at. */
export interface ShownPage {
  readonly title: string;
  readonly address?: string;
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

/** A part of an open conversation. */
export interface ShownPart extends Omit<TranscriptPart, 'time'> {
  readonly time?: CardDate;
  /** Whether it came in while the conversation was open. */
  readonly arrived: boolean;
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

/** Whether the lead is there. */
export interface ShownPresence {
  /** `other` also for what is no longer known. */
  readonly state: 'online' | 'idle' | 'offline' | 'other';
  readonly words: string;
}

/** Everything on a card but its event history. */
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

/** Whether new events are asked for; `hidden`: no more, because the card was out of sight for a minute. */
export interface ShownFollowing {
  readonly state: 'on' | 'off' | 'hidden';
  /** When they were asked for last, in milliseconds since 1970 by the host's clock. */
  readonly asked?: number;
}

/** What the extension host says to a card's page. */
export type HostMessage =
  /** Paint this; sent when the page is ready and at every change. */
  | {
      readonly type: 'content';
      readonly content: CardContent;
      /** The host's clock, in milliseconds since 1970: that of the page's machine may go otherwise. */
      readonly now: number;
    }
  | { readonly type: 'history'; readonly history: ShownHistory }
  | { readonly type: 'following'; readonly following: ShownFollowing }
  | { readonly type: 'transcript'; readonly transcript: ShownTranscript }
  /** Brings the events to the front. */
  | { readonly type: 'showEvents' }
  /** A value as the service sent it, as JSON; contacts are masked where masking is on. */
  | { readonly type: 'raw'; readonly key: string; readonly text: string }
  /** What was asked for about this key is in the clipboard. */
  | { readonly type: 'copied'; readonly request: CopyRequest; readonly key: string };

/** The messages of a page that ask for a copy. */
export type CopyRequest = 'copyValue' | 'copyAssignment';

/** The commands of a card's toolbar about its whole lead; further ones stand in its menu (`webview/context`). */
export const cardCommands = ['pinCard', 'copyJson', 'openJson', 'compareWith', 'compareWithEarlier'] as const;
export type CardCommand = (typeof cardCommands)[number];

/** What a card's page says to the extension host. A `key` is that of a `Fact` the host has sent. */
export type PageMessage =
  /** The page listens, and has nothing to paint: the host sends what there is. */
  | {
      readonly type: 'ready';
      /**
       * The user's time zone, as an IANA name: only the window knows it, because the host may run on another machine.
       * Undefined where this machine does not know the zone.
       */
      readonly timeZone: string | undefined;
    }
  /** Read the details again. */
  | { readonly type: 'refresh' }
  | { readonly type: 'command'; readonly command: CardCommand }
  | { readonly type: 'copyValue'; readonly key: string }
  /** Copy as `"name": value`. */
  | { readonly type: 'copyAssignment'; readonly key: string }
  | { readonly type: 'findByValue'; readonly key: string }
  | { readonly type: 'openLink'; readonly key: string }
  /** Show the leads of a segment; `key` is the `segment` of a `ShownItem`. */
  | { readonly type: 'showSegment'; readonly key: string }
  /** Say how the service sent the value. */
  | { readonly type: 'readRaw'; readonly key: string }
  | { readonly type: 'replaceToken' }
  /** The person does something with the card: it is what they look at. */
  | { readonly type: 'used' }
  /** Read the first, or the next older, page of the event history. */
  | { readonly type: 'readHistory' }
  /** Ask the person of which name the events are to be shown. */
  | { readonly type: 'chooseEvents' }
  | { readonly type: 'showAllEvents' }
  /** Read the messages of the conversation with this id, and from now on say what they are. */
  | { readonly type: 'openConversation'; readonly id: string }
  /** Read the messages before those that are there, or again what could not be read. */
  | { readonly type: 'readOlderParts' }
  /** The open conversation as a text document. */
  | { readonly type: 'openTranscript' }
  /** The open conversation in the service's admin panel. */
  | { readonly type: 'openInPanel' }
  | { readonly type: 'closeConversation' }
  /** The messages have come into sight, or gone out of it. */
  | { readonly type: 'seeTranscript'; readonly on: boolean }
  /** Begin to ask for new events again and again, or end it. */
  | { readonly type: 'follow'; readonly on: boolean };

/** Says something to the extension host. */
export type Send = (message: PageMessage) => void;

/**
 * Reads what a page sent. The page runs beside text written by strangers, so its word is checked like any input.
 * @returns undefined for everything that is not exactly a message of the protocol
 */
export function decodePageMessage(value: unknown): PageMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, id, command, timeZone, on } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
      return { type, timeZone: isTimeZone(timeZone) ? timeZone : undefined };
    case 'refresh':
    case 'readHistory':
    case 'chooseEvents':
    case 'showAllEvents':
    case 'replaceToken':
    case 'used':
    case 'readOlderParts':
    case 'openTranscript':
    case 'openInPanel':
    case 'closeConversation':
      return { type };
    case 'openConversation':
      return typeof id === 'string' ? { type, id } : undefined;
    case 'command': {
      const known = cardCommands.find((name) => name === command);
      return known && { type, command: known };
    }
    case 'follow':
    case 'seeTranscript':
      return typeof on === 'boolean' ? { type, on } : undefined;
    case 'copyValue':
    case 'copyAssignment':
    case 'findByValue':
    case 'openLink':
    case 'showSegment':
    case 'readRaw':
      return typeof key === 'string' ? { type, key } : undefined;
    default:
      return undefined;
  }
}
