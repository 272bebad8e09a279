import { fromDateTime, idToJson, leadPlaceOf, propsToJson, type SampleLead, type SampleProps } from './sampleLead';
import type { ConversationPart, WholeConversation } from './conversation';
import type { EventSummary, LeadEvent, Note } from './leadHistory';
import { segmentsOf, tagsOf } from './segments';
import type { Visit } from './siteVisits';

/*
 * The parts of a User object that only come when they are asked for (API.md, section 5), as JSON text.
 * `asString` is `id_as_string`; `now` is in milliseconds since 1970.
 */

const isSystem = (name: string) => name.startsWith('$');
const isEvent = (name: string) => /^\$event_\d+_(first|last|count)$/.test(name);

function part(props: SampleProps, wanted: (name: string) => boolean): SampleProps {
  return Object.fromEntries(Object.entries(props).filter(([name]) => wanted(name)));
}

export const customProps = (props: SampleProps): SampleProps => part(props, (name) => !isSystem(name));
export const eventProps = (props: SampleProps): SampleProps => part(props, isEvent);

/** Writes objects whose ids are decimal strings; `id_as_string` decides how these come out. */
function toJson(value: unknown, asString: boolean): string {
  const text = JSON.stringify(value);
  // Inside a string every quote has a backslash before it, so only members are found.
  return asString ? text : text.replace(/"(id|conversation|user|from)":"(\d+)"/g, '"$1":$2');
}

/** A dictionary by event type id, as in current documentation: chosen, older has a list (API.md, section 5). */
export function eventsToJson(summaries: readonly EventSummary[], asString: boolean): string {
  const texts = summaries.map(({ type, first, last, count }) => {
    const eventType = `{"id":${idToJson(String(type.id), asString)},"name":${JSON.stringify(type.name)},"score":${type.score}}`;
    return `"${type.id}":{"event_type":${eventType},"first":${first},"last":${last},"count":${count}}`;
  });
  return `{${texts.join(',')}}`;
}

/** One item of `GET /users/{id}/events`. */
export function eventToJson(event: LeadEvent, lead: SampleLead, propsAsString: boolean, asString: boolean): string {
  const { id, name, score, visible } = event.type;
  const props = JSON.stringify(event.props);
  return (
    `{"id":${idToJson(event.id, asString)},"created":${event.created},` +
    `"type":{"id":${idToJson(String(id), asString)},"name":${JSON.stringify(name)},"score":${score},"visible":${visible}},` +
    `"user":${idToJson(lead.id, asString)},"props":${propsAsString ? JSON.stringify(props) : props}}`
  );
}

export const notesToJson = (notes: readonly Note[], asString: boolean): string => toJson(notes, asString);

/** One item of `GET /users/{id}/conversations`; `GET /conversations/{id}` has its user besides, as an object: chosen. */
export const conversationToJson = (
  { conversation, lead }: WholeConversation,
  asString: boolean,
  withUser: boolean,
): string => toJson(withUser ? { ...conversation, user: { id: lead } } : conversation, asString);

/** One item of `GET /conversations/{id}/parts`. */
export const partToJson = (part: ConversationPart, asString: boolean): string => toJson(part, asString);

/** One of a list by the lead's place, so that neighbours differ. */
function oneFor<T>(lead: SampleLead, list: readonly T[]): T {
  return list[(leadPlaceOf(lead.id) ?? 0) % list.length] as T;
}

/** The titles of the pages of the sample app's site. */
export const pages = ['Pricing', 'Blog — 10 ways', '<b>Cart</b> (2)', 'Кофе и чай'];

/** When the lead, or a visitor who is none, last did something, in unix seconds. */
export function lastActivity(lead: SampleLead, visit: Visit | undefined, now: number): number {
  const seen = fromDateTime(lead.props.$last_seen);
  return Math.floor(Math.max(visit?.at ?? -Infinity, seen || -Infinity, visit || seen ? -Infinity : now) / 1000);
}

/** Only while the lead is on the site; otherwise `null`. One half has the other set of names (API.md, section 6). */
export function presenceDetailsToJson(lead: SampleLead, visit: Visit | undefined, now: number): string {
  if (lead.presence === 'offline') {
    return 'null';
  }
  const seen = lastActivity(lead, visit, now);
  const place = leadPlaceOf(lead.id) ?? Number(BigInt(lead.id) % 1000n);
  const page = visit?.page ?? oneFor(lead, pages);
  const url = `https://www.example.com/${encodeURIComponent(page.toLowerCase())}?ref=${place % 9}`;
  const since = visit ? visit.since / 1000 : seen - 60 * (1 + (place % 20));
  const shown = ['$name', '$country', '$city', '$region', '$sessions', '$last_reply', '$avatar'];
  const known = part(lead.props, (name) => shown.includes(name));
  return propsToJson(
    place % 2 === 0
      ? {
          $current_page_title: page,
          $current_page_url: url,
          $active_since: since,
          $current_session_pages: visit?.pages ?? 1 + (place % 12),
          ...known,
        }
      : { page, url, session_started: since + 0.220994, presence: lead.presence, ...known },
    true,
  );
}

/** The segments the lead is in. */
export function segmentsToJson(lead: SampleLead, now: number, asString: boolean): string {
  const segments = segmentsOf(lead, now).map(({ id, name, filters }) => ({ id, name, filters }));
  return toJson(segments, asString);
}

/** Nothing says which fields a tag has: chosen `id`, `name`, `color`. */
export function tagsToJson(lead: SampleLead, asString: boolean): string {
  return toJson(tagsOf(lead), asString);
}

const emailStatuses = [
  'not_confirmed',
  'confirmed',
  'confirmed',
  'validation',
  'not_valid',
  'bounced',
  'spam',
  'unsubscribed',
  'black_list',
];

/** `null` for a lead without an e-mail address. */
export function emailStatusToJson(lead: SampleLead, now: number): string {
  if (!Object.hasOwn(lead.props, '$email')) {
    return 'null';
  }
  const seen = fromDateTime(lead.props.$last_seen) || now;
  return JSON.stringify({
    status: oneFor(lead, emailStatuses),
    updated: new Date(seen).toISOString().replace('Z', '000+00:00'),
  });
}

/** Minutes; nothing says in which direction: chosen east of UTC. */
export const timezoneOffset = (lead: SampleLead): number => oneFor(lead, [0, 180, -300, 330, 540, 60]);
