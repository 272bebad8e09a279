import type { JsonObject, JsonValue } from './json';
import type { Lead, Props } from './lead';

/** What a lead did, summed up by event type (section 5 of the API document: `events`). */
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
  /** The lead as a row of a list would be, with the User object as its record. */
  readonly lead: Lead;
  readonly id: string;
  readonly presence: string;
  /** System, custom and event properties together, in whichever part they were sent. */
  readonly props: Props;
  /** The site's own id for this person. */
  readonly userId?: string;
  /** When it was merged into another lead or wiped, as sent; undefined for a living one. */
  readonly removed?: string;
  /** Only while online or idle. */
  readonly presenceDetails?: JsonObject;
  readonly events: readonly EventTotal[];
  readonly segments: readonly JsonValue[];
  readonly tags: readonly JsonValue[];
  readonly notes: readonly JsonValue[];
  readonly emailStatus?: JsonObject;
  /** As sent; nothing says its unit or direction. */
  readonly timezoneOffset?: JsonValue;
  /** The User object as the service sent it: unknown fields are not lost. */
  readonly record: JsonObject;
  /** One sentence for each part that could not be read and was left out. */
  readonly problems: readonly string[];
}
