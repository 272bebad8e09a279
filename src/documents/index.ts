import * as vscode from 'vscode';
import type { Lead } from '../dashly/lead';
import { registerCommand } from '../editor/commands';
import { type Log, logError } from '../editor/errors';
import { registerLazyFileSystem } from '../editor/files';
import { LazyRoom } from '../editor/lazyRoom';
import type { CurrentLeads, LeadSelection, SeenLead } from '../leads/currentLeads';
import { Disposables, type Event } from '../leads/event';
import { leadsFromArguments } from '../leads/leadElement';
import type { Masking } from '../leads/masking';
import { LeadCompare } from './leadCompare';
import { closeLeadTabs, LeadDocuments } from './leadDocuments';
import { leadIds, leadsJson } from './leadHistory';
import { leadScheme, readReference } from './leadReference';
import { ShownLeads } from './shownLeads';
import { confirmRealData, showInformationMessage, showWarningMessage } from '../editor/window';

/** The most documents *Open Lead JSON* opens at once. */
const mostOpened = 10;

/** The commands that give leads as JSON, the `dashly-lead:` documents and both comparisons; made when they are first needed. */
export class DocumentCommands implements vscode.Disposable {
  private readonly owned = new Disposables();
  readonly documents: LeadDocuments;
  private readonly leads: ShownLeads;
  private readonly compare: LeadCompare;

  /** @param changed told which documents have another content */
  constructor(
    private readonly parts: DocumentParts,
    changed: (events: vscode.FileChangeEvent[]) => void,
  ) {
    const { current, masking, pickLead } = parts;
    this.leads = this.owned.add(new ShownLeads(current, parts.onDidSee));
    this.documents = this.owned.add(new LeadDocuments(this.leads, masking, changed));
    this.compare = new LeadCompare({ current, masking, leads: this.leads, documents: this.documents, pickLead });
    this.register('copyJsonToNewEditor', (leads) => this.copyToNewEditor(leads));
    this.register('insertJson', (leads) => this.insert(leads));
    this.register('copyJson', (leads) => this.copyJson(leads));
    this.register('copyId', (leads) => vscode.env.clipboard.writeText(leadIds(leads)));
    this.register('openJson', (leads) => this.open(leads));
    this.register('compareWith', (leads) => this.compare.withOther(leads));
    this.register('compareWithEarlier', ([lead]) => lead && this.compare.withEarlier(lead));
    this.owned.add(registerCommand(parts.log, 'refreshJson', (uri) => this.refresh(uri)));
    this.owned.add(masking.onDidChange(() => void this.retitle()));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private register(name: string, run: (leads: readonly Lead[]) => unknown): void {
    const { log, selection } = this.parts;
    this.owned.add(
      registerCommand(log, name, (...args) => {
        const leads = leadsFromArguments(args, selection);
        if (leads.length > 0) return run(leads);
        sayNothingSelected();
        return undefined;
      }),
    );
  }

  private async copyToNewEditor(leads: readonly Lead[]): Promise<void> {
    if (!(await confirmRealData(this.parts.masking, 'The JSON in the new editor'))) return;
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: leadsJson(leads) });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  private async insert(leads: readonly Lead[]): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void showInformationMessage('Open a file and put the cursor where the JSON belongs.');
      return;
    }
    if (!(await confirmRealData(this.parts.masking, 'The inserted JSON'))) return;
    const json = leadsJson(leads);
    const inserted = await editor.edit((edit) => {
      for (const selection of editor.selections) {
        const line = editor.document.lineAt(selection.start.line).text.slice(0, selection.start.character);
        const indent = /^\s*/.exec(line)?.[0] ?? '';
        edit.replace(selection, json.replaceAll('\n', `\n${indent}`));
      }
    });
    if (!inserted) {
      void showWarningMessage('The JSON could not be inserted: the active editor cannot be written to.');
    }
  }

  private async copyJson(leads: readonly Lead[]): Promise<void> {
    if (!(await confirmRealData(this.parts.masking, 'The copied JSON'))) return;
    await vscode.env.clipboard.writeText(leadsJson(leads));
  }

  private async open(leads: readonly Lead[]): Promise<void> {
    const account = this.parts.current.connection?.key;
    if (account === undefined) return;
    for (const lead of leads.slice(0, mostOpened)) {
      this.leads.keep(account, lead);
      const uri = this.documents.uri({ account, id: lead.id }, lead);
      await vscode.window.showTextDocument(uri, { preview: leads.length === 1 });
    }
    if (leads.length > mostOpened) {
      void showInformationMessage(
        `The first ${mostOpened} of ${leads.length} leads were opened. Copy Lead JSON to New Editor takes all of them at once.`,
      );
    }
  }

  private async refresh(uri: unknown): Promise<void> {
    const document = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    if (document?.scheme !== leadScheme) {
      void showInformationMessage('Open the JSON of a lead first: Open Lead JSON.');
      return;
    }
    await this.documents.refresh(document);
  }

  private async retitle(): Promise<void> {
    for (const {
      uris: [left, right],
      column,
    } of await closeLeadTabs()) {
      const [first, second] = [readReference(left.query), right && readReference(right.query)];
      const lead = first && this.leads.latest(first.account, first.id);
      if (!first || !lead) continue;
      if (second) await this.compare.reopen(first, second, column);
      else
        await vscode.window.showTextDocument(this.documents.uri(first, lead), {
          viewColumn: column,
          preserveFocus: true,
        });
    }
  }
}

function sayNothingSelected(): void {
  const message = 'Select a lead first: in the Leads view, or by searching.';
  void showInformationMessage(message, 'Search Leads…').then((chosen) => {
    if (chosen) void vscode.commands.executeCommand('dashlyLeads.search');
  });
}

/** What the JSON commands need of the rest of the extension. */
export interface DocumentParts {
  readonly current: CurrentLeads;
  readonly selection: LeadSelection;
  readonly masking: Masking;
  readonly log: Log;
  /** Leads that a card has read: *Compare With Earlier State* knows them. */
  readonly onDidSee: Event<SeenLead>;
  /** `SearchCommand.pickLead`, handed over by `extension.ts` because feature rooms do not import each other. */
  readonly pickLead: (title: string, except?: string) => Promise<Lead | undefined>;
}

const commands = [
  'copyJsonToNewEditor',
  'insertJson',
  'copyJson',
  'copyId',
  'openJson',
  'refreshJson',
  'compareWith',
  'compareWithEarlier',
];

/**
 * Leads as JSON; made once in `extension.ts`, which disposes it. Here is only what VS Code must know from the start. The
 * rest is read when a command runs, a document is opened, or leads are read: from then on it remembers their states.
 */
export class DocumentRoom implements vscode.Disposable {
  private readonly owned = new Disposables();

  constructor(parts: DocumentParts) {
    const changed = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
    const room = this.owned.add(
      new LazyRoom(parts.log, commands, async () => {
        const { DocumentCommands } = await import('./index');
        return () => new DocumentCommands(parts, (events) => changed.fire(events));
      }),
    );
    this.owned.add(
      registerLazyFileSystem({
        scheme: leadScheme,
        isReadonly: true,
        documents: async () => (await room.get()).documents,
        onDidChangeFile: changed.event,
      }),
    );
    this.owned.add(
      parts.current.onDidChangeList((list) => {
        if (list) room.get().catch((error: unknown) => logError(error, parts.log));
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }
}
