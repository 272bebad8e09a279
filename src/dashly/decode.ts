import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from './json';

/** A text; undefined when it is something else or empty. */
export function decodeText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number from 0 that a JavaScript number can hold, also written as text; else undefined. */
export function decodeWhole(value: JsonValue | undefined): number | undefined {
  const number = decodeNumber(value);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A number as near as JavaScript can hold it, also written as text; undefined when it is none. */
export function decodeNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const text = value instanceof ExactNumber ? value.text : value;
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/**
 * An id: text as it came, a number by its exact digits. API.md, section 3: ids have 64 bits.
 * @returns undefined when there is none
 */
export function decodeId(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number' || value instanceof ExactNumber) {
    const digits = String(value);
    return /^\d+$/.test(digits) ? digits : undefined;
  }
  return decodeText(value);
}

/**
 * A lead's id: 1 to 20 digits, as many as 64 bits have at most.
 * @returns undefined for everything else: what has another id is no lead, and a sign, a comma or a line break in an id
 *   would mean something in the places where ids are written
 */
export function decodeLeadId(value: JsonValue | undefined): string | undefined {
  const id = decodeId(value);
  return id !== undefined && /^\d{1,20}$/.test(id) ? id : undefined;
}

/** The id of a user that is sent as an id or as an object. */
export function decodeUser(user: JsonValue | undefined): string | undefined {
  return decodeLeadId(isJsonObject(user) ? user.id : user);
}

/** An object; empty when there is none. */
export function decodeObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/**
 * Decodes each item of a list by itself: those that cannot be read are left out, with a sentence that says why.
 * @param leftOut the sentence about an item without an id, by its place from 1
 */
export function decodeItems<T>(
  items: readonly JsonValue[],
  leftOut: (place: number) => string,
  decode: (item: JsonObject) => T | undefined,
): { decoded: T[]; skipped: string[] } {
  const decoded: T[] = [];
  const skipped: string[] = [];
  for (const [index, item] of items.entries()) {
    const result = isJsonObject(item) ? decode(item) : undefined;
    if (result !== undefined) {
      decoded.push(result);
    } else {
      skipped.push(leftOut(index + 1));
    }
  }
  return { decoded, skipped };
}
