import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** The conversations of a lead, in the order of the service (section 5 of the API document), each as it was sent. */
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
    more: (meta.next_before_position ?? null) !== null,
    skipped: left > 0 ? [`${left} of ${data.length} conversations cannot be read and are left out.`] : [],
  };
}
