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
  log.info(`Exported ${written} leads to ${name}.`);
  if (result) {
    log.info(
      `Counted ${result.countedAtStart} (${result.countedAtEnd} at the end), read ${result.read}, missing ${result.missing}, ` +
        `met again ${result.duplicates}, windows ${result.windows}, read again ${result.readAgain}, requests ${result.requests}.`,
    );
    result.reasons.forEach((reason) => log.warn(describeMissing(reason)));
  }
  const [open, copy, showLog] = [l10n.t('Open File'), l10n.t('Copy Path'), l10n.t('Show Log')];
  const actions = [open, copy, ...(complete ? [] : [showLog])];
  const shown = complete ? showInformationMessage(sentence, ...actions) : showWarningMessage(sentence, ...actions);
  void shown.then(async (action) => {
    if (action === open) {
      await vscode.commands.executeCommand('vscode.open', uri);
    } else if (action === copy) {
      await vscode.env.clipboard.writeText(uri.scheme === 'file' ? uri.fsPath : uri.toString());
    } else if (action === showLog) {
      log.show();
    }
  });
}

function resultSentence(name: string, written: number, result: CrawlResult | undefined): [string, boolean] {
  if (!result) {
    return [plural(written, l10n.t('Exported {0} lead to {1}.|Exported {0} leads to {1}.'), name), true];
  }
  if (result.missing > 0) {
    const forms = l10n.t(
      'Exported {0} lead to {1}; {2} of the {3} could not be read. The log says why.|Exported {0} leads to {1}; {2} of the {3} could not be read. The log says why.',
    );
    return [plural(written, forms, name, grouped(result.missing), grouped(result.countedAtEnd)), false];
  }
  if (result.reasons.length > 0) {
    const forms = l10n.t(
      'Exported {0} lead to {1}. Whether there are more could not be known: the log says why.|Exported {0} leads to {1}. Whether there are more could not be known: the log says why.',
    );
    return [plural(written, forms, name), false];
  }
  const forms = l10n.t(
    'Exported {0} lead to {1}: every lead of the view.|Exported {0} leads to {1}: every lead of the view.',
  );
  const sentence = plural(written, forms, name);
  const [start, end] = [grouped(result.countedAtStart), grouped(result.countedAtEnd)];
  const changed = l10n.t('The service counted {0} at the start and {1} at the end.', start, end);
  return [start === end ? sentence : `${sentence} ${changed}`, true];
}

/** Where an export stopped. */
interface Stopped {
  /** Of the file. */
  readonly name: string;
  readonly progress?: Pick<CrawlProgress, 'read' | 'total'>;
}

function stoppedSentence(name: string, progress: Stopped['progress']): string {
  if (!progress) return l10n.t('{0} is not finished.', name);
  const { read, total } = progress;
  if (total === undefined) {
    const forms = l10n.t(
      'Export stopped after {0} lead. Resume it to finish {1}.|Export stopped after {0} leads. Resume it to finish {1}.',
    );
    return plural(read, forms, name);
  }
  const forms = l10n.t(
    'Export stopped after {1} of {0} lead. Resume it to finish {2}.|Export stopped after {1} of {0} leads. Resume it to finish {2}.',
  );
  return plural(total, forms, grouped(read), name);
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
  const [resume, discard] = [l10n.t('Resume'), l10n.t('Delete Partial File')];
  void show(sentence, resume, discard).then((action) => {
    if (action === resume) {
      interrupted.resume();
    } else if (action === discard) {
      interrupted.discard();
    }
  });
}
