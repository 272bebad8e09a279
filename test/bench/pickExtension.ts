import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../vscode/folders';

/** The title of the command that opens its pick. */
export const barePick = 'Bench: Bare Pick';

/** Each row of the pick begins with the letter that was typed; the title names it, too. */
const code = `const { commands, ThemeIcon, window } = require('vscode');
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

/**
 * Makes what a pick is compared with: an extension that answers each letter with as many rows, and computes nothing.
 * @returns its development folder
 */
export async function makePickExtension(): Promise<string> {
  const folder = join(cacheFolder, 'pick-extension');
  await mkdir(folder, { recursive: true });
  const manifest = {
    publisher: 'bench',
    name: 'pick',
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    contributes: { commands: [{ command: 'bench.pick', title: barePick }] },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), code);
  return folder;
}
