import * as vscode from 'vscode';
import { type Log, showError } from './errors';

let ready: Promise<unknown> = Promise.resolve();

/**
 * Holds back every command until the promise settles. A command of the palette may be what activates the extension: it
 * would run before the stored accounts are read, and find no app.
 */
export function holdCommandsUntil(promise: Promise<unknown>): void {
  ready = promise;
}

/**
 * Registers the command `dashlyLeads.<name>`. An error it ends with is logged and shown once; VS Code would otherwise show
 * a second, rawer one.
 * @param run gets the command's arguments as VS Code sends them (`leadsFromArguments` reads those of lead commands)
 */
export function registerCommand(log: Log, name: string, run: (...args: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(`dashlyLeads.${name}`, async (...args: unknown[]) => {
    await ready;
    try {
      return await run(...args);
    } catch (error) {
      showError(error, log);
      return undefined;
    }
  });
}
