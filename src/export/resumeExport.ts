import * as vscode from 'vscode';
import { showError } from '../editor/showError';
import type { ExportParts } from './exportCommands';
import { ExportError } from './exportError';
import { LeadsExport } from './exportLeads';
import { showExported, showInterrupted } from './exportOutcome';
import { parseExportState, type ExportState } from './exportState';
import { InterruptedExports } from './interruptedExports';
import { LocalTarget } from './localTarget';
import { runExport, walkOptions, walkSource } from './runExport';

/** The command *Resume Export…*: lets the person choose among the interrupted ones. */
export async function resumeExport(parts: ExportParts, ending: AbortSignal): Promise<void> {
  const interrupted = new InterruptedExports(parts.memento);
  const choices: (vscode.QuickPickItem & { readonly path: string })[] = [];
  for (const path of interrupted.paths) {
    const state = await readState(path);
    if (state) {
      const { leads, crawl, app } = state;
      choices.push({
        path, label: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1), detail: path,
        description: `${app.name}: ${leads.toLocaleString('en')} of ${crawl.promised.toLocaleString('en')} leads`,
      });
    } else {
      await interrupted.remove(path);
    }
  }
  if (choices.length === 0) {
    void vscode.window.showInformationMessage('There is no interrupted export to resume.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(choices, { title: 'Resume Export', placeHolder: 'Which export?' });
  if (chosen) {
    await resumeExportAt(parts, chosen.path, ending);
  }
}

/** Goes on with the interrupted export beside a target. Says itself how it ended. */
export async function resumeExportAt(parts: ExportParts, path: string, ending: AbortSignal): Promise<void> {
  const uri = vscode.Uri.file(path);
  let came = 0;
  try {
    const leadsExport = await open(parts, path);
    came = leadsExport.crawl.progress.came;
    const result = await runExport(parts, leadsExport, path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1), ending)
      .finally(() => came = leadsExport.crawl.progress.came);
    if (result) {
      await new InterruptedExports(parts.memento).remove(path);
      showExported(uri, result.came, result, parts.log);
    }
  } catch (error) {
    const resume = (): void => void resumeExportAt(parts, path, ending);
    const discard = (): void => discardInBackground(parts, path);
    const stays = error instanceof ExportError && (error.kind === 'notResumable' || error.kind === 'busy');
    showInterrupted(error, came, parts.log, stays ? undefined : resume, stays ? undefined : discard);
  }
}

/** Deletes what an interrupted export left, and forgets it. */
export async function discardExport({ memento }: ExportParts, path: string): Promise<void> {
  await LocalTarget.discard(path);
  await new InterruptedExports(memento).remove(path);
}

/** The same for an action of a notification: says itself what went wrong. */
export function discardInBackground(parts: ExportParts, path: string): void {
  void discardExport(parts, path).catch((error: unknown) => showError(error, parts.log));
}

async function open(parts: ExportParts, path: string): Promise<LeadsExport> {
  const state = await readState(path);
  if (!state) {
    throw new ExportError('notResumable', 'What is needed to resume this export is gone: export again.');
  }
  const { connection } = parts.current;
  if (connection?.key !== state.app.key) {
    throw new ExportError('file', `The export is of the app “${state.app.name}”: switch to it, then resume.`);
  }
  return LeadsExport.resume(walkSource(connection), state, path, walkOptions(parts));
}

async function readState(path: string): Promise<ExportState | undefined> {
  const text = await LocalTarget.readState(path);
  return text === undefined ? undefined : parseExportState(text);
}
