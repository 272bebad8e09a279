import { decodeId, decodeItems, decodeNumber, decodeObject, decodeText } from './decode';
import type { JsonObject, JsonValue } from './json';
import type { Props } from './lead';

/** Something a lead did: one item of `GET /users/{id}/events` (section 5 of the API document). */
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

/** Which events: those before a position that an earlier page gave, or the newest. */
export interface LeadEventsQuery {
  /** `next` of an earlier page. */
  readonly before?: JsonValue;
  /** 1..50; the service's default is 20. */
  readonly limit?: number;
}

/** A page of events, newest first. */
export interface EventsPage {
  readonly events: readonly LeadEvent[];
  /** Where older events begin, to be given back as it is; null when there are none. */
  readonly next: JsonValue;
  /** One sentence for each item that could not be read and was left out. */
  readonly skipped: readonly string[];
}

/**
 * Decodes an answer of `GET /users/{id}/events`.
 * @returns undefined when it has another shape
 */
export function decodeEventsPage(data: JsonValue, meta: JsonObject): EventsPage | undefined {
  if (!Array.isArray(data)) return undefined;
  const { decoded, skipped } = decodeItems(data, 'Event', decodeEvent);
  return { events: decoded, next: meta.next_before_position ?? null, skipped };
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
