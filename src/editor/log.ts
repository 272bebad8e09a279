import * as vscode from 'vscode';

/** The extension's one output channel. What is written to it holds no token and no contact data. */
export type Log = vscode.LogOutputChannel;

/** Makes the channel *Dashly Leads*; the level is the one the user chose with *Developer: Set Log Level…*. */
export function createLog(): Log {
  return vscode.window.createOutputChannel('Dashly Leads', { log: true });
}
