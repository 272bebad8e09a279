import * as vscode from 'vscode';
import type * as extension from './extension';

/** The names of the files in `dist` that the host of Node requires: `esbuild.mjs` puts them in. */
declare const files: readonly string[];

type Evaluate = (module: { exports: unknown }, exports: unknown, require: (name: string) => unknown) => void;

/**
 * Activates the extension in the host of a web worker, whose `require` gives VS Code's API and no file: here all files are
 * read before, and given to each other. As in the host of Node, each is evaluated when it is first required.
 */
export async function activate(context: vscode.ExtensionContext): Promise<unknown> {
  const texts = new Map(await Promise.all(files.map((file) => readFile(context.extensionUri, file))));
  const modules = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    if (name === 'vscode') return vscode;
    const known = modules.get(name);
    if (known) return known.exports;
    const text = texts.get(name);
    if (text === undefined) throw new Error(`A web worker has no module ${name}.`);
    const module = { exports: {} };
    modules.set(name, module);
    // VS Code does the same with this file. What is evaluated comes with it from where the extension is installed.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const evaluate = new Function('module', 'exports', 'require', `${text}\n//# sourceURL=${name}`) as Evaluate;
    evaluate(module, module.exports, load);
    return module.exports;
  };
  return (load('./extension.cjs') as typeof extension).activate(context);
}

/** @returns what the file is required by, and its text */
async function readFile(extensionUri: vscode.Uri, file: string): Promise<readonly [name: string, text: string]> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', file));
  return [`./${file}`, new TextDecoder().decode(bytes)];
}
