import type { JsonObject, JsonValue } from '../dashly/json';
import type { Props } from '../dashly/lead';
import type { EventTotal, LeadConversations, LeadDetails } from '../dashly/leadDetails';
import { eventProperty } from '../leads/properties';
import { parseDate } from '../dashly/dates';
import { shownUnixTime } from '../leads/dates';
import type { ShownEvent, ShownItem, ShownSection } from './content';
import { type CardFacts, isObject } from './facts';
import type { CardSources } from './makeCard';

/**
 * What the lead has done, out of the details where they are read, and out of the `$event_<id>_first|last|count`
 * properties of the list where not: then without real names.
 * @param text makes a text fit to be shown: an event's name may hold a contact
 */
export function cardEvents(
  totals: readonly EventTotal[] | undefined,
  props: Props,
  text: (text: string) => string,
): ShownEvent[] {
  const events = new Map<string, ShownEvent>();
  for (const [name, value] of Object.entries(props)) {
    const property = eventProperty(name);
    if (!property) continue;
    const { eventId: id, part } = property;
    const known = events.get(id) ?? { id, name: `Event ${id}` };
    if (part === 'count') events.set(id, { ...known, count: numberOf(value) });
    else events.set(id, withTime(known, part, typeof value === 'string' ? parseDate(value)?.time : undefined));
  }
  for (const { id, name, first, last, count } of totals ?? []) {
    const known = events.get(id);
    events.set(id, {
      id,
      name: name ? text(name) : `Event ${id}`,
      first: milliseconds(first) ?? known?.first,
      last: milliseconds(last) ?? known?.last,
      count: count ?? known?.count,
    });
  }
  return [...events.values()];
}

function withTime(event: ShownEvent, part: 'first' | 'last', time: number | undefined): ShownEvent {
  return part === 'first' ? { ...event, first: time } : { ...event, last: time };
}

/** The names of event types by their ids, as the details tell them. */
export function eventNames(totals: readonly EventTotal[] | undefined): ReadonlyMap<string, string> {
  return new Map((totals ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
}

/** Unix seconds in milliseconds; undefined for what is not a moment any calendar can name. */
export function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : shownUnixTime(seconds)?.time;
}

/** A count; sent as text when `convert_props_types` was false. */
function numberOf(value: JsonValue): number | undefined {
  const number = Number(typeof value === 'number' || typeof value === 'string' ? value : NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** A part of the details and how its items are read; `title` and `text` name fields that are shown as such. */
interface Part {
  readonly field: string;
  readonly items: (details: LeadDetails) => readonly JsonValue[];
  readonly title: string;
  readonly none: string;
  readonly itemTitle?: string;
  readonly itemText?: string;
}

const parts: readonly Part[] = [
  {
    field: 'segments',
    items: ({ segments }) => segments,
    title: 'Segments',
    none: 'In no segment.',
    itemTitle: 'name',
  },
  { field: 'tags', items: ({ tags }) => tags, title: 'Tags', none: 'No tags.', itemTitle: 'name' },
  { field: 'notes', items: ({ notes }) => notes, title: 'Notes', none: 'No notes.', itemText: 'body' },
  {
    field: 'email_status',
    items: ({ emailStatus }) => (emailStatus ? [emailStatus] : []),
    title: 'E-mail Status',
    none: 'No e-mail status.',
  },
];

/** Segments, tags, notes and e-mail status out of the details. */
function detailSections(details: LeadDetails, facts: CardFacts): ShownSection[] {
  return parts.map((part) => {
    const items = part.items(details).map((item, index) => shownItem(item, `${part.field}:${index}`, part, facts));
    return { id: part.field, title: part.title, summary: items.length === 0 ? part.none : undefined, items };
  });
}

/** All sections of a card; those that could not be read say why. */
export function cardSections({ reading, sentence }: CardSources, facts: CardFacts): ShownSection[] {
  const { details, conversations } = reading;
  const waiting = 'Reading…';
  const detailed = details.value
    ? detailSections(details.value, facts)
    : [
        {
          id: 'details',
          title: 'Segments, Tags, Notes and E-mail Status',
          summary: waiting,
          items: [],
          failure: details.state === 'failed' ? sentence(details.error) : undefined,
        },
      ];
  const talked = conversations.value
    ? conversationSection(conversations.value, facts)
    : {
        id: 'conversations',
        title: 'Conversations',
        summary: waiting,
        items: [],
        failure: conversations.state === 'failed' ? sentence(conversations.error) : undefined,
      };
  return [...detailed, talked];
}

/** The section of the conversations, in the order of the service. */
function conversationSection({ conversations, more }: LeadConversations, facts: CardFacts): ShownSection {
  const count = conversations.length;
  return {
    id: 'conversations',
    title: 'Conversations',
    summary:
      count === 0
        ? 'No conversations.'
        : `${more ? `${count} or more` : count} ${count === 1 && !more ? 'conversation' : 'conversations'}.`,
    last: lastOf(conversations),
    items: conversations.map((conversation, index) => conversationItem(conversation, index, facts)),
  };
}

/** Nothing says in which order the conversations come, so the latest is looked for. */
function lastOf(conversations: readonly JsonObject[]): ShownSection['last'] {
  const times = conversations.flatMap(({ last_update: updated, created, part_last: part }) => {
    const seconds = [isObject(part) ? part.created : undefined, updated, created].find(
      (time) => typeof time === 'number',
    );
    const time = typeof seconds === 'number' ? milliseconds(seconds) : undefined;
    return time === undefined ? [] : [time];
  });
  return times.length === 0 ? undefined : { kind: 'date', time: Math.max(...times), dateOnly: false };
}

function conversationItem(conversation: JsonObject, index: number, facts: CardFacts): ShownItem {
  const key = `conversations:${index}`;
  const last = conversation.part_last;
  const body = isObject(last) && typeof last.body === 'string' ? last.body : undefined;
  return {
    title: 'Conversation',
    text: body && facts.text(body),
    facts: [
      ...facts.fields(key, conversation, ['part_last']),
      ...(isObject(last) ? facts.fields(`${key}.part_last`, last, ['body'], 'Last part') : []),
    ],
  };
}

function shownItem(item: JsonValue, key: string, part: Part, facts: CardFacts): ShownItem {
  if (!isObject(item)) return { title: '', facts: [facts.field(key, part.field, part.title, item)] };
  const textOf = (field: string | undefined): string | undefined => {
    const value = field === undefined ? undefined : item[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [title, text] = [textOf(part.itemTitle), textOf(part.itemText)];
  const without = [title !== undefined ? part.itemTitle : undefined, text !== undefined ? part.itemText : undefined];
  return {
    title: title === undefined ? '' : facts.text(title),
    text: text && facts.text(text),
    facts: facts.fields(
      key,
      item,
      without.filter((name) => name !== undefined),
    ),
  };
}
