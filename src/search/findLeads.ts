import * as l10n from '@vscode/l10n';
import { HumanError } from '../dashly/errors';
import type { Filters, Lead } from '../dashly/lead';
import { uniqueLeads } from '../leads/leadElement';
import { cleanSearch } from '../leads/searchFilters';
import { recognize, type VisitorKey } from './recognized';
import { searchBranches, SearchPages } from './searchPages';
import type { SearchedService } from './textSearch';
import { lookUpVisitor } from './visitorLookUp';

/** Who was found by a text, at once and without typing. */
export interface FoundLeads {
  /** Each once; who was looked up first. */
  readonly leads: readonly Lead[];
  /** How many match; undefined where that cannot be known. */
  readonly total: number | undefined;
  /** The ids of those that were merged into others, or wiped. */
  readonly removed: ReadonlySet<string>;
  /** Why somebody was not looked up, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * Finds leads by a text as *Search Leads…* does: in their contacts, by a lead's id, a User ID, a cookie or a link to a
 * conversation.
 * @param filters that must hold, too; then nobody is looked up by an id, which says nothing about them
 * @throws HumanError for a text that is not searched, and what a request fails with
 */
export async function findLeads(
  service: SearchedService,
  text: string,
  filters: Filters | undefined,
  signal: AbortSignal,
): Promise<FoundLeads> {
  const { text: searched, keys, isText, problem } = recognize(text);
  if (problem !== undefined) throw new HumanError(problem);
  if (cleanSearch(searched) === '') throw new HumanError(l10n.t('Type something to search for.'));
  const isFiltered = filters !== undefined && filters.filters.length > 0;
  const branches = isText ? searchBranches(searched, isFiltered ? 'view' : 'app', filters) : undefined;
  if (isText && !branches)
    throw new HumanError(
      l10n.t('A text cannot be searched within so many conditions joined by “any of”: use fewer, or no text.'),
    );
  const pages = branches && new SearchPages(service, branches);
  const removed = new Set<string>();
  const remarks: string[] = [];
  const lookUp = async (wanted: readonly VisitorKey[]): Promise<Lead[]> => {
    const results = await Promise.all(wanted.map((key) => lookUpVisitor(service, key, signal)));
    return results.flatMap(({ lead, isRemoved, error, remark }) => {
      if (error !== undefined) throw error as Error;
      if (remark !== undefined) remarks.push(remark);
      if (lead && isRemoved) removed.add(lead.id);
      return lead ? [lead] : [];
    });
  };
  const usable = isFiltered && isText ? [] : keys;
  const [step, direct] = await Promise.all([pages?.next(signal), lookUp(usable.filter(({ by }) => by !== 'userId'))]);
  if (step?.error !== undefined) throw step.error as Error;
  const found = [...direct, ...(step?.leads ?? [])];
  if (found.length === 0) found.push(...(await lookUp(usable.filter(({ by }) => by === 'userId'))));
  const leads = uniqueLeads(found);
  const total = pages ? pages.total : leads.length;
  return { leads, total: total === undefined ? undefined : Math.max(total, leads.length), removed, remarks };
}
