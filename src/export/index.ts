import * as vscode from 'vscode';
import type { Lead, LeadsQuery } from '../dashly/lead';
import type { Command, Feature, Parts } from '../editor/commands';
import type { Connection } from '../leads/currentLeads';
import { chooseExport, type ExportChoice } from './exportChoice';
import { showExported, showInterrupted } from './exportOutcome';
import { ExportError, type ExportTarget, MemoryTarget, mostInMemory } from './exportTarget';
import { leadRows } from './formats/formats';
import { type ExportOrder, LeadsExport, writeLeads } from './leadsExport';
import { LocalTarget } from './localTarget';
import {
  discardExport,
  discardInBackground,
  InterruptedExports,
  resumeExport,
  resumeExportAt,
  runExport,
  walkOptions,
  walkSource,
} from './resumeExport';
import { askModally } from '../editor/window';

/** Exporting leads into files. An export that is under way when the feature ends can be resumed. */
export function exporting(parts: Parts) {
  const ending = new AbortController();
  const commands = {
    export: (...args) => exportLeads(parts, args, ending.signal),
    resumeExport: () => resumeExport(parts, ending.signal),
  } satisfies Record<string, Command>;
  return { commands, disposables: [{ dispose: () => ending.abort() }] } satisfies Feature;
}

/** The command *Export Leads…*: asks what, how and where, then does it. */
async function exportLeads(parts: Parts, args: readonly unknown[], ending: AbortSignal): Promise<void> {
  const { connection, query } = parts.current;
  if (!connection) {
    throw new ExportError('file', 'No app is connected: connect one, then export its leads.');
  }
  const choice = await chooseExport(parts, args);
  const uri = choice && (await chooseTarget(connection, choice));
  if (uri && (await agreedToTarget(uri, choice))) {
    await exportChosen(parts, { connection, query }, choice, uri, ending);
  }
}

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
  { connection, query }: ExportedView,
  choice: ExportChoice,
  uri: vscode.Uri,
  ending: AbortSignal,
): Promise<void> {
  if (choice.leads) {
    await exportGiven(parts, choice, choice.leads, uri);
    return;
  }
  const app = { key: connection.key, name: connection.name };
  await exportView(parts, connection, { app, query, format: choice.format, masked: choice.masked }, uri, ending);
}

async function chooseTarget(
  { name }: Connection,
  { format: { format } }: ExportChoice,
): Promise<vscode.Uri | undefined> {
  const day = new Date().toISOString().slice(0, 10);
  const file = `${name.replace(/[^\p{L}\p{N}_-]+/gu, '-')}-leads-${day}.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: 'Export Leads',
    saveLabel: 'Export',
    filters: { [format.toUpperCase()]: [format] },
    defaultUri: folder ? vscode.Uri.joinPath(folder, file) : undefined,
  });
}

/** What must be known about the target before it starts. */
async function agreedToTarget(uri: vscode.Uri, { leads }: ExportChoice): Promise<boolean> {
  if (isLocal(uri) || leads) {
    return true;
  }
  const message =
    `This file system takes files only as a whole: at most ${mostInMemory / (1024 * 1024)} MB can be exported to it, and an ` +
    'interrupted export cannot be resumed. A file of the machine the extension runs on has no such limits.';
  return (await askModally(message, undefined, 'Export')) === 'Export';
}

async function exportView(
  parts: Parts,
  connection: Connection,
  order: ExportOrder,
  uri: vscode.Uri,
  ending: AbortSignal,
): Promise<void> {
  const interrupted = new InterruptedExports(parts.context.globalState);
  const local = isLocal(uri) ? uri.fsPath : undefined;
  if (local !== undefined && (await LocalTarget.readState(local)) !== undefined) {
    const answer = await askModally(
      'An interrupted export lies beside this file. Go on with it, or start over?',
      undefined,
      'Resume',
      'Start Over',
    );
    if (answer === 'Resume') {
      await resumeExportAt(parts, local, ending);
    }
    if (answer !== 'Start Over') {
      return;
    }
  }
  const leadsExport = LeadsExport.begin(walkSource(connection), order, await openTarget(uri), walkOptions(parts));
  if (local !== undefined) {
    await interrupted.add(local);
  }
  try {
    const result = await runExport(parts, leadsExport, fileName(uri), ending);
    if (local !== undefined) {
      await (result ? interrupted.remove(local) : discardExport(parts, local));
    }
    if (result) {
      showExported(uri, result.read, result, parts.log);
    }
  } catch (error) {
    const resumable = local !== undefined && (await LocalTarget.readState(local)) !== undefined;
    if (local !== undefined && !resumable) {
      await discardExport(parts, local).catch(() => undefined);
    }
    showInterrupted(
      error,
      leadsExport.crawl.progress.read,
      parts.log,
      resumable ? () => void resumeExportAt(parts, local, ending) : undefined,
      resumable ? () => discardInBackground(parts, local) : undefined,
    );
  }
}

async function exportGiven(parts: Parts, choice: ExportChoice, leads: readonly Lead[], uri: vscode.Uri): Promise<void> {
  const target = await openTarget(uri);
  try {
    const rows = leadRows(choice.format);
    const shown = choice.masked ? (lead: Lead): Lead => parts.masking.mask.lead(lead) : undefined;
    await writeLeads(leads.values(), rows, target, { shown });
    await target.finish(choice.format, rows.columns);
    showExported(uri, leads.length, undefined, parts.log);
  } catch (error) {
    await target.leave();
    if (isLocal(uri)) {
      await LocalTarget.discard(uri.fsPath).catch(() => undefined);
    }
    throw error;
  } finally {
    await target.leave();
  }
}

function openTarget(uri: vscode.Uri): Promise<ExportTarget> {
  if (isLocal(uri)) {
    return LocalTarget.create(uri.fsPath);
  }
  const beside = uri.with({ path: `${uri.path}.dashly-part` });
  return Promise.resolve(
    new MemoryTarget(async (content) => {
      await vscode.workspace.fs.writeFile(beside, content);
      try {
        await vscode.workspace.fs.rename(beside, uri, { overwrite: true });
      } catch (error) {
        await vscode.workspace.fs.delete(beside);
        throw error;
      }
    }),
  );
}

/** Whether Node's file functions reach it: not in a browser's extension host. */
function isLocal(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && typeof process !== 'undefined' && typeof process.versions.node === 'string';
}

function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
