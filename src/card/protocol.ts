import type { CardContent, ShownHistory } from './content';

/** What the extension host says to a card's page. */
export type HostMessage =
  /** Paint this; sent when the page is ready and at every change. */
  | { readonly type: 'content'; readonly content: CardContent }
  | { readonly type: 'history'; readonly history: ShownHistory }
  /** What was asked for about this key is in the clipboard. */
  | { readonly type: 'copied'; readonly request: CopyRequest; readonly key: string };

/** The messages of a page that ask for a copy. */
export type CopyRequest = 'copyValue' | 'copyAssignment';

/** The commands a card offers about its whole lead. */
export const cardCommands = [
  'copyJson',
  'openJson',
  'copyJsonToNewEditor',
  'compareWith',
  'compareWithEarlier',
  'pinCard',
] as const;
export type CardCommand = (typeof cardCommands)[number];

/** What a card's page says to the extension host. A `key` is that of a `Fact` the host has sent. */
export type PageMessage =
  /** The page listens, and has nothing to paint: the host sends what there is. */
  | { readonly type: 'ready' }
  /** Read the details again. */
  | { readonly type: 'refresh' }
  | { readonly type: 'command'; readonly command: CardCommand }
  | { readonly type: 'copyValue'; readonly key: string }
  /** Copy as `"name": value`. */
  | { readonly type: 'copyAssignment'; readonly key: string }
  | { readonly type: 'findByValue'; readonly key: string }
  | { readonly type: 'openLink'; readonly key: string }
  /** Read the first, or the next older, page of the event history. */
  | { readonly type: 'readHistory' };

/** A function for each type of message: leaving one out does not compile. */
export type Handlers<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: (message: Extract<Message, { readonly type: Type }>) => void;
};

/** Calls the handler of a message's type. */
export function dispatch<Message extends { readonly type: string }>(
  message: Message,
  handlers: Handlers<Message>,
): void {
  const handler = handlers[message.type as Message['type']] as (message: Message) => void;
  handler(message);
}

/**
 * Reads what a page sent. The page runs beside text written by strangers, so its word is checked like any input.
 * @returns undefined for everything that is not exactly a message of the protocol
 */
export function decodePageMessage(value: unknown): PageMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, command } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'readHistory':
      return { type };
    case 'command': {
      const known = cardCommands.find((name) => name === command);
      return known && { type, command: known };
    }
    case 'copyValue':
    case 'copyAssignment':
    case 'findByValue':
    case 'openLink':
      return typeof key === 'string' ? { type, key } : undefined;
    default:
      return undefined;
  }
}
