import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { plural } from '../language';
import type { Masking } from '../leads/masking';
import { showInformationMessage } from './window';

/** Untitled documents with real contacts, of which has not been said yet that masking leaves them as they are. */
const withRealContacts = new WeakMap<Masking, Set<vscode.TextDocument>>();

/**
 * Notes that an untitled document shows real contacts. When these become masked, that is said once of each such document: it
 * is the person's own, and not changed.
 */
export function noteRealContacts(document: vscode.TextDocument, masking: Masking): void {
  (withRealContacts.get(masking) ?? startNoting(masking)).add(document);
}

function startNoting(masking: Masking): Set<vscode.TextDocument> {
  const noted = new Set<vscode.TextDocument>();
  withRealContacts.set(masking, noted);
  masking.onDidChange((on) => on && warnOf(noted));
  return noted;
}

function warnOf(noted: Set<vscode.TextDocument>): void {
  const open = [...noted].filter(({ isClosed, isUntitled }) => !isClosed && isUntitled);
  noted.clear();
  if (open.length === 0) return;
  void showInformationMessage(
    open.length === 1
      ? l10n.t('Contacts are masked now, but an untitled editor still shows real ones: close what must not be seen.')
      : plural(
          open.length,
          l10n.t(
            'Contacts are masked now, but {0} untitled editor still shows real ones: close what must not be seen.|Contacts are masked now, but {0} untitled editors still show real ones: close what must not be seen.',
          ),
        ),
  );
}

/**
 * Opens a new untitled document and shows it.
 * @param masking given where it shows real contacts, to note that
 */
export async function showUntitled(language: 'json' | 'plaintext', content: string, masking?: Masking): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  if (masking) noteRealContacts(document, masking);
  await vscode.window.showTextDocument(document, { preview: false });
}
