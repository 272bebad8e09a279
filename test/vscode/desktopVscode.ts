import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from './folders';

/** The oldest desktop VS Code that the extension supports: `engines.vscode` of its manifest. */
async function supportedVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  return manifest.engines.vscode.replace(/^\D*/, '');
}

/**
 * The executable of a desktop VS Code, downloaded at first use.
 *
 * @throws Error with one sentence that says why there is none: no download possible, or no display to show it on.
 */
export async function desktopVscode(): Promise<string> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error('Desktop VS Code needs a display, and this machine has none.');
  }
  const version = await supportedVersion();
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder, 'desktop'), timeout: 30_000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Desktop VS Code ${version} could not be downloaded (${reason}).`, { cause: error });
  }
}
