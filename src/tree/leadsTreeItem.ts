import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { commandId } from '../editor/commands';
import { presenceIcon } from '../editor/presenceIcon';
import { isolated } from '../leads/text';
import type { LeadRowWords, OtherRowWords } from './leadsTreeRows';

/** A lead's row. The tooltip is left out, because VS Code asks for it when it is wanted. */
export function leadTreeItem({ label, description, presence }: LeadRowWords): vscode.TreeItem {
  // Isolated, or a number behind a right-to-left name would be drawn before it.
  const item = new vscode.TreeItem(isolated(label));
  item.description = description;
  item.iconPath = presenceIcon(presence);
  // Without arguments: VS Code forgets those of rows that a refresh has replaced, and a click in that moment would fail.
  item.command = { command: commandId('openLead'), title: l10n.t('Open Lead Card') };
  return item;
}

/** A row that stands for no lead. */
export function otherTreeItem({ label, description, tooltip, icon, command, color }: OtherRowWords): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = description;
  item.tooltip = tooltip ?? (description ? `${label} (${description})` : label);
  // Not the row's own command: the manifest enables this one only while no arrow key moves through the rows.
  if (command) item.command = { command: commandId('runRow'), title: label };
  return item;
}
