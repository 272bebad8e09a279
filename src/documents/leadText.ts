import { ExactNumber, stringifyJson, type JsonValue } from '../dashly/json';
import type { Lead } from '../dashly/lead';

/** One lead as the JSON the service sent, several as an array of them; pretty-printed, no number changed. */
export function leadsJson(leads: readonly Lead[]): string {
  const [only] = leads;
  return stringifyJson(leads.length === 1 && only ? only.record : leads.map((lead) => lead.record), 2);
}

/** The ids of leads, one a line. */
export function leadIds(leads: readonly Lead[]): string {
  return leads.map((lead) => lead.id).join('\n');
}

/** Whether two JSON values are the same; the order of an object's keys does not matter. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof ExactNumber || b instanceof ExactNumber) {
    return a instanceof ExactNumber && b instanceof ExactNumber && a.text === b.text;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}
