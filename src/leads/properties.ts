/** Names of event types by their ids, as far as they are known. */
export type EventNames = ReadonlyMap<string, string>;

/** One of the three properties the service keeps for each event type. */
export interface EventProperty {
  readonly eventId: string;
  readonly part: 'first' | 'last' | 'count';
}

/** The system properties that have been seen (section 5 of API.md), in words. */
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

/** The groups of a lead's properties, in the order they are shown in. */
export const propertyGroups = [
  'contacts',
  'activity',
  'place',
  'source',
  'shop',
  'system',
  'custom',
  'events',
] as const;
export type PropertyGroup = (typeof propertyGroups)[number];

const groupTitles: Readonly<Record<PropertyGroup, string>> = {
  contacts: 'Contacts',
  activity: 'Activity',
  place: 'Place',
  source: 'Source',
  shop: 'Shop',
  system: 'Other system properties',
  custom: 'Custom properties',
  events: 'Events',
};

const groupMembers: readonly (readonly [PropertyGroup, RegExp])[] = [
  ['contacts', /^\$(name|email|phone|user_id|avatar)$/],
  ['activity', /^\$(last_seen|last_contacted|last_reply|sessions|active_since|current_.+)$/],
  ['place', /^\$(country|region|city)$/],
  ['source', /^\$(initial_|last_)?(referrer|utm_(source|medium|campaign|content|term))$/],
  [
    'shop',
    new RegExp(
      '^\\$(cart_amount|cart_items|viewed_products|viewed_categories|last_order_status|last_payment|orders_count' +
        '|ordered_items|ordered_categories|revenue|profit|discount)$',
    ),
  ],
];

/** A group's heading. */
export function propertyGroupTitle(group: PropertyGroup): string {
  return groupTitles[group];
}

/** The group a property belongs to: by its name for system properties; a name without `$` is a custom property. */
export function propertyGroup(name: string): PropertyGroup {
  if (!name.startsWith('$')) {
    return 'custom';
  }
  if (eventProperty(name)) {
    return 'events';
  }
  return groupMembers.find(([, members]) => members.test(name))?.[0] ?? 'system';
}
