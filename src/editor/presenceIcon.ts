import { ThemeColor, ThemeIcon } from 'vscode';

const icons = new Map([
  ['online', new ThemeIcon('circle-filled', new ThemeColor('charts.green'))],
  ['idle', new ThemeIcon('watch', new ThemeColor('charts.yellow'))],
  ['offline', new ThemeIcon('circle-outline', new ThemeColor('descriptionForeground'))],
]);
const unknown = new ThemeIcon('question', new ThemeColor('descriptionForeground'));

/** The icon of a presence: the shape alone tells it, the colour only helps. */
export function presenceIcon(presence: string): ThemeIcon {
  return icons.get(presence) ?? unknown;
}
