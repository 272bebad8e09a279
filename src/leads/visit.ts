import { parseDate } from '../dashly/dates';
import { decodeNumber } from '../dashly/decode';
import type { JsonObject, JsonValue } from '../dashly/json';
import { parseUnixTime } from './dates';
import { systemProperties } from './properties';
import { isSaid } from './values';

/** What `presence_details` says of a visit, by the documented set of names. */
export type VisitField = '$current_page_title' | '$current_page_url' | '$active_since' | '$current_session_pages';

/** The names by which a field that is told of a visit may be sent. */
const sentNames = new Map(systemProperties.map(({ name, visit }) => [name, [name, visit?.otherName ?? name]]));

/**
 * The name by which a field of `presence_details` was sent: there are two sets of names (API.md, section 5).
 * @returns undefined when it was not sent
 */
export function sentIn(details: JsonObject, name: string): string | undefined {
  for (const each of sentNames.get(name) ?? [name]) if (isSaid(details[each])) return each;
  return undefined;
}

/** A field of `presence_details`, by whichever name it was sent; null when it was not. */
export function visitValue(details: JsonObject, name: VisitField): JsonValue {
  const sent = sentIn(details, name);
  return sent === undefined ? null : (details[sent] ?? null);
}

/** When the visit began, in ms since 1970: sent in unix seconds, whole or not, and taken as a date too. */
export function visitBegan(details: JsonObject): number | undefined {
  const value = visitValue(details, '$active_since');
  const seconds = decodeNumber(value);
  if (seconds !== undefined) return parseUnixTime(seconds)?.time;
  return typeof value === 'string' ? parseDate(value)?.time : undefined;
}
