import * as esbuild from 'esbuild';
import { join } from 'node:path';
import { runInExtensionHost } from '../vscode/extensionHost';
import { cacheFolder, vsixFile } from '../vscode/folders';
import { makeEmptyExtension } from './emptyExtension';

/**
 * Activates the packaged extension and the empty one in a fresh window of a real VS Code.
 *
 * @param order the ids of the extensions, in the order in which they are activated.
 * @returns for each id, how long its activation took (ms) and how many bytes of its own files were loaded until then.
 */
export async function probeActivation(order: string[]): Promise<Map<string, { milliseconds: number; bytes: number }>> {
  const tests = join(cacheFolder, 'host', 'activationProbe.js');
  await esbuild.build({
    entryPoints: [join(__dirname, 'probes/activationProbe.ts')],
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    format: 'cjs',
    outfile: tests,
    define: { EXTENSION_IDS: JSON.stringify(order) },
  });
  const found = new Map<string, { milliseconds: number; bytes: number }>();
  const code = await runInExtensionHost({
    host: 'node',
    extension: await makeEmptyExtension(),
    installed: { vsix: vsixFile },
    tests,
    timeLimit: 60_000,
    onLine: (line) => {
      const { id, ...figures } = JSON.parse(line) as { id: string; milliseconds: number; bytes: number };
      found.set(id, figures);
    },
  });
  if (code !== 0) throw new Error('The extensions could not be activated.');
  return found;
}
