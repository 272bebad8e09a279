import { decodeItems } from './decode';
import type { JsonObject, JsonValue } from './json';
import { stringifyJson } from './jsonWriter';

/** The most items a page can have (API.md, section 3). */
export const mostPerPage = 50;

/** Which page of a list that is read by a cursor: behind a position that an earlier page gave, or the first. */
export interface CursorQuery {
  /** `next` of an earlier page. */
  readonly before?: JsonValue;
  /** 1..50; the service's default is 20. */
  readonly limit?: number;
}

/** A page of a list that is read by a cursor (API.md, section 3), the newest first. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  /** Where older items begin, to be given back as it is; null when there are none. */
  readonly next: JsonValue;
  /** One sentence for each item that could not be read and was left out. */
  readonly skipped: readonly string[];
}

/** The parameters that ask for a page. */
export function cursorParams({ before, limit }: CursorQuery): Readonly<Record<string, string | undefined>> {
  return {
    paginate_position: before === undefined ? undefined : stringifyJson(before),
    paginate_count: limit?.toString(),
  };
}

/**
 * Decodes a page item by item.
 * @param leftOut the sentence about an item that cannot be read, by its place from 1
 * @returns undefined when it is no list
 */
export function decodeCursorPage<T>(
  data: JsonValue | undefined,
  meta: JsonObject,
  leftOut: (place: number) => string,
  decode: (item: JsonObject) => T | undefined,
): CursorPage<T> | undefined {
  if (!Array.isArray(data)) return undefined;
  const { decoded, skipped } = decodeItems(data, leftOut, decode);
  return { items: decoded, next: nextPosition(meta), skipped };
}

/** Where the next page begins, also as version 1 said it; null at the end. */
export function nextPosition(meta: JsonObject): JsonValue {
  return meta.next_before_position ?? meta.next_after ?? null;
}

/**
 * What a page adds to the items that are known: each once. A page without anything new is the last, because a service that
 * repeats its cursor must not be asked for ever.
 */
export function newOfPage<T extends { readonly id: string }>(
  page: CursorPage<T>,
  known: readonly T[],
): Pick<CursorPage<T>, 'items' | 'next'> {
  const ids = new Set(known.map(({ id }) => id));
  const items = page.items.filter(({ id }) => !ids.has(id) && ids.add(id));
  return { items, next: items.length === 0 ? null : page.next };
}
