import * as l10n from '@vscode/l10n';
import { type CursorPage, type CursorQuery, decodeCursorPage, readPages } from './cursorPage';
import { decodeLeadId, decodeObject, decodeText } from './decode';
import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** Somebody who is on the site now, a lead or not: an item of `GET /apps/{id}/activeusers` (API.md, section 7). */
export interface Visitor {
  /** As a lead's. */
  readonly id: string;
  /** `online`, `idle`, or whatever else the service sent; empty when it sent nothing. */
  readonly presence: string;
  /** `presence_details`, by either of its two sets of names (API.md, section 5); empty when there are none. */
  readonly details: JsonObject;
  /** The item as the service sent it. */
  readonly record: JsonObject;
}

/**
 * Decodes an answer of `GET /apps/{id}/activeusers`: `data` is an array, or an object with the array `users`.
 * @returns undefined when it has another shape
 */
export function decodeActiveUsers(data: JsonValue, meta: JsonObject): CursorPage<Visitor> | undefined {
  return decodeCursorPage(
    isJsonObject(data) ? data.users : data,
    meta,
    (place) => l10n.t('Visitor {0} has no id and is left out.', place),
    decodeVisitor,
  );
}

function decodeVisitor(record: JsonObject): Visitor | undefined {
  const id = decodeLeadId(record.id);
  if (id === undefined) return undefined;
  return { id, presence: decodeText(record.presence) ?? '', details: decodeObject(record.presence_details), record };
}

/** The longest list of visitors that is read. */
const mostVisitors = 10_000;

/** Who is asked: the client. */
interface ActiveUsersSource {
  listActiveUsers(query: CursorQuery, signal: AbortSignal): Promise<CursorPage<Visitor>>;
}

/** Who is on the site now. */
export interface Visitors {
  /** Each once, in the order of the service. */
  readonly visitors: readonly Visitor[];
  /** In how many answers they came: while several are read, somebody who moves may be in none of them. */
  readonly pages: number;
  /** Whether there are more than are read. */
  readonly more: boolean;
  readonly skipped: readonly string[];
}

/**
 * Reads everybody who is on the site now: in one piece where the service sends it so, else page after page (API.md,
 * section 7).
 * @throws what the client throws
 */
export async function readVisitors(client: ActiveUsersSource, signal: AbortSignal): Promise<Visitors> {
  const skipped: string[] = [];
  const readPage = async (query: CursorQuery): Promise<CursorPage<Visitor>> => {
    const page = await client.listActiveUsers(query, signal);
    skipped.push(...page.skipped.slice(0, mostVisitors));
    return page;
  };
  const { items, next, pages } = await readPages(readPage, ({ length }) => length >= mostVisitors);
  const visitors = items.slice(0, mostVisitors);
  return { visitors, pages, more: next !== null || visitors.length < items.length, skipped };
}
