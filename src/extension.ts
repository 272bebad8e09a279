import * as vscode from 'vscode';
import { openAccounts } from './account/session';
import { registerCodeFiles } from './code/codeFiles';
import { leadScheme } from './documents/leadReference';
import { type Parts, registerCommands } from './editor/commands';
import { createLog, logError } from './editor/errors';
import { registerDocuments } from './editor/files';
import { onDidChangeSetting, readSetting } from './editor/settings';
import type { startFeatures } from './features';
import { registerFilterFiles } from './filter/filterFiles';
import { CurrentLeads, LeadSelection, type SeenLead } from './leads/currentLeads';
import { Disposables, Emitter } from './leads/event';
import { KnownNames } from './leads/knownNames';
import { createMasking, followMasking } from './masking/index';
import { LeadsView } from './tree/leadsView';
import { CurrentView, queryOf, rememberedView } from './views/view';

/**
 * Builds the parts and hands them to each other. Nothing is sent before a person looks at the view or runs a command, and
 * what is not needed until then (`features.ts`) is not even evaluated.
 * @returns the parts to tests inside the extension host; nothing otherwise, because other extensions could read it
 */
export function activate(context: vscode.ExtensionContext) {
  const owned = new Disposables();
  context.subscriptions.push(owned);

  const log = owned.add(createLog());
  const names = owned.add(new KnownNames(context.globalState));
  const masking = owned.add(createMasking(context.globalState, () => names.events));
  const current = owned.add(
    new CurrentLeads(readSetting('pageSize'), (app) => queryOf(rememberedView(context.workspaceState, app) ?? {})),
  );
  const selection = owned.add(new LeadSelection());
  const seen = owned.add(new Emitter<SeenLead>());
  const parts: Parts = { context, log, current, selection, masking, names, seen };

  const accounts = openAccounts(parts);
  accounts.disposables.forEach((one) => owned.add(one));
  const currentView = owned.add(new CurrentView(current, context.workspaceState));
  const leadsView = owned.add(new LeadsView({ ...parts, accounts: accounts.store, view: currentView }));
  owned.add(followMasking(masking));
  owned.add(onDidChangeSetting('pageSize', (size) => current.setPageSize(size)));

  let started: Promise<ReturnType<typeof startFeatures>> | undefined;
  const features = () =>
    (started ??= import('./features').then((module) =>
      owned.add(module.startFeatures(parts, { accounts, leadsView, currentView })),
    ));
  owned.add(registerDocuments(leadScheme, async () => (await features()).leadDocuments, { isReadonly: true }));
  owned.add(registerFilterFiles(async () => (await features()).filters));
  owned.add(registerCodeFiles(async () => (await features()).code));
  // From the first list on, the states of its leads are remembered, and a card may open at any moment.
  owned.add(
    current.onDidChangeList((list) => {
      if (list) features().catch((error: unknown) => logError(error, log));
    }),
  );

  const ready = accounts.session.start();
  owned.add(
    registerCommands(parts, async () => {
      // A command of the palette may be what activates the extension: it must not run before the stored accounts are read.
      await ready;
      return (await features()).commands;
    }),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { ready, features, secrets: context.secrets, store: accounts.store, current, selection, masking, names, seen }
    : undefined;
}

/** What tests inside the extension host get. */
export type ActivatedParts = NonNullable<ReturnType<typeof activate>>;
