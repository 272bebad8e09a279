import { eventProperty } from './propertyTitle';

/** The groups of a lead's properties, in the order they are shown in. */
export const propertyGroups = ['contacts', 'activity', 'place', 'source', 'shop', 'system', 'custom', 'events'] as const;
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
    new RegExp('^\\$(cart_amount|cart_items|viewed_products|viewed_categories|last_order_status|last_payment|orders_count'
      + '|ordered_items|ordered_categories|revenue|profit|discount)$'),
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
