import { type LeadsPage, maxPageSize, queryCap } from '../dashly/lead';

/** What may be asked for. */
export interface PageLimits {
  /** The largest `offset + limit`. */
  readonly cap: number;
  /** The largest `limit`. */
  readonly page: number;
}

/** What the service allows (API.md, section 1). */
export const serviceLimits: PageLimits = { cap: queryCap, page: maxPageSize };

/** Which rows of a list a page is asked for. */
export interface PagePlace {
  readonly offset: number;
  readonly limit: number;
}

/** @param wanted how many rows, from 1; fewer where the limits allow no more */
export function placeAt(offset: number, limits: PageLimits, wanted = limits.page): PagePlace {
  return { offset, limit: Math.max(1, Math.min(wanted, limits.page, limits.cap - offset)) };
}

/**
 * The place behind a page when nothing has moved. It begins with the last row of the page before, so that the two are seen to
 * meet: a change above shifts all that follows, down or up.
 */
export function placeBehind({ offset, limit }: PagePlace, limits: PageLimits): PagePlace {
  return placeAt(offset + limit - 1, limits);
}

/** How far apart full pages begin that meet in one row; pages of one row have none to share. */
export function pageStep({ page }: PageLimits): number {
  return Math.max(1, page - 1);
}

/**
 * What a page says of the end of its list, by its rows and by its count: a page that is not full ends the list, and so does
 * one that reaches `total`.
 * - `last`: both say so, or the page is full and ends just where the count does.
 * - `doubted`: they contradict each other. The answer of a service that is in trouble may hold fewer rows than there are,
 *   or a wrong count: who compares nothing later asks once more, and believes what then brings nothing new.
 * - `more`: neither says so.
 */
export function pageEnd({ received, total }: Pick<LeadsPage, 'received' | 'total'>, place: PagePlace): PageEnd {
  const next = place.offset + received;
  if (received < place.limit) return next >= total ? 'last' : 'doubted';
  if (next === total) return 'last';
  return next > total ? 'doubted' : 'more';
}

/** See `pageEnd`. */
export type PageEnd = 'last' | 'doubted' | 'more';
