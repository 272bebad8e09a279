import * as vscode from 'vscode';
import type { Masking } from '../leads/masking';
import { webAddress } from './cardValue';

/** Opens an address a stranger may have written: only http and https, and only after the whole address was seen. */
export async function openAddress(text: string, masking: Masking): Promise<void> {
  const url = webAddress(text);
  if (!url) {
    void vscode.window.showWarningMessage('This is not an http or https address, so it is not opened.');
    return;
  }
  const open = 'Open Link';
  const chosen = await vscode.window.showInformationMessage(
    `Open this address of ${url.host} in the browser?`,
    // `href` writes what is not ASCII as escapes: no look-alike letters, nothing that changes the writing direction.
    { modal: true, detail: masking.text(url.href) },
    open,
  );
  if (chosen !== open) return;
  // As a Uri the address would be written anew and could change; VS Code takes a string as it is (its issue 85930).
  await vscode.env.openExternal(url.href as unknown as vscode.Uri);
}
