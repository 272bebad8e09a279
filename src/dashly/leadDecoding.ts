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
  const texts = new Map<string, string>();
  const { decoded, skipped } = decodeItems(users, 'Lead', (item) => decodeLead(item, texts));
  return { total, leads: decoded, received: users.length, skipped };
}

/**
 * Decodes one item; undefined when it has no id.
 * @param texts values that occur in several leads of a page, such as a country: they are kept once
 */
function decodeLead(item: JsonObject, texts: Map<string, string>): Lead | undefined {
  const id = decodeId(item.id);
  if (id === undefined) return undefined;
  const props = compactObject(decodeObject(item.props), texts);
  const record = isJsonObject(item.props) ? { ...item, props } : item;
  return { id, presence: decodeText(item.presence) ?? '', props, record };
}

/**
 * The same members in an object without a prototype. Nearly every lead has another set of properties, and V8 keeps a
 * description of each set it sees in ordinary objects: more than the values themselves. Without a prototype the members
 * are a plain table (`npm run bench`: a third less heap), and none of its names can mean something else.
 */
function compactObject(object: JsonObject, texts: Map<string, string>): JsonObject {
  const compact = Object.create(null) as JsonObject;
  for (const name in object) {
    const value = object[name] ?? null;
    compact[name] = typeof value === 'string' ? once(value, texts) : value;
  }
  return compact;
}

function once(text: string, texts: Map<string, string>): string {
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}
