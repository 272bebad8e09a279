import type * as vscode from 'vscode';
import { openAccounts } from './account/session';
import type { Command, Parts } from './editor/commands';
import { connectedKey } from './editor/contextKeys';
import { createLog, logError, showError } from './editor/errors';
import type { LateTree } from './editor/lateTree';
import { onDidChangeSetting, readSetting } from './editor/settings';
import type { startFeatures } from './features';
import { CurrentLeads, LeadSelection, type SeenLead } from './leads/currentLeads';
import { Disposables, Emitter } from './leads/event';
import { KnownNames } from './leads/knownNames';
import { createMasking, followMasking } from './masking/index';
import type { OnlineTreeElement } from './online/onlineView';
import type { LeadsTreeElement } from './tree/leadsTreeDataProvider';
import { LeadsView } from './tree/leadsView';
import { CurrentView, queryOf, rememberedView } from './views/view';

/** The views, which are there before their rows. */
export interface Trees {
  readonly leads: LateTree<LeadsTreeElement>;
  readonly online: LateTree<OnlineTreeElement>;
}

/**
 * Builds the parts and hands them to each other. Nothing is sent before a person looks at the view or runs a command, and
 * what is not needed until the first list is there (`features.ts`) is not even evaluated.
 * @param trees where the leads and the visitors are shown
 */
export function startParts(context: vscode.ExtensionContext, trees: Trees) {
  const owned = new Disposables();
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
  const leadsView = owned.add(
    new LeadsView({ ...parts, tree: trees.leads, accounts: accounts.store, view: currentView }),
  );
  owned.add(followMasking(masking));
  owned.add(onDidChangeSetting('pageSize', (size) => current.setPageSize(size)));
  owned.add(onDidChangeSetting('convertPropsTypes', () => void current.list?.refresh()));

  let started: Promise<ReturnType<typeof startFeatures>> | undefined;
  const features = () =>
    (started ??= import('./features').then((module) =>
      owned.add(module.startFeatures(parts, { accounts, leadsView, currentView, onlineTree: trees.online })),
    ));
  // From the first list on, the states of its leads are remembered, and a card may open at any moment. The request for its
  // first page, which the view sends in this task, is not held up.
  owned.add(
    current.onDidChangeList((list) => {
      if (list) setTimeout(() => void features().catch((error: unknown) => logError(error, log)));
    }),
  );

  owned.add(
    current.onDidChangeList(() => {
      const isConnected = current.connection !== undefined;
      if (context.globalState.get(connectedKey) !== isConnected)
        void context.globalState.update(connectedKey, isConnected);
    }),
  );

  const ready = accounts.session.start();
  /** Does what a person asked for; an error is logged and shown once: VS Code would show a second, rawer one. */
  const act = async (task: (all: ReturnType<typeof startFeatures>) => unknown): Promise<unknown> => {
    try {
      // It may be what starts all this: nothing must run before the stored accounts are read.
      await ready;
      return await task(await features());
    } catch (error) {
      showError(error, parts);
      return undefined;
    }
  };
  /** Runs a command. */
  const run = (name: string, args: readonly unknown[]): Promise<unknown> =>
    act(({ commands }) => (commands as Readonly<Partial<Record<string, Command>>>)[name]?.(...args));
  return {
    run,
    /** Opens what a link of ours asks for, when the person agrees. */
    openLink: async (uri: vscode.Uri): Promise<void> => {
      await act(({ openLink }) => openLink(uri));
    },
    features,
    ready,
    ...{ secrets: context.secrets, store: accounts.store, current, selection, masking, names, seen },
    dispose: () => owned.dispose(),
  };
}

/** What is built when it is first needed, and what tests inside the extension host get. */
export type ActivatedParts = ReturnType<typeof startParts>;
