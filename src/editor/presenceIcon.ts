import * as vscode from 'vscode';

const icons = new Map([
  ['online', new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor('charts.green'))],
  ['idle', new vscode.ThemeIcon('watch', new vscode.ThemeColor('charts.yellow'))],
  ['offline', new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('descriptionForeground'))],
]);
const unknown = new vscode.ThemeIcon('question', new vscode.ThemeColor('descriptionForeground'));

/** The icon of a presence: the shape alone tells it, the colour only helps. */
export function presenceIcon(presence: string): vscode.ThemeIcon {
  return icons.get(presence) ?? unknown;
}
