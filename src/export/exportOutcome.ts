import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { grouped, plural } from '../language';
import type { CrawlProgress, CrawlResult } from '../crawl/crawl';
import { describeMissing } from '../crawl/missingLeads';
import { errorDetail } from '../dashly/errors';
import { fileName } from '../editor/files';
import { type ErrorParts, isCancelled, type Log, showError } from '../editor/errors';
import { showErrorMessage, showInformationMessage, showWarningMessage } from '../editor/window';

/** Says how an export ended: exact numbers, and what to do with the file. Returns at once. */
export function showExported(uri: vscode.Uri, written: number, result: CrawlResult | undefined, log: Log): void {
  const name = fileName(uri);
  const [sentence, complete] = resultSentence(name, written, result);
  log.info(sentence);
  if (result) {
    log.info(
      `Counted ${result.countedAtStart} (${result.countedAtEnd} at the end), read ${result.read}, missing ${result.missing}, ` +
        `met again ${result.duplicates}, windows ${result.windows}, read again ${result.readAgain}, requests ${result.requests}.`,
    );
    result.reasons.forEach((reason) => log.warn(describeMissing(reason)));
  }
  const actions = ['Open File', 'Copy Path', ...(complete ? [] : ['Show Log'])];
  const shown = complete ? showInformationMessage(sentence, ...actions) : showWarningMessage(sentence, ...actions);
  void shown.then(async (action) => {
    if (action === 'Open File') {
      await vscode.commands.executeCommand('vscode.open', uri);
    } else if (action === 'Copy Path') {
      await vscode.env.clipboard.writeText(uri.scheme === 'file' ? uri.fsPath : uri.toString());
    } else if (action === 'Show Log') {
      log.show();
    }
  });
}

function resultSentence(name: string, written: number, result: CrawlResult | undefined): [string, boolean] {
  const leads = plural(written, l10n.t('{0} lead|{0} leads'));
  if (!result) {
    return [`Exported ${leads} to ${name}.`, true];
  }
  if (result.missing > 0) {
    return [
      `Exported ${leads} to ${name}; ${grouped(result.missing)} of the ${grouped(result.countedAtEnd)} could not be read. The log says why.`,
      false,
    ];
  }
  if (result.reasons.length > 0) {
    return [`Exported ${leads} to ${name}. Whether there are more could not be known: the log says why.`, false];
  }
  const changed =
    result.countedAtStart === result.countedAtEnd
      ? ''
      : ` The service counted ${grouped(result.countedAtStart)} at the start and ${grouped(result.countedAtEnd)} at the end.`;
  return [`Exported ${leads} to ${name}: every lead of the view.${changed}`, true];
}

/** Where an export stopped. */
interface Stopped {
  /** Of the file. */
  readonly name: string;
  readonly progress?: Pick<CrawlProgress, 'read' | 'total'>;
}

function stoppedSentence(name: string, progress: Stopped['progress']): string {
  if (!progress) return `${name} is not finished.`;
  const { read, total } = progress;
  const after =
    total === undefined
      ? plural(read, l10n.t('{0} lead|{0} leads'))
      : `${grouped(read)} of ${plural(total, l10n.t('{0} lead|{0} leads'))}`;
  return `Export stopped after ${after}. Resume it to finish ${name}.`;
}

/** What can be done with an interrupted export. */
export interface Interrupted {
  resume(): void;
  discard(): void;
}

/**
 * Says why an export stopped, how far it is, and with a way to go on. Returns at once.
 * @param stopped where it stopped; `progress` is left out when it did not come so far as to go on
 * @param interrupted undefined when there is nothing to go on with
 */
export function showInterrupted(
  error: unknown,
  { name, progress }: Stopped,
  parts: ErrorParts,
  interrupted: Interrupted | undefined,
): void {
  if (!interrupted) {
    showError(error, parts);
    return;
  }
  const reason = isCancelled(error) ? undefined : parts.masking.errorSentence(error);
  parts.log.warn(
    `Export stopped after ${progress?.read ?? 0} leads: ${isCancelled(error) ? 'cancelled' : errorDetail(error)}`,
  );
  const sentence = [reason, stoppedSentence(name, progress)].filter(Boolean).join(' ');
  const show = isCancelled(error) ? showInformationMessage : showErrorMessage;
  void show(sentence, 'Resume', 'Delete Partial File').then((action) => {
    if (action === 'Resume') {
      interrupted.resume();
    } else if (action === 'Delete Partial File') {
      interrupted.discard();
    }
  });
}
