import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../vscode/folders';

/** What another extension is compared with: one that does nothing. */
export const emptyExtensionId = 'bench.empty';

/** Makes the empty extension. @returns its development folder. */
export async function makeEmptyExtension(): Promise<string> {
  const folder = join(cacheFolder, 'empty-extension');
  await mkdir(folder, { recursive: true });
  const [publisher, name] = emptyExtensionId.split('.');
  const manifest = {
    publisher,
    name,
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: [],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  return folder;
}
