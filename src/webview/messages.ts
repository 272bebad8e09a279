/*
 * What the messages between the extension host and a page have in common. Each page has a protocol of its own.
 */

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
