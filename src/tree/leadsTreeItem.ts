import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Lead } from '../dashly/lead';
import { commandId } from '../editor/commands';
import { presenceIcon } from '../editor/presenceIcon';
import type { News } from '../leads/leadNews';
import type { Masking } from '../leads/masking';
import { isolated } from '../leads/text';
import { leadAccessibilityLabel, leadLabel, type LeadWording } from '../leads/wording';
import { leadRowDescription, newsWords, type OtherRow, otherRowWords, rowId } from './leadsTreeRows';

/** A lead's row. The tooltip is left out, because VS Code asks for it when it is wanted. */
export function leadTreeItem(lead: Lead, wording: LeadWording, news: News | undefined): vscode.TreeItem {
  // Isolated, or a number behind a right-to-left name would be drawn before it.
  const item = new vscode.TreeItem(isolated(leadLabel(lead, wording.masking)));
  item.id = lead.id;
  item.description = leadRowDescription(lead, wording, news);
  item.iconPath = presenceIcon(lead.presence);
  item.contextValue = 'lead';
  item.accessibilityInformation = {
    label: [news && newsWords[news], leadAccessibilityLabel(lead, wording)]
      .filter((text) => text !== undefined)
      .join(', '),
    role: 'treeitem',
  };
  // Without arguments: VS Code forgets those of rows that a refresh has replaced, and a click in that moment would fail.
  item.command = { command: commandId('openLead'), title: l10n.t('Open Lead Card') };
  return item;
}

/** A row that stands for no lead. */
export function otherTreeItem(row: OtherRow, masking: Masking): vscode.TreeItem {
  const { label, description, tooltip, icon, command, color } = otherRowWords(row, masking);
  const item = new vscode.TreeItem(label);
  item.id = rowId(row);
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = description;
  item.tooltip = tooltip ?? (description ? `${label} (${description})` : label);
  item.contextValue = rowId(row);
  // Not the row's own command: the manifest enables this one only while no arrow key moves through the rows.
  if (command) item.command = { command: commandId('runRow'), title: label };
  return item;
}
