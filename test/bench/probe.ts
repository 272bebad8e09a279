import * as esbuild from 'esbuild';
import { join } from 'node:path';
import { runInExtensionHost } from '../vscode/extensionHost';
import type { CodeServerOptions } from '../vscode/codeServer';
import { cacheFolder, vsixFile } from '../vscode/folders';
import { makeEmptyExtension } from './emptyExtension';

/** What an activation took, in milliseconds. */
export interface ActivationTime {
  /** From the call to the end. */
  readonly elapsed: number;
  /** What the thread of the extension host worked meanwhile; NaN where the system does not say it. */
  readonly worked: number;
}

/**
 * Activates the packaged extension and the empty one in a fresh window of a real VS Code.
 *
 * @param order the ids of the extensions, in the order in which they are activated.
 * @param installed the extension; the package when it is left out
 * @returns for each id how long its activation took
 */
export async function probeActivation(
  order: string[],
  installed: NonNullable<CodeServerOptions['extension']> = { vsix: vsixFile },
): Promise<Map<string, ActivationTime>> {
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
  const found = new Map<string, ActivationTime>();
  const code = await runInExtensionHost({
    host: 'node',
    extension: await makeEmptyExtension(),
    installed,
    tests,
    timeLimit: 60_000,
    onLine: (line) => {
      const { id, ...time } = JSON.parse(line) as { id: string } & ActivationTime;
      found.set(id, time);
    },
  });
  if (code !== 0) throw new Error('The extensions could not be activated.');
  return found;
}
