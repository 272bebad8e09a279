import * as vscode from 'vscode';
import { DashlyError, errorDetail, errorSentence } from '../dashly/errors';
import { showErrorMessage } from './window';

/** The extension's one output channel. What is written to it holds no token and no contact data. */
export type Log = vscode.LogOutputChannel;

/** Makes the channel *Dashly Leads*; the level is the one the user chose with *Developer: Set Log Level…*. */
export function createLog(): Log {
  return vscode.window.createOutputChannel('Dashly Leads', { log: true });
}

/** What a person can do about an error. */
export interface ErrorAction {
  readonly title: string;
  run(): unknown;
}

/**
 * Shows an error as one toast with one action and writes its details to the log. Cancelled ones are silent. Returns at
 * once: nothing waits for a toast.
 * @param error the message of a `HumanError` is shown as it is; another error is unexpected and shown as such
 * @param log gets the details
 * @param action what can be done about it; *Show Log* when left out
 */
export function showError(error: unknown, log: Log, action?: ErrorAction): void {
  if (isCancelled(error)) return;
  logError(error, log);
  const offered = action ?? { title: 'Show Log', run: () => log.show() };
  void showErrorMessage(errorSentence(error), offered.title).then((chosen) => {
    if (chosen === offered.title) offered.run();
  });
}

/** Writes an error and its details to the log, for errors that are shown elsewhere. Cancelled ones are left out. */
export function logError(error: unknown, log: Log): void {
  if (!isCancelled(error)) log.error(errorDetail(error));
}

/** Whether somebody stopped it on purpose: nothing to tell. */
export function isCancelled(error: unknown): boolean {
  return (
    error instanceof vscode.CancellationError ||
    (error instanceof DashlyError && error.kind === 'cancelled') ||
    // The platform's own: neither Node nor the browser has a class for it alone.
    (error instanceof Error && error.name === 'AbortError')
  );
}
