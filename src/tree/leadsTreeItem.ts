import * as vscode from 'vscode';
import { DashlyError, errorSentence, type ErrorView } from '../dashly/errors';
import { commandId, type CommandName } from '../editor/commands';
import { presenceIcon } from '../editor/presenceIcon';
import type { LeadElement } from '../leads/leadElement';
import type { Drift } from '../leads/leadList';
import type { News } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { ofTotal, plural } from '../leads/text';
import { leadAccessibilityLabel, leadLabel, presenceWord } from '../leads/wording';
import type { LeadsTreeElement } from './leadsTreeElement';

/** The welcome view that fits an error of the first page. */
export function failureOf(error: unknown): ErrorView {
  return error instanceof DashlyError ? error.view : 'other';
}

/**
 * A lead's row. Its id is the lead's; the tooltip is left out, because VS Code asks for it when it is wanted.
 * @param description made by the caller, who knows when it is out of date
 */
export function leadTreeItem(
  element: LeadElement,
  description: string,
  masking: Masking,
  now: number,
  news?: News,
): vscode.TreeItem {
  const { lead } = element;
  const said = news && newsWords[news];
  const item = new vscode.TreeItem(leadLabel(lead, masking));
  item.id = lead.id;
  item.description = said === undefined ? description : `${said} · ${description}`;
  item.iconPath = presenceIcon(lead.presence);
  item.contextValue = 'lead';
  item.accessibilityInformation = {
    label: [said, leadAccessibilityLabel(lead, masking, now)].filter((text) => text !== undefined).join(', '),
    role: 'treeitem',
  };
  // Without arguments: VS Code forgets those of rows that a refresh has replaced, and a click in that moment would fail.
  item.command = { command: commandId('openLead'), title: 'Open Lead Card' };
  return item;
}

const newsWords: Readonly<Record<News, string>> = { new: 'New', online: 'Came online' };

/** A row that stands for no lead. */
export function otherTreeItem(element: Exclude<LeadsTreeElement, LeadElement>): vscode.TreeItem {
  switch (element.kind) {
    case 'drift':
      return row('drift', `${driftInWords(element.drift)} — Refresh`, 'arrow-circle-up', {
        tooltip: 'The list has moved since it was read. Refreshing reads it again and keeps the selection.',
        command: 'refresh',
      });
    case 'noPresence':
      return row(
        'noPresence',
        `No loaded lead is ${element.presence.map((one) => presenceWord(one).toLowerCase()).join(' or ')}`,
        'info',
        {
          tooltip:
            'The service cannot filter by presence: only loaded leads are looked through. Load more, or show all leads.',
          description: 'Show all leads',
          command: 'showAllLeads',
        },
      );
    case 'skipped':
      return row('skipped', `${plural(element.skipped.length, 'record')} could not be read`, 'warning', {
        description: 'Show Log',
        tooltip: element.skipped.slice(0, 10).join('\n'),
        command: 'showLog',
      });
    case 'more':
      return row('last', 'Load more', 'ellipsis', {
        description: ofTotal(element),
        command: 'loadMoreAtRow',
      });
    case 'reading':
      return row('last', 'Loading…', 'loading~spin', { description: ofTotal(element) });
    case 'failed': {
      const refused = failureOf(element.error) === 'token';
      return row('last', `Loading failed — ${refused ? 'Replace token' : 'Try again'}`, 'error', {
        description: errorSentence(element.error),
        tooltip: `${errorSentence(element.error)}\nWhat was loaded before is still here. Select this row to ${refused ? 'replace the token' : 'try again'}.`,
        command: refused ? 'replaceToken' : 'retry',
        color: 'problemsErrorIcon.foreground',
      });
    }
    case 'cap':
      return row('last', `${ofTotal(element)}: the service’s limit`, 'info', {
        description: 'Filter to see the others',
        tooltip: `The service gives at most ${plural(element.loaded, 'lead')} through one list. Narrow the view with a filter, search, or export to reach the others.`,
        command: 'filter',
      });
  }
}

interface RowParts {
  readonly description?: string;
  readonly tooltip?: string;
  readonly command?: CommandName;
  readonly color?: string;
}

function row(
  id: string,
  label: string,
  icon: string,
  { description, tooltip, command, color }: RowParts,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  // Lead ids are digits: a word can never be one.
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = description;
  item.tooltip = tooltip ?? (description ? `${label} (${description})` : label);
  item.contextValue = id;
  if (command) item.command = { command: commandId(command), title: label };
  return item;
}

function driftInWords(drift: Drift): string {
  return drift === 'changed' ? 'The list has changed' : plural(drift, 'new lead');
}
