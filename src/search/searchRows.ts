import * as l10n from '@vscode/l10n';
import { type Lead, queryCap } from '../dashly/lead';
import { hidden } from '../leads/contactForms';
import type { Masking } from '../leads/masking';
import { grouped, plural } from '../language';
import { isolated, singleLine } from '../leads/text';
import { leadDescription, leadLabel } from '../leads/wording';
import type { ServerState } from './leadSearch';
import type { Recognized } from './recognized';
import type { FieldMatch } from './searchFields';
import type { SearchScope } from './searchPages';
import type { SearchHit } from './textSearch';

/** One row of the search, in words. The texts may hold what strangers wrote: the pick neutralises VS Code's icon syntax. */
export type SearchRow =
  | {
      readonly kind: 'lead';
      readonly key: string;
      readonly label: string;
      readonly description: string;
      readonly lead: Lead;
    }
  /** Asks for more results. */
  | { readonly kind: 'more'; readonly key: string; readonly label: string; readonly description: string }
  /** Says what failed and asks again. */
  | { readonly kind: 'failed'; readonly key: string; readonly label: string; readonly description: string }
  /** Says what was searched and found; does nothing. */
  | {
      readonly kind: 'note';
      readonly key: string;
      readonly label: string;
      readonly description: string;
      /** What to do when nobody was found, on a line of its own. */
      readonly detail?: string;
    }
  /** An earlier search of this session. */
  | {
      readonly kind: 'recent';
      readonly key: string;
      readonly label: string;
      readonly description: string;
      readonly text: string;
    };

/** A search as the rows see it: `LeadSearch`. */
export interface ShownSearch {
  readonly text: string;
  readonly scope: SearchScope;
  readonly state: ServerState;
  readonly hits: readonly SearchHit[];
  readonly total: number | undefined;
  readonly more: boolean;
  /** What the text is taken for, where that is asked. */
  readonly recognized?: Recognized;
  /** Why somebody was not looked up, in sentences. */
  readonly remarks?: readonly string[];
}

/** What the rows need to know besides the search. */
export interface RowContext {
  readonly masking: Masking;
  /** The moment relative times are seen from, in ms since 1970. */
  readonly now: number;
  /** Whether the view has a filter. */
  readonly viewFiltered: boolean;
  /** How many leads are loaded. */
  readonly loaded: number;
  /** Why the service's part failed, in a sentence. */
  readonly failure: string;
  /** Earlier searches, newest first; shown while there is no text. */
  readonly recent: readonly string[];
  /** The lead that cannot be chosen. */
  readonly except?: string;
}

/** The longest part of a matched value that is shown, in characters. */
const longestMatch = 60;
/** How much of a long value is shown before the match, in characters. */
const matchLead = 20;

/** The rows of a search, top to bottom; each has a key of its own. */
export function searchRows(search: ShownSearch, context: RowContext): SearchRow[] {
  if (search.text === '' && search.hits.length === 0) return context.recent.map(recentRow);
  const hits = search.hits.filter((hit) => hit.lead.id !== context.except);
  const rows: SearchRow[] = hits.map((hit) => leadRow(hit, search.text, context));
  if (search.state === 'failed') {
    rows.push({ kind: 'failed', key: 'failed', label: context.failure, description: l10n.t('Retry') });
  }
  if (search.more) rows.push({ kind: 'more', key: 'more', label: l10n.t('More results…'), description: '' });
  const label = search.text === '' ? '' : countNote(search, hits.length);
  const detail = foundNobody(search, hits.length) ? notFoundDetail(search) : search.remarks?.join(' ');
  if (label !== '') rows.push({ kind: 'note', key: 'note', label, description: coverage(search, context), detail });
  return rows;
}

/** What stands above the rows: what the pick is for, how many were found, and what was searched when that is in question. */
export function searchTitle(title: string, search: ShownSearch, context: RowContext): string {
  if (search.text === '') return title;
  const scope = search.scope === 'view' ? l10n.t('only this view') : l10n.t('all leads, not only this view');
  const count = search.hits.length === 0 ? '' : countNote(search, search.hits.length);
  const kind = search.recognized?.kind ?? '';
  return [title, kind, count, context.viewFiltered && search.recognized?.isText !== false ? scope : '']
    .filter((part) => part !== '')
    .join(' — ');
}

/** How many were found, in words; empty when a failure row says it all. */
function countNote(search: ShownSearch, shown: number): string {
  const searching = search.state === 'waiting' || search.state === 'reading';
  if (searching) return shown === 0 ? l10n.t('Searching…') : '';
  if (search.state === 'failed') return '';
  if (shown === 0) return notFound(search);
  if (search.total !== undefined && search.total > shown) {
    return plural(search.total, l10n.t('{1} of {0} match|{1} of {0} matches'), grouped(shown));
  }
  return plural(shown, search.more ? l10n.t('{0} match so far|{0} matches so far') : l10n.t('{0} match|{0} matches'));
}

function foundNobody({ state }: ShownSearch, shown: number): boolean {
  return shown === 0 && state !== 'waiting' && state !== 'reading' && state !== 'failed';
}

/** That nobody was found, and as what the text was looked for. */
function notFound({ text, recognized }: ShownSearch): string {
  if (recognized?.problem !== undefined) return recognized.problem;
  return recognized?.notFound ?? l10n.t('No lead matches “{0}”', singleLine(text, longestMatch));
}

/** What was tried, why something was not, and what to do. */
function notFoundDetail({ recognized, remarks = [], scope }: ShownSearch): string | undefined {
  if (!recognized || recognized.problem !== undefined) return undefined;
  if (remarks.length > 0) return remarks.join(' ');
  if (recognized.kind === undefined || (recognized.isText && scope === 'view')) return undefined;
  const { tried, advice } = recognized;
  return tried === undefined ? advice : `${tried} ${advice}`;
}

/** What the search covered, in words. */
function coverage(search: ShownSearch, context: RowContext): string {
  if (search.state === 'impossible') {
    return plural(
      context.loaded,
      l10n.t(
        "The service cannot search within this view's filter: only its {0} loaded lead was searched.|The service cannot search within this view's filter: only its {0} loaded leads were searched.",
      ),
    );
  }
  if (search.scope === 'view' && context.viewFiltered) return l10n.t('Only leads of this view were searched.');
  if (search.recognized?.isText === false) return '';
  const cap =
    search.total !== undefined && search.total > queryCap && !search.more
      ? l10n.t('The service gives no more through one search: type more of what you look for.')
      : '';
  const outside = context.viewFiltered
    ? l10n.t('All leads of the app were searched, also those outside this view.')
    : '';
  return [cap, outside].filter((sentence) => sentence !== '').join(' ');
}

function leadRow(hit: SearchHit, text: string, { masking, now }: RowContext): SearchRow {
  const { lead, isRemoved } = hit;
  const label = leadLabel(lead, masking);
  const described = leadDescription(lead, { masking, now, presenceInWords: true });
  const matched = hit.match && matchText(hit.match, lead, text, masking);
  // A match that can be read in the row already is not repeated.
  const isTold = !matched || label.includes(matched.value) || described.includes(matched.value);
  const description = [
    isRemoved ? removedWords : '',
    isTold ? '' : `${matched.title}: ${isolated(matched.value)}`,
    described,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return { kind: 'lead', key: `lead:${lead.id}`, label, description, lead };
}

/** Of a lead that is none any more (API.md, section 5, `removed`). */
const removedWords = l10n.t('Merged into another lead, or deleted');

/** The matched value as it may be shown: the part around the match when it is long. */
function matchText(match: FieldMatch, lead: Lead, text: string, masking: Masking): { title: string; value: string } {
  const { property, title } = match;
  if (property === 'id') return { title, value: match.value };
  const shown = masking.on ? maskedValue(masking.lead(lead).props[property]) : match.value;
  const at = Math.max(0, shown.toLowerCase().indexOf(text.toLowerCase()));
  const start = shown.length <= longestMatch ? 0 : Math.max(0, at - matchLead);
  return { title, value: (start > 0 ? '…' : '') + singleLine(shown.slice(start), longestMatch) };
}

function maskedValue(value: Lead['props'][string] | undefined): string {
  return typeof value === 'string' ? value : hidden;
}

function recentRow(text: string): SearchRow {
  return {
    kind: 'recent',
    key: `recent:${text}`,
    label: singleLine(text),
    description: l10n.t('searched before'),
    text,
  };
}
