import * as vscode from 'vscode';
import { leadScheme } from './leadReference';

/**
 * Closes the documents and comparisons of leads when contacts become masked: the name in a tab's title is part of the
 * document's address and cannot be changed, and a screen that is shared must not show it.
 * @returns what was open, to be opened again under its masked title
 */
export async function closeLeadTabs(): Promise<OpenLeadTab[]> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const found = tabs.flatMap((tab): { tab: vscode.Tab; open: OpenLeadTab }[] => {
    const { input } = tab;
    const column = tab.group.viewColumn;
    if (input instanceof vscode.TabInputText && input.uri.scheme === leadScheme) {
      return [{ tab, open: { uris: [input.uri], column } }];
    }
    if (input instanceof vscode.TabInputTextDiff && input.modified.scheme === leadScheme) {
      return [{ tab, open: { uris: [input.original, input.modified], column } }];
    }
    return [];
  });
  if (found.length > 0) await vscode.window.tabGroups.close(found.map(({ tab }) => tab), true);
  return found.map(({ open }) => open);
}

/** A tab that was open: one document, or the two of a comparison. */
export interface OpenLeadTab {
  readonly uris: readonly [vscode.Uri] | readonly [vscode.Uri, vscode.Uri];
  readonly column: vscode.ViewColumn;
}
