import * as vscode from 'vscode';
import { registerTools } from './assistant/registerTools';
import { registerCodeFiles } from './code/codeFiles';
import { connectedKey, setContextKey } from './editor/contextKeys';
import { registerDocuments } from './editor/files';
import { LateTree } from './editor/lateTree';
import { leadScheme } from './editor/schemes';
import { registerFilterFiles } from './filter/filterFiles';
import { Disposables } from './leads/event';
import type { ActivatedParts, Trees } from './parts';

/** When a connected window is prepared, in ms after activation: what its start still has to do goes first. */
const prepareAfter = 500;

/**
 * Tells VS Code what it must know from the start of each window: views, commands, documents, and who looks at source files.
 * What is behind them (`parts.ts`) is loaded when one of them is used, and soon in a window with an app.
 * @returns the parts to tests inside the extension host; nothing otherwise, because other extensions could read it
 */
export function activate(context: vscode.ExtensionContext): Promise<ActivatedParts> | undefined {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  let started: Promise<ActivatedParts> | undefined;
  const parts = (): Promise<ActivatedParts> =>
    (started ??= import('./language')
      // Before anything that has words is even evaluated: some stand in tables.
      .then(({ speak }) => speak(vscode.env.language, vscode.l10n.bundle))
      .then(() => import('./parts'))
      .then(({ startParts }) => owned.add(startParts(context, trees))));
  const features = async () => (await parts()).features();

  const trees: Trees = {
    leads: owned.add(new LateTree('dashlyLeads.leads', parts)),
    online: owned.add(new LateTree('dashlyLeads.online', features)),
  };
  owned.add(registerDocuments(leadScheme, async () => (await features()).leadDocuments, { isReadonly: true }));
  owned.add(registerFilterFiles(async () => (await features()).filters));
  owned.add(registerCodeFiles(async () => (await features()).code));
  const openTools = async () => {
    const { ready } = await parts();
    // A call may be what starts all this: it must not run before the stored accounts are read.
    await ready;
    return (await features()).assistant;
  };
  owned.add(registerTools(context.extension, openTools));
  owned.add(vscode.window.registerUriHandler({ handleUri: async (uri) => (await parts()).openLink(uri) }));
  for (const id of commandsOf(context.extension)) {
    const run = async (...args: unknown[]) => (await parts()).run(id.slice('dashlyLeads.'.length), args);
    owned.add(vscode.commands.registerCommand(id, run));
  }
  if (context.globalState.get(connectedKey) === true) {
    // Which commands the palette offers until the accounts are read.
    setContextKey('account', 'connected');
    // Who has an app will look at its leads: account, token and client are there by then. A failure is told to who does.
    const timer = setTimeout(() => void parts().catch(() => undefined), prepareAfter);
    owned.add({ dispose: () => clearTimeout(timer) });
  }
  return context.extensionMode === vscode.ExtensionMode.Test ? parts() : undefined;
}

/** The ids of all commands: they stand in the manifest, and what they do in the features. */
function commandsOf(extension: vscode.Extension<unknown>): readonly string[] {
  const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}
