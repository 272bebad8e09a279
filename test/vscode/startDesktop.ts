/** `npm run start:desktop`: desktop VS Code with the extension under development and the sample app connected. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildInto } from './build';
import { desktopVscode } from './desktopVscode';
import { cacheFolder } from './folders';
import { startSettings } from './sampleAppSettings';

async function main(): Promise<number> {
  const executable = await desktopVscode().catch((error: unknown) => {
    throw new Error(`${(error as Error).message} "npm start" shows the same in a browser.`);
  });
  console.log('Building the extension…');
  const home = join(cacheFolder, 'desktop-home');
  const extension = join(home, 'dashly-leads');
  await buildInto(extension);
  await mkdir(join(home, 'data/User'), { recursive: true });
  await mkdir(join(home, 'workspace'), { recursive: true });
  await writeFile(join(home, 'data/User/settings.json'), JSON.stringify(startSettings, null, 2), { flag: 'wx' }).catch(
    () => undefined,
  );
  console.log('Starting desktop VS Code; closing its window ends this.');
  const child = spawn(
    executable,
    [
      join(home, 'workspace'),
      `--extensionDevelopmentPath=${extension}`,
      `--user-data-dir=${join(home, 'data')}`,
      `--extensions-dir=${join(home, 'extensions')}`,
      ...['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--new-window', '--wait'],
    ],
    { stdio: 'inherit' },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
