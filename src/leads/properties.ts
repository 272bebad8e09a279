import * as l10n from '@vscode/l10n';

/** The five types a property can have (API.md, section 5). */
export type PropertyKind = 'number' | 'string' | 'boolean' | 'date' | 'list';

/** A type in a person's word. */
export function kindWord(kind: PropertyKind): string {
  return kindWords[kind];
}

const kindWords: Readonly<Record<PropertyKind, string>> = {
  number: l10n.t('number'),
  string: l10n.t('text'),
  boolean: l10n.t('yes or no'),
  date: l10n.t('date'),
  list: l10n.t('list'),
};

/** What a contact is, and so what stands in its place while contacts are masked; `hidden` is left out altogether. */
export type ContactKind = 'name' | 'email' | 'phone' | 'userId' | 'hidden';

/** What else there is to say of a system property. */
interface PropertyFacts {
  readonly contact?: ContactKind;
  /** The field with the same contact in the User object and in what it nests. */
  readonly field?: string;
  /** Whether a lead is called by it, searched in it, and has it at the top of its card; what is called first comes first. */
  readonly identifies?: true;
  /** Whether a row of the list says it: an export of the visible properties has it. */
  readonly inRow?: true;
  /** Whether every app has it with values that differ: a long list can be cut by it; the finest comes first. */
  readonly cuts?: true;
  /** Present only while the lead is on the site, in `presence_details`: its title there, and its name in the other set. */
  readonly visit?: { readonly title: string; readonly otherName?: string };
}

type PropertyRow = readonly [name: string, title: string, kind: PropertyKind, facts?: PropertyFacts];

/**
 * The one table of what is known about properties (API.md, section 5): every other list of them derives from it. Groups
 * and properties stand in the order they are shown in, what people ask for most first.
 */
const groups = {
  contacts: {
    title: l10n.t('Contacts'),
    properties: [
      ['$name', l10n.t('Name'), 'string', { contact: 'name', identifies: true, inRow: true }],
      ['$email', l10n.t('E-mail'), 'string', { contact: 'email', field: 'email', identifies: true, inRow: true }],
      ['$phone', l10n.t('Phone'), 'string', { contact: 'phone', field: 'phone', identifies: true, inRow: true }],
      ['$user_id', l10n.t('User ID'), 'string', { contact: 'userId', field: 'user_id', identifies: true, inRow: true }],
      // The address of a picture of the person names them more often than not.
      ['$avatar', l10n.t('Avatar'), 'string', { contact: 'hidden', field: 'avatar' }],
    ],
  },
  activity: {
    title: l10n.t('Activity'),
    properties: [
      ['$last_seen', l10n.t('Last seen'), 'date', { inRow: true, cuts: true }],
      ['$last_contacted', l10n.t('Last contacted'), 'date', { cuts: true }],
      ['$last_reply', l10n.t('Last reply'), 'date', { cuts: true }],
      ['$sessions', l10n.t('Sessions'), 'number', { cuts: true }],
      ['$conversations_emails', l10n.t('E-mail conversations'), 'number'],
      [
        '$current_page_title',
        l10n.t('Current page'),
        'string',
        { visit: { title: l10n.t('Page'), otherName: 'page' } },
      ],
      [
        '$current_page_url',
        l10n.t('Current page address'),
        'string',
        { visit: { title: l10n.t('Address'), otherName: 'url' } },
      ],
      [
        '$active_since',
        l10n.t('Active since'),
        'date',
        { visit: { title: l10n.t('Since'), otherName: 'session_started' } },
      ],
      [
        '$current_session_pages',
        l10n.t('Pages this session'),
        'number',
        { visit: { title: l10n.t('Pages this session') } },
      ],
    ],
  },
  place: {
    title: l10n.t('Place'),
    properties: [
      ['$country', l10n.t('Country'), 'string'],
      ['$region', l10n.t('Region'), 'string'],
      ['$city', l10n.t('City'), 'string'],
    ],
  },
  source: {
    title: l10n.t('Source'),
    properties: [
      ['$initial_referrer', l10n.t('Initial referrer'), 'string'],
      ['$last_session_referrer', l10n.t('Last referrer'), 'string'],
      ['$last_utm_source', l10n.t('UTM source'), 'string'],
      ['$last_utm_medium', l10n.t('UTM medium'), 'string'],
      ['$last_utm_campaign', l10n.t('UTM campaign'), 'string'],
      ['$last_utm_content', l10n.t('UTM content'), 'string'],
      ['$last_utm_term', l10n.t('UTM term'), 'string'],
    ],
  },
  shop: {
    title: l10n.t('Shop'),
    properties: [
      ['$cart_amount', l10n.t('Cart amount'), 'number'],
      ['$cart_items', l10n.t('Cart items'), 'list'],
      ['$viewed_products', l10n.t('Viewed products'), 'list'],
      ['$viewed_categories', l10n.t('Viewed categories'), 'list'],
      ['$last_order_status', l10n.t('Last order status'), 'string'],
      ['$last_payment', l10n.t('Last payment'), 'number'],
      ['$orders_count', l10n.t('Orders'), 'number'],
      ['$ordered_items', l10n.t('Ordered items'), 'list'],
      ['$ordered_categories', l10n.t('Ordered categories'), 'list'],
      ['$revenue', l10n.t('Revenue'), 'number'],
      ['$profit', l10n.t('Profit'), 'number'],
      ['$discount', l10n.t('Discount'), 'number'],
    ],
  },
  system: { title: l10n.t('Other system properties'), properties: [['$group', l10n.t('Group'), 'string']] },
  custom: { title: l10n.t('Custom properties'), properties: [] },
  events: { title: l10n.t('Events'), properties: [] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly properties: readonly PropertyRow[] }>>;

/** A group of a lead's properties. */
export type PropertyGroup = keyof typeof groups;

/** A property that the service itself keeps. */
export interface SystemProperty extends PropertyFacts {
  readonly name: string;
  readonly title: string;
  readonly kind: PropertyKind;
  readonly group: PropertyGroup;
}

/** All groups, in the order they are shown in. */
export const propertyGroups = Object.keys(groups) as readonly PropertyGroup[];

/** All system properties that have been seen, in the order they are shown in. */
export const systemProperties: readonly SystemProperty[] = propertyGroups.flatMap((group) =>
  groups[group].properties.map(([name, title, kind, facts]: PropertyRow) => ({ name, title, kind, group, ...facts })),
);

const byName: ReadonlyMap<string, SystemProperty> = new Map(
  systemProperties.map((property) => [property.name, property]),
);

/** What a lead is called by, the best first. */
export const identifyingProperties = systemProperties.filter(({ identifies }) => identifies);

/** The names of the properties that a row of the list says. */
export const rowProperties: readonly string[] = systemProperties.filter(({ inRow }) => inRow).map(({ name }) => name);

const contactKinds: ReadonlyMap<string, ContactKind> = new Map(
  systemProperties.flatMap(({ name, field, contact }) =>
    contact ? [name, ...(field === undefined ? [] : [field])].map((each) => [each, contact] as const) : [],
  ),
);

/** Which contact a property, or a field of the User object, always holds; undefined for one that may hold anything. */
export function contactKind(name: string): ContactKind | undefined {
  return contactKinds.get(name);
}

/** The type of a property that section 5 of API.md names; undefined for any other. */
export function documentedKind(name: string): PropertyKind | undefined {
  return byName.get(name)?.kind;
}

/** Names of event types by their ids, as far as they are known. */
export type EventNames = ReadonlyMap<string, string>;

/** One of the three properties the service keeps for each event type. */
export interface EventProperty {
  readonly eventId: string;
  readonly part: 'first' | 'last' | 'count';
}

/**
 * A property in words: "E-mail" for `$email`, "Signed up, count" for `$event_18_count` when the name of event type 18
 * is known, else "Event 18, count". Any other name as it comes: it is not made safe for one line.
 */
export function propertyTitle(name: string, eventNames?: EventNames): string {
  const event = eventProperty(name);
  if (event) {
    const named = eventNames?.get(event.eventId) ?? l10n.t('Event {0}', event.eventId);
    switch (event.part) {
      case 'first':
        return l10n.t('{0}, first time', named);
      case 'last':
        return l10n.t('{0}, last time', named);
      case 'count':
        return l10n.t('{0}, count', named);
    }
  }
  return byName.get(name)?.title ?? name;
}

/** `$event_<id>_first|last|count` taken apart; undefined for every other property. */
export function eventProperty(name: string): EventProperty | undefined {
  const match = /^\$event_(\d+)_(first|last|count)$/.exec(name);
  return match?.[1] === undefined ? undefined : { eventId: match[1], part: match[2] as EventProperty['part'] };
}

/** A group's heading. */
export function propertyGroupTitle(group: PropertyGroup): string {
  return groups[group].title;
}

/** Families of system properties: the documentation does not name all members. */
const families: readonly (readonly [PropertyGroup, RegExp])[] = [
  ['activity', /^\$current_./],
  ['source', /^\$(initial_|last_)?(referrer|utm_(source|medium|campaign|content|term))$/],
];

/** The group a property belongs to: by its name for system properties; a name without `$` is a custom property. */
export function propertyGroup(name: string): PropertyGroup {
  if (!name.startsWith('$')) return 'custom';
  if (eventProperty(name)) return 'events';
  return byName.get(name)?.group ?? families.find(([, members]) => members.test(name))?.[0] ?? 'system';
}
