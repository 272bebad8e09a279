import * as vscode from 'vscode';

/** Icons that `package.json` contributes, so that a product icon theme can draw them in its own way. */
const icons = new Map([
  ['online', new vscode.ThemeIcon('dashly-leads-online', new vscode.ThemeColor('charts.green'))],
  ['idle', new vscode.ThemeIcon('dashly-leads-idle', new vscode.ThemeColor('charts.yellow'))],
  ['offline', new vscode.ThemeIcon('dashly-leads-offline', new vscode.ThemeColor('descriptionForeground'))],
]);
const unknown = new vscode.ThemeIcon('question', new vscode.ThemeColor('descriptionForeground'));

/** The icon of a presence: the shape alone tells it, the colour only helps. */
export function presenceIcon(presence: string): vscode.ThemeIcon {
  return icons.get(presence) ?? unknown;
}
