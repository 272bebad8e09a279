import { isTimeZone } from '../webview/messages';
import type { CardContent, ShownFollowing, ShownHistory, ShownTranscript } from './shownCard';

/*
 * What goes between the extension host and a card's page. The host sends what the card shows as plain data, and the page
 * paints it; what a page asks for refers to that by keys and ids.
 */

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
