import * as l10n from '@vscode/l10n';
import { DashlyError, type ErrorView } from '../dashly/errors';
import type { Lead } from '../dashly/lead';
import type { CommandName } from '../editor/commands';
import { leadElement, type LeadElement } from '../leads/leadElement';
import type { LeadList } from '../leads/leadList';
import type { Drift } from '../leads/pageReader';
import type { News } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { describeOrder, describeSelection, isDefaultOrder } from '../leads/queryWords';
import { ofTotal, plural } from '../language';
import { singleLine } from '../leads/text';
import { leadDescription, leadLabel, type LeadWording, presencesWords } from '../leads/wording';

/** What a row stands for that is no lead's. */
export type OtherRow =
  /** Something changed above the loaded leads; activating it refreshes. */
  | { readonly kind: 'drift'; readonly drift: Drift }
  /** Of the loaded leads none has a presence of the view; the service cannot filter by it. */
  | { readonly kind: 'noPresence'; readonly presence: readonly string[] }
  /** Some records of the answers could not be read. */
  | { readonly kind: 'skipped'; readonly skipped: readonly string[] }
  /** There is more; activating it loads a page. */
  | { readonly kind: 'more'; readonly loaded: number; readonly total: number | undefined }
  | { readonly kind: 'reading'; readonly loaded: number; readonly total: number | undefined }
  /** A refresh failed, and the rows are as they were before; activating it tries again. */
  | { readonly kind: 'notRefreshed'; readonly error: unknown }
  /** The last page failed; activating it tries again. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The service gives no more through one query. */
  | { readonly kind: 'cap'; readonly loaded: number; readonly total: number | undefined };

/** What a row of the tree stands for. */
export type LeadsTreeRow = LeadElement | OtherRow;

/** The id of a row, which VS Code knows it by: a lead's own; a word, which no lead's id can be, for the others. */
export function rowId(row: LeadsTreeRow): string {
  switch (row.kind) {
    case 'lead':
      return row.lead.id;
    case 'drift':
    case 'noPresence':
    case 'skipped':
    case 'notRefreshed':
      return row.kind;
    default:
      // The last row is one that says now this, now that.
      return 'last';
  }
}

/** The loaded leads that have a row: the service cannot filter by presence, so that it is done here. */
export function leadsInTree({ leads, query: { presence } }: LeadList): readonly Lead[] {
  return presence === undefined ? leads : leads.filter((lead) => presence.includes(lead.presence));
}

/** The rows of a list: none while no lead is loaded, because then a welcome view speaks. */
export function leadsTreeRows(list: LeadList | undefined): LeadsTreeRow[] {
  if (!list || list.leads.length === 0) return [];
  const { presence } = list.query;
  const rows: LeadsTreeRow[] = leadsInTree(list).map(leadElement);
  // Before the first row that a person might select: there is none, although leads are loaded.
  if (rows.length === 0 && presence) rows.push({ kind: 'noPresence', presence });
  if (list.drift !== 0) rows.unshift({ kind: 'drift', drift: list.drift });
  // Where one looks: the end of 10,000 rows is out of sight.
  if (list.failed === 'refresh') rows.unshift({ kind: 'notRefreshed', error: list.error });
  if (list.skipped.length > 0) rows.push({ kind: 'skipped', skipped: list.skipped });
  const last = lastRow(list);
  if (last) rows.push(last);
  return rows;
}

function lastRow({ leads: { length: loaded }, total, state, end, error, failed }: LeadList): OtherRow | undefined {
  if (failed === 'more') return { kind: 'failed', error };
  if (end === 'cap') return { kind: 'cap', loaded, total };
  if (end === 'complete') return undefined;
  return { kind: state === 'reading' ? 'reading' : 'more', loaded, total };
}

/** What the line above the rows is about. */
interface ShownList {
  readonly app: string;
  /** The name of the view; undefined while filter or order differ from it. */
  readonly view: string | undefined;
  readonly list: LeadList;
  readonly masking: Masking;
}

/** App, leads and how many, in one line: "Shop · With phone · 1,204 leads". */
export function listWords({ app, view, list, masking }: ShownList): string {
  const { query, total } = list;
  const isAll = query.filters === undefined && query.presence === undefined && isDefaultOrder(query);
  const leads = view === undefined || isAll ? describeSelection(query, masking) : singleLine(masking.text(view));
  const order = view !== undefined || isDefaultOrder(query) ? undefined : describeOrder(query, masking);
  const count = query.presence === undefined ? total : leadsInTree(list).length;
  return [app, leads, order, count === undefined ? undefined : plural(count, l10n.t('{0} lead|{0} leads'))]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What there is to do about an error of the first page: each has a welcome view of its own. */
export function failureOf(error: unknown): ErrorView {
  return error instanceof DashlyError ? error.view : 'other';
}

/** All that is seen of a row: with other words it has to be drawn anew. */
export type RowWords = LeadRowWords | OtherRowWords;

/** What is seen of a lead's row. */
export interface LeadRowWords {
  readonly label: string;
  /** What stands beside the name. */
  readonly description: string;
  readonly presence: string;
  readonly news: string | undefined;
}

/** @param news of the row's lead */
export function rowWords(row: LeadsTreeRow, wording: LeadWording, news: News | undefined): RowWords {
  if (row.kind !== 'lead') return otherRowWords(row, wording.masking);
  const { lead } = row;
  const described = leadDescription(lead, wording);
  const told = news && newsWords[news];
  return {
    label: leadLabel(lead, wording.masking),
    description: told === undefined ? described : `${told} · ${described}`,
    presence: lead.presence,
    news: told,
  };
}

/** News of a lead in words. */
const newsWords: Readonly<Record<News, string>> = {
  new: l10n.t({ message: 'New', comment: 'a lead' }),
  online: l10n.t('Came online'),
};

/** What is seen of a row that stands for no lead, and what it does. */
export interface OtherRowWords {
  readonly label: string;
  /** A codicon. */
  readonly icon: string;
  /** A theme colour of the icon. */
  readonly color?: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Runs by a click, Enter or Space. */
  readonly command?: CommandName;
}

/** A row that stands for no lead, in words. */
export function otherRowWords(row: OtherRow, masking: Masking): OtherRowWords {
  switch (row.kind) {
    case 'drift':
      return {
        label:
          row.drift === 'changed'
            ? l10n.t('The list has changed — Refresh')
            : plural(row.drift, l10n.t('{0} new lead — Refresh|{0} new leads — Refresh')),
        icon: 'arrow-circle-up',
        tooltip: l10n.t('The list has moved since it was read. Refreshing reads it again and keeps the selection.'),
        command: 'refresh',
      };
    case 'noPresence':
      return {
        label: l10n.t('No loaded lead is {0}', presencesWords(row.presence)),
        icon: 'info',
        description: l10n.t('Show all leads'),
        tooltip: l10n.t(
          'The service cannot filter by presence: only loaded leads are looked through. Load more, or show all leads.',
        ),
        command: 'showAllLeads',
      };
    case 'skipped':
      return {
        label: plural(row.skipped.length, l10n.t('{0} record could not be read|{0} records could not be read')),
        icon: 'warning',
        description: l10n.t('Show Log'),
        tooltip: row.skipped.slice(0, 10).join('\n'),
        command: 'showLog',
      };
    case 'more':
      return { label: l10n.t('Load more'), icon: 'ellipsis', description: ofTotal(row), command: 'loadMoreAtRow' };
    case 'reading':
      return { label: l10n.t('Loading…'), icon: 'loading~spin', description: ofTotal(row) };
    case 'notRefreshed':
    case 'failed': {
      const refused = failureOf(row.error) === 'token';
      const sentence = masking.errorSentence(row.error);
      return {
        label: failureLabel(row.kind, refused),
        icon: 'error',
        color: 'problemsErrorIcon.foreground',
        description: sentence,
        tooltip: `${sentence}\n${refused ? l10n.t('What was loaded before is still here. Select this row to replace the token.') : l10n.t('What was loaded before is still here. Select this row to try again.')}`,
        command: refused ? 'replaceToken' : 'retry',
      };
    }
    case 'cap':
      return {
        label: l10n.t('{0}: the service’s limit', ofTotal(row)),
        icon: 'info',
        description: l10n.t('Filter to see the others'),
        tooltip: plural(
          row.loaded,
          l10n.t(
            'The service gives at most {0} lead through one list. Narrow the view with a filter, search, or export to reach the others.|The service gives at most {0} leads through one list. Narrow the view with a filter, search, or export to reach the others.',
          ),
        ),
        command: 'filter',
      };
  }
}

function failureLabel(kind: 'notRefreshed' | 'failed', refused: boolean): string {
  if (kind === 'failed')
    return refused ? l10n.t('Loading failed — Replace token') : l10n.t('Loading failed — Try again');
  return refused ? l10n.t('Not refreshed — Replace token') : l10n.t('Not refreshed — Try again');
}
