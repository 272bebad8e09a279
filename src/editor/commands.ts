import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { PropertyValue } from '../dashly/lead';
import type { Segment } from '../dashly/segment';
import type { CurrentLeads, LeadSelection, SeenLead } from '../leads/currentLeads';
import type { Emitter } from '../leads/event';
import type { KnownNames } from '../leads/knownNames';
import type { LeadElement } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import type { Log } from './errors';
import { showInformationMessage } from './window';

/** What every feature gets. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Which app, which query and which list are looked at. */
  readonly current: CurrentLeads;
  /** The leads that a command without arguments is about. */
  readonly selection: LeadSelection;
  readonly masking: Masking;
  /** What the app that is looked at is known to have. */
  readonly names: KnownNames;
  /** Fired with a lead that was read by itself, as its card does. */
  readonly seen: Emitter<SeenLead>;
}

/** A command: gets its arguments as VS Code sends them (`leadsFromArguments` reads those of commands on leads). */
export type Command = (...args: unknown[]) => unknown;

/** What a feature gives back: its commands by name, without the prefix `dashlyLeads.`, and what is to be disposed. */
export interface Feature<Name extends string = string> {
  readonly commands: Readonly<Record<Name, Command>>;
  readonly disposables: readonly { dispose(): unknown }[];
}

/** How a card is opened. */
export interface OpenCardOptions {
  /** True leaves the keyboard where it is, as while browsing the tree by arrows; default false. */
  readonly preserveFocus?: boolean;
  /** True shows the lead for a moment: `restoreCard` brings back what was there before. */
  readonly forNow?: boolean;
}

/** The commands that code runs, and what each takes. All commands stand in `package.json`, by which they are registered. */
export interface CommandArguments {
  connectApp: [];
  switchApp: [];
  replaceToken: [];
  refresh: [];
  retry: [];
  loadMoreAtRow: [];
  showAllLeads: [];
  showLog: [];
  openSettings: [];
  filter: [];
  toggleMasking: [];
  search: [];
  followEvents: [lead: LeadElement, only?: string];
  followEvent: [name: string];
  findVisitor: [text: string, only?: string];
  openLead: [];
  openVisitor: [];
  runRow: [];
  openCard: [lead: LeadElement, options?: OpenCardOptions];
  restoreCard: [];
  pinCard: [lead: LeadElement];
  copyJson: [lead: LeadElement];
  openJson: [lead: LeadElement];
  openConversation: [lead: LeadElement, conversation: string];
  openConversationInPanel: [lead: LeadElement, conversation: string];
  copyJsonToNewEditor: [lead: LeadElement];
  compareWith: [lead: LeadElement];
  compareWithEarlier: [lead: LeadElement];
  showLeadsWith: [meant: { readonly kind: 'event' | 'property'; readonly name: string }];
  showSegment: [segment: Segment];
  findByValue: [wanted: { readonly property: string; readonly value: PropertyValue | undefined }];
}

export type CommandName = keyof CommandArguments;

const prefix = 'dashlyLeads.';

/** A command's id, for a row or a button that runs it. */
export function commandId(name: CommandName): string {
  return prefix + name;
}

/** Runs a command of another feature. */
export function runCommand<Name extends CommandName>(name: Name, ...args: CommandArguments[Name]): Thenable<unknown> {
  return vscode.commands.executeCommand(commandId(name), ...args);
}

/** Brings the view *Leads* into sight. @param preserveFocus whether the keyboard stays where it is */
export function showLeadsView({ preserveFocus = false } = {}): Thenable<unknown> {
  return vscode.commands.executeCommand('dashlyLeads.leads.focus', { preserveFocus });
}

/** Says that an app is needed, and offers to connect one. @param sentence says what for: “Connect an app to search its leads.” */
export function askToConnect(sentence: string): void {
  void showInformationMessage(sentence, l10n.t('Connect an App…')).then((chosen) => {
    if (chosen) void runCommand('connectApp');
  });
}
