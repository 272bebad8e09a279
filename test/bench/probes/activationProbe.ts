/** Runs inside the extension host: activates extensions and tells what each took. */
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { testOutputMark } from '../../vscode/testOutput';

declare const EXTENSION_IDS: string[];

export async function run(): Promise<void> {
  for (const id of EXTENSION_IDS) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not there.`);
    if (extension.isActive) throw new Error(`${id} is active already: nothing can be measured.`);
    const start = performance.now();
    await extension.activate();
    const milliseconds = performance.now() - start;
    // What Node.js has loaded, on top of the manifest, which VS Code keeps in its own cache.
    const files = Object.keys(require.cache).filter((file) => file.startsWith(extension.extensionPath + sep));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    console.log(testOutputMark + JSON.stringify({ id, milliseconds, bytes }));
  }
}
