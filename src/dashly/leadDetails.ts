import * as l10n from '@vscode/l10n';
import { type CursorPage, decodeCursorPage, nextPosition } from './cursorPage';
import { decodeId, decodeLeadId, decodeNumber, decodeObject, decodeText, decodeUser, decodeWhole } from './decode';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { Lead, Props } from './lead';

/** What a lead did, summed up by event type (API.md, section 5: `events`). */
export interface EventTotal {
  /** Of the event type. */
  readonly id: string;
  /** Empty when the service sent none. */
  readonly name: string;
  /** Unix seconds. */
  readonly first?: number;
  /** Unix seconds. */
  readonly last?: number;
  readonly count?: number;
}

/** Everything `GET /users/{id}` tells about a lead. What was not sent is empty or undefined; what could not be read too. */
export interface LeadDetails {
  /**
   * The lead as a row of a list would be. Its `props` are system, custom and event properties together, in whichever part
   * they were sent; its `record` is the User object as the service sent it: unknown fields are not lost.
   */
  readonly lead: Lead;
  /** When it was merged into another lead or wiped, as sent; undefined for a living one. */
  readonly removed?: string;
  /** Only while online or idle. */
  readonly presenceDetails?: JsonObject;
  readonly events: readonly EventTotal[];
  readonly segments: readonly JsonValue[];
  readonly tags: readonly JsonValue[];
  readonly notes: readonly JsonValue[];
  readonly emailStatus?: JsonObject;
  /** One sentence for each part that could not be read and was left out. */
  readonly problems: readonly string[];
}

/** The optional parts of a User object that are asked for. Never `by_user_id`: it would create a lead (API.md, section 5). */
export const detailParts = [
  'props',
  'props_custom',
  'props_events',
  'presence_details',
  'events',
  'segments',
  'notes',
  'tags',
  'email_status',
  'timezone_offset',
] as const;

/**
 * Decodes `data` of `GET /users/{id}`, part by part: one that cannot be read costs only itself.
 * @param askedId the lead's id where the service does not repeat it
 * @returns undefined when it is no object at all, or one with another id than a lead can have
 */
export function decodeLeadDetails(data: JsonValue, askedId: string): LeadDetails | undefined {
  if (!isJsonObject(data)) return undefined;
  const problems: string[] = [];
  const part = <T>(name: string, decode: (value: JsonValue) => T | undefined): T | undefined => {
    const value = data[name];
    if (value === undefined || value === null) return undefined;
    const decoded = decode(value);
    if (decoded === undefined) problems.push(l10n.t('The service sent “{0}” in a form that cannot be read.', name));
    return decoded;
  };
  const object = (value: JsonValue): JsonObject | undefined => (isJsonObject(value) ? value : undefined);
  const id = decodeLeadId(data.id ?? askedId);
  if (id === undefined) return undefined;
  const presence = part('presence', decodeText) ?? '';
  // Read from the record, as `$user_id`; here is only said when it cannot be.
  part('user_id', decodeId);
  const props: Props = { ...part('props', object), ...part('props_custom', object), ...part('props_events', object) };
  return {
    lead: { id, presence, props, record: data },
    removed: part('removed', decodeText),
    presenceDetails: part('presence_details', object),
    events: part('events', (value) => decodeEventTotals(value, problems)) ?? [],
    segments: part('segments', listOf) ?? [],
    tags: part('tags', listOf) ?? [],
    notes: part('notes', listOf) ?? [],
    emailStatus: part('email_status', object),
    problems,
  };
}

/** A list as it is, a dictionary as its values. */
function listOf(value: JsonValue): JsonValue[] | undefined {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : undefined;
}

/** A dictionary by event type id in current documentation, a list in older. */
function decodeEventTotals(value: JsonValue, problems: string[]): EventTotal[] | undefined {
  const entries: [string | undefined, JsonValue][] | undefined = Array.isArray(value)
    ? value.map((item) => [undefined, item])
    : isJsonObject(value)
      ? Object.entries(value)
      : undefined;
  return entries?.flatMap(([key, item], index) => {
    const total = decodeEventTotal(item, key);
    if (!total) problems.push(l10n.t('Event {0} cannot be read and is left out.', index + 1));
    return total ? [total] : [];
  });
}

function decodeEventTotal(item: JsonValue, key: string | undefined): EventTotal | undefined {
  if (!isJsonObject(item)) return undefined;
  const type = decodeObject(item.event_type);
  const id = decodeId(type.id) ?? key;
  if (id === undefined) return undefined;
  return {
    id,
    name: decodeText(type.name) ?? '',
    first: decodeNumber(item.first),
    last: decodeNumber(item.last),
    count: decodeWhole(item.count),
  };
}

/** Something a lead did: one item of `GET /users/{id}/events` (API.md, section 5). */
export interface LeadEvent {
  readonly id: string;
  /** Of the event type; empty when the service sent none. */
  readonly typeId: string;
  /** Of the event type; empty when the service sent none. */
  readonly name: string;
  /** Unix seconds. */
  readonly created?: number;
  readonly props: Props;
  /** The item as the service sent it. */
  readonly record: JsonObject;
}

/**
 * Decodes an answer of `GET /users/{id}/events`.
 * @returns undefined when it has another shape
 */
export function decodeEventsPage(data: JsonValue, meta: JsonObject): CursorPage<LeadEvent> | undefined {
  return decodeCursorPage(data, meta, (place) => l10n.t('Event {0} has no id and is left out.', place), decodeEvent);
}

/**
 * Decodes whose the first event is in an answer of `GET /users/{id}/events`.
 * @returns undefined when it has another shape
 */
export function decodeEventsLead(data: JsonValue): { readonly lead: string | undefined } | undefined {
  if (!Array.isArray(data)) return undefined;
  return { lead: data.flatMap((event) => (isJsonObject(event) ? (decodeUser(event.user) ?? []) : []))[0] };
}

function decodeEvent(record: JsonObject): LeadEvent | undefined {
  const id = decodeId(record.id);
  if (id === undefined) return undefined;
  const type = decodeObject(record.type);
  return {
    id,
    typeId: decodeId(type.id) ?? '',
    name: decodeText(type.name) ?? '',
    created: decodeNumber(record.created),
    props: decodeObject(record.props),
    record,
  };
}

/** The conversations of a lead, in the order of the service (API.md, section 5), each as it was sent. */
export interface LeadConversations {
  readonly conversations: readonly JsonObject[];
  /** Whether the service says that there are more than it sent. */
  readonly more: boolean;
  /** One sentence for each item that could not be read and was left out. */
  readonly skipped: readonly string[];
}

/**
 * Decodes an answer of `GET /users/{id}/conversations`.
 * @returns undefined when it has another shape
 */
export function decodeConversations(data: JsonValue, meta: JsonObject): LeadConversations | undefined {
  if (!Array.isArray(data)) return undefined;
  const conversations = data.filter(isJsonObject);
  const left = data.length - conversations.length;
  return {
    conversations,
    more: nextPosition(meta) !== null,
    skipped: left > 0 ? [l10n.t('{0} of {1} conversations cannot be read and are left out.', left, data.length)] : [],
  };
}
