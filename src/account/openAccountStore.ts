import type * as vscode from 'vscode';
import type { Log } from '../editor/log';
import { logError, showError } from '../editor/showError';
import { AccountStore } from './accountStore';

/** The account store over VS Code's SecretStorage; that it cannot be read is shown once, that it cannot be written whoever writes says. */
export function openAccountStore(secrets: vscode.SecretStorage, log: Log): AccountStore {
  let told = false;
  return new AccountStore(secrets, (error, doing) => {
    logError(error, log);
    if (doing === 'read' && !told) {
      told = true;
      showError(new SecretStorageError(error), log);
    }
  });
}

/** Where the operating system's key store is locked or missing. */
class SecretStorageError extends Error {
  readonly kind = 'secretStorage';

  constructor(cause: unknown) {
    super('VS Code’s secret storage could not be read, so the connected apps are not known. Unlock the system’s key store and reload the window.', { cause });
  }
}
