import * as vscode from 'vscode';
import { AccountRoom } from './account/index';
import { cardRoom } from './card/index';
import { DocumentRoom } from './documents/index';
import { holdCommandsUntil, registerCommand } from './editor/commands';
import { Disposables } from './leads/event';
import { createLog } from './editor/errors';
import { createMasking, MaskingControls } from './masking/index';
import { onDidChangeSetting, readSetting } from './editor/settings';
import { ExportCommands } from './export/index';
import { FilterRoom } from './filter/index';
import { CurrentLeads } from './leads/currentLeads';
import { Emitter } from './leads/event';
import { LeadSelection } from './leads/currentLeads';
import type { SeenLead } from './leads/currentLeads';
import { SearchRoom } from './search/index';
import { LeadsView } from './tree/leadsView';
import { treeCommandRoom } from './tree/index';
import { ViewRoom } from './views/index';

/**
 * Builds the parts and hands them to each other. Nothing is sent before a person looks at the view or runs a command.
 * @returns the parts to tests inside the extension host; nothing otherwise, because other extensions could read it
 */
export function activate({
  subscriptions,
  secrets,
  globalState,
  extensionUri,
  extensionMode,
}: vscode.ExtensionContext) {
  const parts = new Disposables();
  subscriptions.push(parts);

  const log = parts.add(createLog());
  const masking = parts.add(createMasking(globalState));
  const current = parts.add(new CurrentLeads(readSetting('pageSize')));
  const selection = parts.add(new LeadSelection());
  const seen = parts.add(new Emitter<SeenLead>());
  const shared = { current, selection, masking, log };

  const accounts = parts.add(new AccountRoom({ secrets, current, log }));
  const { view } = parts.add(new ViewRoom(shared));
  const tree = parts.add(new LeadsView({ ...shared, accounts: accounts.store, view }));
  const search = parts.add(new SearchRoom(shared));
  parts.add(
    new DocumentRoom({ ...shared, onDidSee: seen.event, pickLead: (title, except) => search.pickLead(title, except) }),
  );
  parts.add(cardRoom({ ...shared, seen, extensionUri }));
  parts.add(new ExportCommands({ ...shared, memento: globalState }));
  parts.add(new FilterRoom(shared));
  parts.add(new MaskingControls(masking, log));
  parts.add(treeCommandRoom(current, tree, masking, log));
  parts.add(registerCommand(log, 'showLog', () => log.show()));
  parts.add(
    registerCommand(log, 'openSettings', () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:dashly-leads.dashly-leads'),
    ),
  );
  parts.add(onDidChangeSetting('pageSize', (size) => current.setPageSize(size)));

  const ready = accounts.start();
  holdCommandsUntil(ready);
  return extensionMode === vscode.ExtensionMode.Test
    ? { ready, secrets, store: accounts.store, current, selection, masking, seen }
    : undefined;
}

/** What tests inside the extension host get. */
export type ActivatedParts = NonNullable<ReturnType<typeof activate>>;
