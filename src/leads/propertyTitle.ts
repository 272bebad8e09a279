/** Names of event types by their ids, as far as they are known. */
export type EventNames = ReadonlyMap<string, string>;

/** One of the three properties the service keeps for each event type. */
export interface EventProperty {
  readonly eventId: string;
  readonly part: 'first' | 'last' | 'count';
}

/** The system properties that have been seen (section 5 of the API document), in words. */
const titles: ReadonlyMap<string, string> = new Map([
  ['$name', 'Name'],
  ['$email', 'E-mail'],
  ['$phone', 'Phone'],
  ['$user_id', 'User ID'],
  ['$avatar', 'Avatar'],
  ['$last_seen', 'Last seen'],
  ['$last_contacted', 'Last contacted'],
  ['$last_reply', 'Last reply'],
  ['$sessions', 'Sessions'],
  ['$country', 'Country'],
  ['$region', 'Region'],
  ['$city', 'City'],
  ['$initial_referrer', 'Initial referrer'],
  ['$last_utm_source', 'UTM source'],
  ['$last_utm_medium', 'UTM medium'],
  ['$last_utm_campaign', 'UTM campaign'],
  ['$last_utm_content', 'UTM content'],
  ['$last_utm_term', 'UTM term'],
  ['$cart_amount', 'Cart amount'],
  ['$cart_items', 'Cart items'],
  ['$viewed_products', 'Viewed products'],
  ['$viewed_categories', 'Viewed categories'],
  ['$last_order_status', 'Last order status'],
  ['$last_payment', 'Last payment'],
  ['$orders_count', 'Orders'],
  ['$ordered_items', 'Ordered items'],
  ['$ordered_categories', 'Ordered categories'],
  ['$revenue', 'Revenue'],
  ['$profit', 'Profit'],
  ['$group', 'Group'],
  ['$discount', 'Discount'],
  ['$current_page_title', 'Current page'],
  ['$current_page_url', 'Current page address'],
  ['$active_since', 'Active since'],
  ['$current_session_pages', 'Pages this session'],
]);

const eventParts = { first: 'first time', last: 'last time', count: 'count' } as const;

/**
 * A property in words: "E-mail" for `$email`, "Signed up, count" for `$event_18_count` when the name of event type 18
 * is known, else "Event 18, count". Any other name as it comes: it is not made safe for one line.
 */
export function propertyTitle(name: string, eventNames?: EventNames): string {
  const event = eventProperty(name);
  if (event) {
    return `${eventNames?.get(event.eventId) ?? `Event ${event.eventId}`}, ${eventParts[event.part]}`;
  }
  return titles.get(name) ?? name;
}

/** `$event_<id>_first|last|count` taken apart; undefined for every other property. */
export function eventProperty(name: string): EventProperty | undefined {
  const match = /^\$event_(\d+)_(first|last|count)$/.exec(name);
  return match?.[1] === undefined ? undefined : { eventId: match[1], part: match[2] as EventProperty['part'] };
}
