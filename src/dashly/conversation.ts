import { decodeLeadId } from './decode';
import { isJsonObject, type JsonValue } from './json';

/**
 * Decodes `data` of `GET /conversations/{id}`: whom it is with, as an id or as a User object.
 * @returns undefined when it has another shape
 */
export function decodeConversationLead(data: JsonValue): { readonly lead: string | undefined } | undefined {
  return isJsonObject(data) ? { lead: decodeUser(data.user) } : undefined;
}

/** The id of a user that is sent as an id or as an object. */
export function decodeUser(user: JsonValue | undefined): string | undefined {
  return decodeLeadId(isJsonObject(user) ? user.id : user);
}
