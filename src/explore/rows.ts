import * as l10n from '@vscode/l10n';
import type { JsonValue } from '../dashly/json';
import type { Masking } from '../leads/masking';
import {
  eventProperty,
  kindWord,
  propertyGroup,
  propertyGroups,
  propertyGroupTitle,
  propertyTitle,
  systemProperties,
} from '../leads/properties';
import { grouped, plural } from '../language';
import { singleLine } from '../leads/text';
import { typedProperty } from '../leads/values';
import type { ShownDetail, ShownFrequent, ShownRow, ShownType, ShownValue } from './protocol';
import type { KindStatistics, PropertyStatistics, SeenKind, SeenValue, Statistics } from './statistics';

/** What a row is about: a property, or an event type and its three properties. */
export interface Subject {
  readonly key: string;
  /** The property by which leads have it. */
  readonly property: string;
  readonly eventId?: string;
}

/** A property and a value of it that the service can look for. */
export interface FindableValue {
  readonly property: string;
  readonly value: JsonValue;
}

/** The longest value on the page, in characters. */
const longestValue = 160;
const longestTitle = 120;

/** How many of the most frequent values are shown. */
const mostFrequent = 20;

/**
 * What there is to show: the properties and events of the leads, and those the app is known to have which none of these
 * leads has. The service's own in the order of the documentation, then others, what most leads have first.
 * @param keys those that were given so far; a subject keeps its key
 */
export function subjectsOf(statistics: Statistics, knownNames: Iterable<string>, keys: Map<string, string>): Subject[] {
  const names = new Set([...systemProperties.filter(({ visit }) => !visit).map(({ name }) => name)]);
  for (const name of [...statistics.names, ...knownNames]) names.add(name);
  const subjects = new Map<string, Subject>();
  for (const name of names) {
    const eventId = eventProperty(name)?.eventId;
    const id = eventId === undefined ? `property:${name}` : `event:${eventId}`;
    if (subjects.has(id)) continue;
    // Names of strangers do not go to the page while contacts are masked: a key is a number.
    const key = keys.get(id) ?? String(keys.size);
    keys.set(id, key);
    subjects.set(id, { key, property: eventId === undefined ? name : `$event_${eventId}_count`, eventId });
  }
  const place = (name: string): number => propertyGroups.indexOf(propertyGroup(name));
  return [...subjects.values()]
    .map((subject) => ({ subject, count: countOf(statistics, subject) }))
    .sort(
      (one, other) =>
        place(one.subject.property) - place(other.subject.property) ||
        (place(one.subject.property) < propertyGroups.indexOf('custom') ? 0 : other.count - one.count),
    )
    .map(({ subject }) => subject);
}

const partsOf = (eventId: string) =>
  ({ count: `$event_${eventId}_count`, first: `$event_${eventId}_first`, last: `$event_${eventId}_last` }) as const;

function countOf(statistics: Statistics, { property, eventId }: Subject): number {
  const names = eventId === undefined ? [property] : Object.values(partsOf(eventId));
  return Math.max(...names.map((name) => statistics.countOf(name)));
}

/** Puts what is known of properties into words and values that may be shown. */
export class ShownProperties {
  constructor(
    private readonly statistics: Statistics,
    private readonly masking: Masking,
  ) {}

  row(subject: Subject): ShownRow {
    const seen = this.statistics.of(subject.property, 0);
    const [kind] = seen?.kinds ?? [];
    return {
      key: subject.key,
      ...this.names(subject, seen),
      group: propertyGroupTitle(propertyGroup(subject.property)),
      types: subject.eventId === undefined ? (seen?.kinds ?? []).map((one) => typeWord(one.kind)) : [l10n.t('event')],
      count: countOf(this.statistics, subject),
      smallest: this.seenValue(subject.property, kind?.smallest),
      largest: this.seenValue(subject.property, kind?.largest),
    };
  }

  /** @returns also what stands behind the keys of its values */
  detail(subject: Subject): { readonly detail: ShownDetail; readonly values: ReadonlyMap<string, FindableValue> } {
    const { key, property, eventId } = subject;
    const seen = this.statistics.of(property, mostFrequent);
    const values = new Map<string, FindableValue>();
    const detail = {
      key,
      ...this.names(subject, seen),
      count: countOf(this.statistics, subject),
      facts: eventId === undefined ? [] : this.eventFacts(eventId),
      types: eventId === undefined ? (seen?.kinds ?? []).map((kind) => this.type(property, kind)) : [],
      distinct: seen?.distinct ?? 0,
      frequent: (seen?.frequent ?? []).map((one): ShownFrequent => {
        const findable = findableValue(property, one);
        if (findable) values.set(String(values.size), findable);
        return {
          key: findable && String(values.size - 1),
          value: this.seenValue(property, one) ?? { kind: 'unset' },
          count: one.count,
        };
      }),
      orders: ordersOf(subject).map(({ title }, index) => ({ title, index })),
    };
    return { detail, values };
  }

  private names({ property, eventId }: Subject, seen: PropertyStatistics | undefined): { title: string; name: string } {
    const { masking } = this;
    const name = eventId === undefined ? property : `$event_${eventId}`;
    const eventName = eventId === undefined ? undefined : masking.eventNames().get(eventId);
    const title = eventId === undefined ? propertyTitle(property) : (eventName ?? l10n.t('Event {0}', eventId));
    const shown = (text: string): string => singleLine(masking.name(text, seen?.lead), longestTitle);
    return { title: shown(title) || l10n.t('(no name)'), name: shown(name) };
  }

  private eventFacts(eventId: string): ShownDetail['facts'] {
    const parts = partsOf(eventId);
    const fact = (name: string, title: string, value: ShownValue | undefined) =>
      value ? [{ name, title, value }] : [];
    const date = (name: string, which: 'smallest' | 'largest'): ShownValue | undefined =>
      this.seenValue(name, this.statistics.of(name, 0)?.kinds.find(({ kind }) => kind === 'date')?.[which]);
    const times = this.statistics.sumOf(parts.count);
    return [
      ...fact(
        'times',
        l10n.t('Times, all leads together'),
        times === undefined ? undefined : { kind: 'number', text: times },
      ),
      ...fact('first', l10n.t('First'), date(parts.first, 'smallest')),
      ...fact('last', l10n.t('Last'), date(parts.last, 'largest')),
    ];
  }

  private type(property: string, kind: KindStatistics): ShownType {
    return {
      type: typeWord(kind.kind),
      isList: kind.kind === 'list',
      count: kind.count,
      smallest: this.seenValue(property, kind.smallest),
      largest: this.seenValue(property, kind.largest),
      lengths: lengthsOf(kind),
    };
  }

  private seenValue(property: string, seen: SeenValue | undefined): ShownValue | undefined {
    if (!seen) return undefined;
    const { masking } = this;
    const { value, lead } = seen;
    const shown = masking.propertyValue(lead, property, value);
    const typed = typedProperty(property, shown);
    switch (typed.kind) {
      case 'text':
        return { kind: 'text', text: singleLine(typed.text, longestValue) };
      case 'number':
        return { kind: 'number', text: singleLine(typed.text, longestValue) };
      case 'list':
        return { kind: 'json', text: l10n.t('a list') };
      case 'json':
        return { kind: 'json', text: singleLine(typed.text, longestValue) };
      default:
        return typed;
    }
  }
}

/** What is to be looked for; undefined where the service cannot: of a list it looks for texts only. */
function findableValue(property: string, { kind, value, lead }: SeenValue): FindableValue | undefined {
  const isItem = Array.isArray(lead.props[property]);
  if (isItem) return typeof value === 'string' ? { property, value: [value] } : undefined;
  return kind === 'other' ? undefined : { property, value };
}

/** What the list can be sorted by for a row: of an event by each of its properties. */
export function ordersOf({ property, eventId }: Subject): { readonly title: string; readonly property: string }[] {
  if (eventId === undefined) return [{ title: l10n.t('Sort by It'), property }];
  const { count, first, last } = partsOf(eventId);
  return [
    { title: l10n.t('Sort by Last Time'), property: last },
    { title: l10n.t('Sort by Count'), property: count },
    { title: l10n.t('Sort by First Time'), property: first },
  ];
}

function typeWord(kind: SeenKind): string {
  return kind === 'other' ? l10n.t('other') : kindWord(kind);
}

function lengthsOf({ kind, shortest, longest }: KindStatistics): string | undefined {
  if (shortest === undefined || longest === undefined) return undefined;
  if (kind === 'list')
    return shortest === longest
      ? plural(longest, l10n.t('{0} item|{0} items'))
      : plural(longest, l10n.t('{1} to {0} item|{1} to {0} items'), grouped(shortest));
  return shortest === longest
    ? plural(longest, l10n.t('{0} character|{0} characters'))
    : plural(longest, l10n.t('{1} to {0} character|{1} to {0} characters'), grouped(shortest));
}
