import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Lead, LeadsQuery } from '../dashly/lead';
import { runsInNode } from '../dashly/platform';
import type { Parts } from '../editor/commands';
import { fileName } from '../editor/files';
import { askModally } from '../editor/window';
import type { Connection } from '../leads/currentLeads';
import { ExportError, withFileErrors } from './exportError';
import { showExported, showInterrupted } from './exportOutcome';
import type { ExportedApp } from './exportState';
import type { ExportChoice } from './exportSteps';
import { type ExportTarget, MemoryTarget, mostInMemory } from './exportTarget';
import { formats } from './formats/formats';
import { LeadsExport, writeLeads } from './leadsExport';
import { LocalTarget } from './localTarget';
import {
  describeInterrupted,
  discardInBackground,
  forgetExport,
  InterruptedExports,
  readState,
  resumeExportAt,
} from './resumeExport';
import { crawlOptions, crawlSource, exportedApp, runExport, withLock } from './runExport';

/** Of which app and which of its leads an export is. */
interface ExportedView {
  readonly connection: Connection;
  readonly query: LeadsQuery;
}

/**
 * Exports what a person chose, where they chose. Says itself how it ended.
 * @throws what keeps it from beginning, and what ends an export of given leads
 */
export async function exportChosen(
  parts: Parts,
  view: ExportedView,
  choice: ExportChoice,
  uri: vscode.Uri,
  ending: AbortSignal,
): Promise<void> {
  const path = localPath(uri);
  const app = await exportedApp(parts, view.connection);
  if (path !== undefined && !choice.leads) {
    await new InterruptedExports(parts.context.globalState).add(path);
  }
  const target = await (path === undefined ? wholeFile(uri) : withLock((force) => LocalTarget.create(path, force)));
  if (!target) {
    return;
  }
  if (choice.leads) {
    await exportGiven(parts, choice, choice.leads, target, uri);
  } else {
    await exportView(parts, view, app, choice, target, uri, ending);
  }
}

/** Asks what must be known of a target before anything is written there. @returns false when it is not to be */
export async function agreedToTarget(
  parts: Parts,
  choice: ExportChoice,
  uri: vscode.Uri,
  ending: AbortSignal,
): Promise<boolean> {
  const path = localPath(uri);
  return path === undefined ? agreedToWhole(choice) : agreedToLocal(parts, choice, path, ending);
}

function localPath(uri: vscode.Uri): string | undefined {
  return uri.scheme === 'file' && runsInNode() ? uri.fsPath : undefined;
}

/** What must be known of a file system that takes files only as a whole. */
async function agreedToWhole({ leads }: ExportChoice): Promise<boolean> {
  if (leads) {
    return true;
  }
  const message = l10n.t(
    'This file system takes files only as a whole: at most {0} MB can be exported to it, and an interrupted export cannot be resumed. A file of the machine the extension runs on has no such limits.',
    mostInMemory / (1024 * 1024),
  );
  const go = l10n.t('Export');
  return (await askModally(message, undefined, go)) === go;
}

/** Nothing is replaced or thrown away unasked: neither a file that is read-only nor an interrupted export. */
async function agreedToLocal(
  parts: Parts,
  { masked }: ExportChoice,
  path: string,
  ending: AbortSignal,
): Promise<boolean> {
  const name = fileName(vscode.Uri.file(path));
  if ((await LocalTarget.kind(path)) === 'readOnlyFile') {
    const replace = l10n.t('Replace');
    if ((await askModally(l10n.t('“{0}” is read-only. Replace it?', name), undefined, replace)) !== replace) {
      return false;
    }
  }
  const state = await readState(path).catch((error: unknown) => {
    if (error instanceof ExportError && error.kind === 'notResumable') {
      return error;
    }
    throw error;
  });
  if (state === undefined) {
    return true;
  }
  const [resume, startOver] = [l10n.t('Resume'), l10n.t('Start Over')];
  if (state instanceof ExportError) {
    const message = `${l10n.t('There are files of an interrupted export to “{0}”.', name)} ${state.message}`;
    return (await askModally(message, l10n.t('Delete them and start over?'), startOver)) === startOver;
  }
  const chosen = masked ? l10n.t('You chose masked ones just now.') : l10n.t('You chose real ones just now.');
  const interrupted = l10n.t('An export to “{0}” was interrupted after {1}.', name, describeInterrupted(state));
  const message = state.masked === masked ? interrupted : `${interrupted} ${chosen}`;
  const detail = l10n.t('Resume it, or delete what it has and start over?');
  const answer = await askModally(message, detail, resume, startOver);
  if (answer === resume) {
    await resumeExportAt(parts, path, ending);
  }
  return answer === startOver;
}

async function exportView(
  parts: Parts,
  { connection, query }: ExportedView,
  app: ExportedApp,
  { format, masked }: ExportChoice,
  target: ExportTarget,
  uri: vscode.Uri,
  ending: AbortSignal,
): Promise<void> {
  const path = target instanceof LocalTarget ? target.path : undefined;
  const order = { app, query, format, masked };
  const leadsExport = LeadsExport.begin(crawlSource(connection), order, target, crawlOptions(parts));
  try {
    const result = await runExport(parts, leadsExport, fileName(uri), ending);
    if (path !== undefined) {
      await (result ? new InterruptedExports(parts.context.globalState).remove(path) : forgetExport(parts, path));
    }
    if (result) {
      showExported(uri, result.read, result, parts.log);
    }
  } catch (error) {
    const resumable = path !== undefined && (await readState(path).catch(() => undefined)) !== undefined;
    if (path !== undefined && !resumable) {
      await forgetExport(parts, path).catch(() => undefined);
    }
    showInterrupted(
      error,
      { name: fileName(uri), progress: leadsExport.crawl.progress },
      parts,
      resumable
        ? {
            resume: () => void resumeExportAt(parts, path, ending),
            discard: () => discardInBackground(parts, path),
          }
        : undefined,
    );
  }
}

async function exportGiven(
  parts: Parts,
  { format, masked }: ExportChoice,
  leads: readonly Lead[],
  target: ExportTarget,
  uri: vscode.Uri,
): Promise<void> {
  let written = false;
  try {
    const shown = masked ? (lead: Lead): Lead => parts.masking.mask.lead(lead) : undefined;
    await writeLeads(leads.values(), formats[format.format].encoder(format), target, { shown });
    written = true;
  } finally {
    await target.close();
    if (target instanceof LocalTarget) {
      const { path } = target;
      await (
        written ? new InterruptedExports(parts.context.globalState).remove(path) : forgetExport(parts, path)
      ).catch(() => undefined);
    }
  }
  showExported(uri, leads.length, undefined, parts.log);
}

/** A file of another file system: written under a name nobody can guess, and renamed. */
function wholeFile(uri: vscode.Uri): Promise<ExportTarget> {
  const beside = uri.with({ path: `${uri.path}.dashly-${crypto.randomUUID()}~` });
  return Promise.resolve(
    new MemoryTarget((content) =>
      withFileErrors(async () => {
        await vscode.workspace.fs.writeFile(beside, content);
        try {
          await vscode.workspace.fs.rename(beside, uri, { overwrite: true });
        } catch (error) {
          await Promise.resolve(vscode.workspace.fs.delete(beside)).catch(() => undefined);
          throw error;
        }
      }),
    ),
  );
}
