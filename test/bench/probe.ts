import * as esbuild from 'esbuild';
import { join } from 'node:path';
import { type ExtensionHostRun, runInExtensionHost } from '../vscode/extensionHost';
import type { CodeServerOptions } from '../vscode/codeServer';
import { cacheFolder } from '../vscode/folders';
import { makeEmptyExtension } from './bareExtensions';

/**
 * Runs `probes/<name>.ts` inside the Node.js extension host of a real VS Code.
 *
 * @param define what the names stand for that the probe declares
 * @param run which extensions are there, and how long the probe may take at most
 * @returns each object that the probe has told
 */
export async function runProbe<T>(
  name: string,
  define: Readonly<Record<string, unknown>>,
  run: Omit<ExtensionHostRun, 'host' | 'tests' | 'onLine'>,
): Promise<T[]> {
  const tests = join(cacheFolder, 'host', `${name}.js`);
  await esbuild.build({
    entryPoints: [join(__dirname, `probes/${name}.ts`)],
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    format: 'cjs',
    outfile: tests,
    define: Object.fromEntries(Object.entries(define).map(([word, value]) => [word, JSON.stringify(value)])),
  });
  const told: T[] = [];
  const onLine = (line: string): void => void told.push(JSON.parse(line) as T);
  const code = await runInExtensionHost({ ...run, host: 'node', tests, onLine });
  if (code !== 0) throw new Error(`${name} has failed.`);
  return told;
}

/** What an activation took, in milliseconds. */
export interface ActivationTime {
  /** From the call to the end. */
  readonly elapsed: number;
  /** What the thread of the extension host worked meanwhile; NaN where the system does not say it. */
  readonly worked: number;
}

/**
 * Activates the extension and the empty one in a fresh window of a real VS Code.
 *
 * @param order the ids of the extensions, in the order in which they are activated.
 * @param installed the extension, which nothing else may activate
 * @returns for each id how long its activation took
 */
export async function probeActivation(
  order: string[],
  installed: NonNullable<CodeServerOptions['extension']>,
): Promise<Map<string, ActivationTime>> {
  const told = await runProbe<{ id: string } & ActivationTime>(
    'activationProbe',
    { EXTENSION_IDS: order },
    { extension: await makeEmptyExtension(), installed, timeLimit: 60_000 },
  );
  return new Map(told.map(({ id, ...time }) => [id, time]));
}
