/** What ours is compared with: extensions that do nothing, or nothing but what VS Code does itself. */
import { join } from 'node:path';
import { writeExtension } from '../vscode/development';
import { cacheFolder } from '../vscode/folders';

const publisher = 'bench';

/** The id of one that does nothing. */
export const emptyExtensionId = `${publisher}.empty`;

/** Makes the one that does nothing. @returns its development folder */
export async function makeEmptyExtension(): Promise<string> {
  const folder = join(cacheFolder, 'empty-extension');
  await writeExtension(folder, { publisher, name: 'empty' }, 'exports.activate = () => {};\n');
  return folder;
}

/** The title of the command that opens the pick of the other. */
export const barePick = 'Bench: Bare Pick';

/** Each row of the pick begins with the letter that was typed; the title names it, too. */
const pickCode = `const { commands, ThemeIcon, window } = require('vscode');
const rows = (text) => Array.from({ length: 100 }, (_, place) => ({
  label: \`\${text} lead \${place}\`,
  description: \`lead\${place}@example.com\`,
  iconPath: new ThemeIcon('circle-outline'),
  alwaysShow: true,
}));
exports.activate = ({ subscriptions }) => {
  subscriptions.push(commands.registerCommand('bench.pick', () => {
    const pick = window.createQuickPick();
    pick.items = rows('');
    pick.onDidChangeValue((text) => {
      pick.title = \`match \${text}\`;
      pick.items = rows(text);
    });
    pick.onDidHide(() => pick.dispose());
    pick.show();
  }));
};
`;

/** Makes one with a pick that answers each letter with as many rows as ours, and computes nothing. @returns its folder */
export async function makePickExtension(): Promise<string> {
  const folder = join(cacheFolder, 'pick-extension');
  const contributes = { commands: [{ command: 'bench.pick', title: barePick }] };
  await writeExtension(folder, { publisher, name: 'pick', contributes }, pickCode);
  return folder;
}
