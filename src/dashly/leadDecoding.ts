import { decodeId, decodeItems, decodeObject, decodeText, decodeWhole } from './decode';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { Lead, LeadsPage } from './lead';

/**
 * Decodes `data` of `GET /apps/{id}/users` (section 1 of the API document).
 * @returns undefined when it has another shape
 */
export function decodeLeadsPage(data: JsonValue): LeadsPage | undefined {
  if (!isJsonObject(data)) return undefined;
  const total = decodeWhole(data.total);
  const users = data.users;
  if (total === undefined || !Array.isArray(users)) return undefined;
  const { decoded, skipped } = decodeItems(users, 'Lead', decodeLead);
  return { total, leads: decoded, received: users.length, skipped };
}

/** Decodes one item; undefined when it has no id. */
export function decodeLead(record: JsonObject): Lead | undefined {
  const id = decodeId(record.id);
  if (id === undefined) return undefined;
  return { id, presence: decodeText(record.presence) ?? '', props: decodeObject(record.props), record };
}
