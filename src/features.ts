import * as vscode from 'vscode';
import { appStatus } from './account/appStatus';
import { type Accounts, account } from './account/index';
import { assistant } from './assistant/index';
import { card } from './card/index';
import { code } from './code/index';
import { documents } from './documents/index';
import { appFingerprint } from './editor/appFingerprint';
import type { Command, CommandName, Parts } from './editor/commands';
import { explore } from './explore/index';
import type { LateTree } from './editor/lateTree';
import { LeadOpening } from './editor/leadOpening';
import { exporting } from './export/index';
import { filter } from './filter/index';
import { Disposables } from './leads/event';
import { links } from './links/index';
import { masking } from './masking/index';
import { online } from './online/index';
import type { OnlineTreeElement } from './online/onlineView';
import { search } from './search/index';
import { tree } from './tree/index';
import type { LeadsView } from './tree/leadsView';
import { views } from './views/index';
import type { CurrentView } from './views/view';

/** What features need of what is built before them. */
export interface EarlyParts {
  readonly accounts: Accounts;
  readonly leadsView: LeadsView;
  readonly currentView: CurrentView;
  readonly onlineTree: LateTree<OnlineTreeElement>;
}

/** The half that is built when it is first needed: what every command does, and what is behind documents. */
export function startFeatures(parts: Parts, { accounts, leadsView, currentView, onlineTree }: EarlyParts) {
  const { context, log } = parts;
  const searching = search(parts);
  const reading = documents(parts, searching.pickLead);
  const filtering = filter(parts);
  const exploring = explore(parts);
  const opening = new LeadOpening();
  const onlineNow = online(parts, onlineTree, opening);
  const connecting = account(parts, accounts);
  const linking = links(parts, connecting.apps);
  const status = appStatus(parts, onlineNow.visitorCount);
  const features = {
    account: connecting,
    linking,
    status,
    tree: tree(parts, leadsView, opening, searching.pickLoaded),
    searching,
    views: views(parts, currentView),
    filtering,
    card: card(parts),
    reading,
    exporting: exporting(parts),
    masking: masking(parts),
    online: onlineNow,
    coding: code(parts),
    exploring,
    assisting: assistant(parts, {
      findLeads: searching.findLeads,
      summarizeProperties: exploring.summarizeProperties,
    }),
  };
  parts.names.follow(parts.current, parts.seen.event, (app) => appFingerprint(context.globalState, app));
  const owned = new Disposables();
  for (const { disposables } of Object.values(features)) for (const one of disposables) owned.add(one);
  // Each by its name, so that a command which code runs and no feature has does not compile.
  const commands = {
    ...features.account.commands,
    ...linking.commands,
    ...features.tree.commands,
    ...searching.commands,
    ...features.views.commands,
    ...filtering.commands,
    ...features.card.commands,
    ...reading.commands,
    ...features.exporting.commands,
    ...features.masking.commands,
    ...features.online.commands,
    ...features.coding.commands,
    ...exploring.commands,
    ...features.assisting.commands,
    showLog: () => log.show(),
    openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
  } satisfies Record<CommandName, Command>;
  return {
    commands,
    leadDocuments: reading.documents,
    filters: filtering,
    code: features.coding,
    assistant: features.assisting.tools,
    openLink: linking.openLink,
    status: status.shown,
    dispose: () => owned.dispose(),
  };
}
