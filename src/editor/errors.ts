import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { DashlyError, errorDetail } from '../dashly/errors';
import type { Masking } from '../leads/masking';
import { showErrorMessage } from './window';

/** The extension's one output channel. What is written to it holds no token and no contact data. */
export type Log = vscode.LogOutputChannel;

/** Makes the channel *Dashly Leads*; the level is the one the user chose with *Developer: Set Log Level…*. */
export function createLog(): Log {
  return vscode.window.createOutputChannel('Dashly Leads', { log: true });
}

/** What showing an error needs. */
export interface ErrorParts {
  readonly log: Log;
  readonly masking: Masking;
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
 * @param parts the log gets the details; while contacts are masked the toast does without the service's words
 * @param action what can be done about it; *Show Log* when left out
 */
export function showError(error: unknown, { log, masking }: ErrorParts, action?: ErrorAction): void {
  if (isCancelled(error)) return;
  logError(error, log);
  const offered = action ?? { title: l10n.t('Show Log'), run: () => log.show() };
  void showErrorMessage(masking.errorSentence(error), offered.title).then((chosen) => {
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
