/** Names of event types by their ids, as far as they are known. */
export type EventNames = ReadonlyMap<string, string>;

/** A property in words: "E-mail" for `$email`, "Signed up, count" for `$event_18_count`; others as they come. */
export function propertyTitle(_name: string, _eventNames?: EventNames): string {
  throw new Error('not yet');
}

/** `$event_<id>_first|last|count` taken apart; undefined for every other property. */
export function eventProperty(_name: string): { readonly eventId: string; readonly part: 'first' | 'last' | 'count' } | undefined {
  throw new Error('not yet');
}
