import * as l10n from '@vscode/l10n';
import type { Lead } from '../dashly/lead';
import { leadScheme } from '../editor/schemes';
import type { Masking } from '../leads/masking';
import { isBlank, isDeviceName, singleLine } from '../leads/text';
import { leadLabel } from '../leads/wording';

/** Which lead a document is about, and which form of it. */
export interface LeadReference {
  /** The account's key. */
  readonly account: string;
  readonly id: string;
  /** True for the key-sorted form that is compared. */
  readonly sorted?: boolean;
  /** The id of one of the lead's conversations, whose messages are the document. */
  readonly conversation?: string;
  /** The number of an earlier state in this session's history; left out for the lead as it is now. */
  readonly state?: number;
}

/** The longest title of a document, in characters: some file systems allow 255 bytes for a name. */
const longestTitle = 60;

/**
 * The parts of a document's URI. The path is what VS Code shows as the tab's title, and what it keeps for a window
 * reload: only the name a lead is shown by, masked where contacts are masked, and no other data of the lead.
 */
export function referenceUri(reference: LeadReference, title: string): { scheme: string; path: string; query: string } {
  const { account, id, sorted, conversation, state } = reference;
  const form = { ...(sorted && { sorted }), ...(conversation !== undefined && { conversation }) };
  const query = JSON.stringify({ account, id, ...form, ...(state !== undefined && { state }) });
  const file = safeFileName(title);
  const name = conversation === undefined ? `${file}.json` : `${l10n.t('{0}, conversation', file)}.txt`;
  return { scheme: leadScheme, path: `/${name}`, query };
}

/** Reads the query of a document's URI; undefined when it is none of ours: links can come from anywhere. */
export function readReference(query: string): LeadReference | undefined {
  try {
    const sent = JSON.parse(query) as Partial<Record<keyof LeadReference, unknown>>;
    const { account, id, sorted, conversation, state } = sent;
    if (typeof account !== 'string' || typeof id !== 'string' || !/^[0-9]{1,20}$/.test(id)) return undefined;
    const form = { ...(sorted === true && { sorted }), ...(typeof conversation === 'string' && { conversation }) };
    return { account, id, ...form, ...(typeof state === 'number' && { state }) };
  } catch {
    return undefined;
  }
}

/** A title as a file name that is safe on every system and cannot leave its folder. */
export function safeFileName(title: string): string {
  const safe = singleLine(title, longestTitle)
    .replace(/[\\/:*?"<>|]/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (safe === '') return l10n.t('Lead');
  return isDeviceName(safe) ? l10n.t('Lead {0}', safe) : safe;
}

/**
 * What a lead is called in the title of a document or of a comparison. VS Code keeps both on disk for a window reload: so
 * it is the lead's name (its pseudonym while masked), but never an e-mail address, a phone number or a User ID.
 */
export function leadTitle(lead: Lead, masking: Masking): string {
  const { $name } = lead.props;
  const named = masking.on || (typeof $name === 'string' && !isBlank($name));
  return named ? leadLabel(lead, masking) : l10n.t('Lead {0}', lead.id);
}
