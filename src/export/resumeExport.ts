import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Parts } from '../editor/commands';
import { showError } from '../editor/errors';
import { fileName } from '../editor/files';
import { askModally, confirmRealData, showInformationMessage, showQuickPick } from '../editor/window';
import { grouped, plural } from '../language';
import { ExportError } from './exportError';
import { showExported, showInterrupted } from './exportOutcome';
import { type ExportState, parseExportState } from './exportState';
import { LeadsExport } from './leadsExport';
import { LocalTarget } from './localTarget';
import { crawlOptions, crawlSource, exportedApp, runExport, withLock } from './runExport';

const pathsName = 'dashlyLeads.interruptedExports';

/** The paths of exports that were begun and not finished: over restarts and in all windows. Paths only. */
export class InterruptedExports {
  constructor(private readonly memento: vscode.Memento) {}

  get paths(): readonly string[] {
    const kept = this.memento.get<unknown>(pathsName);
    return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
  }

  async add(path: string): Promise<void> {
    await this.memento.update(pathsName, [path, ...this.paths.filter((other) => other !== path)]);
  }

  async remove(path: string): Promise<void> {
    await this.memento.update(
      pathsName,
      this.paths.filter((other) => other !== path),
    );
  }
}

/**
 * What the interrupted export beside a target goes on from; undefined when there is none.
 * @throws ExportError of the kind `notResumable` when it cannot be read
 */
export async function readState(path: string): Promise<ExportState | undefined> {
  const text = await LocalTarget.readState(path);
  return text === undefined ? undefined : parseExportState(text);
}

/** `150 of 12,345 leads of Shop, with real contacts`. */
export function describeInterrupted({ leads, crawl, app, masked }: ExportState): string {
  const forms = l10n.t('{1} of {0} lead of {2}|{1} of {0} leads of {2}');
  const written = plural(crawl.countedAtStart, forms, grouped(leads), app.name);
  const contacts = masked ? l10n.t('with masked contacts') : l10n.t('with real contacts');
  return `${written}, ${contacts}`;
}

/** The command *Resume Export…*: lets the person choose among the interrupted ones. */
export async function resumeExport(parts: Parts, ending: AbortSignal): Promise<void> {
  const interrupted = new InterruptedExports(parts.context.globalState);
  const choices: (vscode.QuickPickItem & { readonly path: string })[] = [];
  for (const path of interrupted.paths) {
    const state = await readState(path).catch(() => undefined);
    if (state) {
      const label = fileName(vscode.Uri.file(path));
      choices.push({ path, label, detail: path, description: describeInterrupted(state) });
    } else if (await LocalTarget.isForgotten(path)) {
      await interrupted.remove(path);
    }
  }
  if (choices.length === 0) {
    void showInformationMessage(l10n.t('There is no export that can be resumed now.'));
    return;
  }
  const chosen = await showQuickPick(choices, { title: l10n.t('Resume Export'), placeHolder: l10n.t('Which export?') });
  if (chosen) {
    await resumeExportAt(parts, chosen.path, ending);
  }
}

/** Goes on with the interrupted export beside a target. Says itself how it ended. */
export async function resumeExportAt(parts: Parts, path: string, ending: AbortSignal): Promise<void> {
  const uri = vscode.Uri.file(path);
  let leadsExport: LeadsExport | undefined;
  try {
    leadsExport = await open(parts, path);
    const result = leadsExport && (await runExport(parts, leadsExport, fileName(uri), ending));
    if (result) {
      await new InterruptedExports(parts.context.globalState).remove(path);
      showExported(uri, result.read, result, parts.log);
    }
  } catch (error) {
    const stays = error instanceof ExportError && (error.kind === 'notResumable' || error.kind === 'busy');
    const further = {
      resume: (): void => void resumeExportAt(parts, path, ending),
      discard: (): void => discardInBackground(parts, path),
    };
    const stopped = { name: fileName(uri), progress: leadsExport?.crawl.progress };
    showInterrupted(error, stopped, parts, stays ? undefined : further);
  }
}

/** Deletes what an interrupted export left, and forgets it; unless somebody writes it and the person leaves that alone. */
export async function forgetExport({ context }: Parts, path: string): Promise<void> {
  const discard = (force: boolean): Promise<boolean> => LocalTarget.discard(path, force).then(() => true);
  if (await withLock(discard, l10n.t('Delete Anyway'))) await new InterruptedExports(context.globalState).remove(path);
}

/** The same for an action of a notification: says itself what went wrong. */
export function discardInBackground(parts: Parts, path: string): void {
  void forgetExport(parts, path).catch((error: unknown) => showError(error, parts));
}

/** Undefined when there is nothing to go on with after all, or the person decided not to. */
async function open(parts: Parts, path: string): Promise<LeadsExport | undefined> {
  const state = await readState(path);
  if (!state) {
    throw new ExportError('notResumable', l10n.t('What is needed to resume this export is gone: export again.'));
  }
  if (state.finished && (await LocalTarget.isFinished(path, state.finished))) {
    await forgetExport(parts, path);
    const name = fileName(vscode.Uri.file(path));
    const forms = l10n.t(
      'The export to {1} is finished already: {0} lead.|The export to {1} is finished already: {0} leads.',
    );
    void showInformationMessage(plural(state.leads, forms, name));
    return undefined;
  }
  const { connection } = parts.current;
  if (connection?.key !== state.app.key) {
    throw new ExportError('file', l10n.t('The export is of the app “{0}”: switch to it, then resume.', state.app.name));
  }
  const { fingerprint } = await exportedApp(parts, connection);
  if (fingerprint !== state.app.fingerprint && !(await agreedToToken(state))) {
    return undefined;
  }
  if (!state.masked && !(await confirmRealData(parts.masking, l10n.t('The interrupted export')))) {
    return undefined;
  }
  return withLock((force) => LeadsExport.resume(crawlSource(connection), state, path, crawlOptions(parts), force));
}

async function agreedToToken({ app }: ExportState): Promise<boolean> {
  const message = l10n.t(
    'The export of “{0}” was begun with another token or on another machine. If the token used now belongs to another app, leads of both would end up in one file.',
    app.name,
  );
  const resume = l10n.t('Resume');
  return (await askModally(message, l10n.t('Go on only if it is the same app.'), resume)) === resume;
}
