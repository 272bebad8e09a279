import type { Lead } from '../dashly/lead';
import { leadElement, type LeadElement } from '../leads/leadElement';
import type { Drift, LeadList } from '../leads/leadList';

/** What a row of the tree stands for. */
export type LeadsTreeElement =
  /** Something changed above the loaded leads; activating it refreshes. */
  | { readonly kind: 'drift'; readonly drift: Drift }
  | LeadElement
  /** Of the loaded leads none has a presence of the view; the service cannot filter by it. */
  | { readonly kind: 'noPresence'; readonly presence: readonly string[] }
  /** Some records of the answers could not be read. */
  | { readonly kind: 'skipped'; readonly skipped: readonly string[] }
  /** There is more; activating it loads a page. */
  | { readonly kind: 'more'; readonly loaded: number; readonly total: number | undefined }
  | { readonly kind: 'reading'; readonly loaded: number; readonly total: number | undefined }
  /** The last page failed; activating it tries again. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The service gives no more through one query. */
  | { readonly kind: 'cap'; readonly loaded: number; readonly total: number | undefined };

/** The loaded leads that have a row: the service cannot filter by presence, so that it is done here. */
export function leadsInTree({ leads, query: { presence } }: LeadList): readonly Lead[] {
  return presence === undefined ? leads : leads.filter((lead) => presence.includes(lead.presence));
}

/** The rows of a list: none while no lead is loaded, because then a welcome view speaks. */
export function leadsTreeElements(list: LeadList | undefined): LeadsTreeElement[] {
  if (!list || list.leads.length === 0) return [];
  const { presence } = list.query;
  const elements: LeadsTreeElement[] = leadsInTree(list).map(leadElement);
  // Before the first row that a person might select: there is none, although leads are loaded.
  if (elements.length === 0 && presence) elements.push({ kind: 'noPresence', presence });
  if (list.drift !== 0 && list.state !== 'reading') elements.unshift({ kind: 'drift', drift: list.drift });
  if (list.skipped.length > 0) elements.push({ kind: 'skipped', skipped: list.skipped });
  const last = lastElement(list);
  if (last) elements.push(last);
  return elements;
}

function lastElement({ leads: { length: loaded }, total, state, end, error }: LeadList): LeadsTreeElement | undefined {
  if (state === 'failed') return { kind: 'failed', error };
  if (end === 'cap') return { kind: 'cap', loaded, total };
  if (end === 'complete') return undefined;
  return { kind: state === 'reading' ? 'reading' : 'more', loaded, total };
}
