import { decodeItems } from './decode';
import type { JsonObject, JsonValue } from './json';
import { stringifyJson } from './jsonWriter';

/** The most items a page can have (API.md, section 3). */
const mostPerPage = 50;

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

/** A list that is read by a cursor, as far as it was read. */
export interface CursorItems<T> {
  /** Each once, in the order of the service. */
  readonly items: readonly T[];
  /** Where the items behind them begin; null when there are none. */
  readonly next: JsonValue;
}

/**
 * Reads a list by its cursor, page after page, to its end or until it is enough. The last page is the one without a next
 * position, or without an item that was not there before: a service that repeats its cursor must not be asked for ever, and
 * may write the same place in another way each time.
 *
 * @param readPage is asked for the first page, or for the one behind `read`, and so on
 * @param isEnough whether to stop behind a page that is not the last
 * @param read what was read before
 * @returns what was read before and now, and in how many answers of now
 * @throws what `readPage` throws
 */
export async function readPages<T extends { readonly id: string }>(
  readPage: (query: CursorQuery) => Promise<CursorPage<T>>,
  isEnough: (items: readonly T[], added: readonly T[]) => boolean,
  read: CursorItems<T> = { items: [], next: null },
): Promise<CursorItems<T> & { readonly pages: number }> {
  const items = [...read.items];
  const ids = new Set(items.map(({ id }) => id));
  let { next } = read;
  for (let pages = 1; ; pages++) {
    const page = await readPage({ before: next ?? undefined, limit: mostPerPage });
    const added = page.items.filter(({ id }) => !ids.has(id) && ids.add(id));
    for (const item of added) items.push(item);
    next = added.length === 0 ? null : page.next;
    if (next === null || isEnough(items, added)) return { items, next, pages };
  }
}
