import * as l10n from '@vscode/l10n';
import { askToConnect, type Command, type Feature, type Parts } from '../editor/commands';
import { agreedToTarget, exportChosen } from './exportChosen';
import { chooseExport, chooseTarget } from './exportSteps';
import { resumeExport } from './resumeExport';

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
    askToConnect(l10n.t('Connect an app to export its leads.'));
    return;
  }
  const choice = await chooseExport(parts, args);
  const uri = choice && (await chooseTarget(parts, connection.name, choice));
  if (uri && (await agreedToTarget(parts, choice, uri, ending))) {
    await exportChosen(parts, { connection, query }, choice, uri, ending);
  }
}
