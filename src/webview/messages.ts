import type { TypedValue } from '../leads/values';

/*
 * What the messages between the extension host and a page have in common. Each page has a protocol of its own.
 */

/** A value as a page paints it; every text in it is somebody else's and is shown, never parsed. */
export type PageValue =
  | Exclude<TypedValue, { readonly kind: 'list' }>
  /** An http or https address, shown as text; it opens only when the page asks the extension host for it. */
  | { readonly kind: 'address'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PageValue[] };

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

/** Whether a page has sent the name of a zone that is known here. */
export function isTimeZone(value: unknown): value is string {
  // The longest name there is has 32 characters.
  if (typeof value !== 'string' || value.length > 64) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
