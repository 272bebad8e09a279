import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { join } from 'node:path';
import { cacheFolder } from './folders';
import { vscodeNumber } from './prepare';
import type { VscodeVersion } from './versions';

/**
 * The executable of a desktop VS Code, downloaded at first use.
 *
 * @throws Error with one sentence that says why there is none: no download possible, or no display to show it on.
 */
export async function desktopVscode(age: VscodeVersion = 'oldest'): Promise<string> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error('Desktop VS Code needs a display, and this machine has none.');
  }
  const version = await vscodeNumber(age);
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder, 'desktop'), timeout: 30_000 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Desktop VS Code ${version} could not be downloaded (${reason}).`, { cause: error });
  }
}
