import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import { type Command, type Feature, type Parts, runCommand } from '../editor/commands';
import { leadScheme } from '../editor/schemes';
import { isSameApp } from '../leads/currentLeads';
import { leadsFromArguments } from '../leads/leadElement';
import { LeadCompare, type PickLead } from './leadCompare';
import { closeLeadTabs, LeadDocuments } from './leadDocuments';
import { readReference } from './leadReference';
import { ShownLeads } from './shownLeads';
import { shownTimeZone } from '../editor/timeZone';
import { noteRealContacts, showUntitled } from '../editor/untitled';
import { ofTotal } from '../language';
import { confirmRealData, showInformationMessage, showWarningMessage } from '../editor/window';

/** The most documents *Open Lead JSON* opens at once. */
const mostOpened = 10;

/**
 * Leads as JSON, and both comparisons. From now on the states of the leads that are read are remembered.
 * @param pickLead lets the person choose a lead: the search's, because a feature does not import another
 */
export function documents(parts: Parts, pickLead: PickLead) {
  const { context, current, masking, selection, seen } = parts;
  const leads = new ShownLeads(current, seen.event);
  const timeZone = (): string | undefined => shownTimeZone(context.globalState);
  const documents = new LeadDocuments(leads, masking, timeZone);
  const compare = new LeadCompare({ current, masking, leads, documents, pickLead, timeZone });
  const actions = new DocumentActions(parts, leads, documents, compare);
  const onLeads =
    (run: (leads: readonly Lead[]) => unknown): Command =>
    (...args) => {
      const given = leadsFromArguments(args, selection);
      if (given.length > 0) return run(given);
      sayNothingSelected();
      return undefined;
    };
  const commands = {
    openConversation: (element, conversation) => {
      const [lead] = leadsFromArguments([element], selection);
      if (lead && typeof conversation === 'string') return actions.openConversation(lead, conversation);
      return undefined;
    },
    copyJsonToNewEditor: onLeads((leads) => actions.copyToNewEditor(leads)),
    insertJson: onLeads((leads) => actions.insert(leads)),
    copyJson: onLeads((leads) => actions.copyJson(leads)),
    copyId: onLeads((leads) => vscode.env.clipboard.writeText(leads.map(({ id }) => id).join('\n'))),
    openJson: onLeads((leads) => actions.open(leads)),
    compareWith: onLeads((leads) => compare.withOther(leads)),
    compareWithEarlier: onLeads(([lead]) => lead && compare.withEarlier(lead)),
    refreshJson: (uri) => actions.refresh(uri),
  } satisfies Record<string, Command>;
  const renaming = masking.onDidChange(() => void actions.retitle());
  // What is on the screen of an app goes with it, as its cards do.
  let { connection } = current;
  const closing = current.onDidChangeList(() => {
    const left = connection;
    connection = current.connection;
    if (left && !isSameApp(left, connection)) void closeLeadTabs(left.key);
  });
  return { commands, disposables: [renaming, closing, documents, leads], documents } satisfies Feature &
    Record<string, unknown>;
}

class DocumentActions {
  constructor(
    private readonly parts: Parts,
    private readonly leads: ShownLeads,
    private readonly documents: LeadDocuments,
    private readonly compare: LeadCompare,
  ) {}

  async copyToNewEditor(leads: readonly Lead[]): Promise<void> {
    if (!(await confirmRealData(this.parts.masking, l10n.t('The JSON in the new editor')))) return;
    await showUntitled('json', leadsJson(leads), this.parts.masking);
  }

  async insert(leads: readonly Lead[]): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void showInformationMessage(l10n.t('Open a file and put the cursor where the JSON belongs.'));
      return;
    }
    if (!(await confirmRealData(this.parts.masking, l10n.t('The inserted JSON')))) return;
    const json = leadsJson(leads);
    const inserted = await editor.edit((edit) => {
      for (const selection of editor.selections) {
        const line = editor.document.lineAt(selection.start.line).text.slice(0, selection.start.character);
        const indent = /^\s*/.exec(line)?.[0] ?? '';
        edit.replace(selection, json.replaceAll('\n', `\n${indent}`));
      }
    });
    if (inserted && editor.document.isUntitled) noteRealContacts(editor.document, this.parts.masking);
    if (!inserted) {
      void showWarningMessage(l10n.t('The JSON could not be inserted: the active editor cannot be written to.'));
    }
  }

  async copyJson(leads: readonly Lead[]): Promise<void> {
    if (!(await confirmRealData(this.parts.masking, l10n.t('The copied JSON')))) return;
    await vscode.env.clipboard.writeText(leadsJson(leads));
  }

  async open(leads: readonly Lead[]): Promise<void> {
    const account = this.parts.current.connection?.key;
    if (account === undefined) return;
    for (const lead of leads.slice(0, mostOpened)) {
      this.leads.keep(account, lead);
      const uri = this.documents.uri({ account, id: lead.id }, lead);
      await vscode.window.showTextDocument(uri, { preview: leads.length === 1 });
    }
    if (leads.length > mostOpened) {
      void showInformationMessage(
        l10n.t(
          'The first {0} leads were opened. Copy Lead JSON to New Editor takes all of them at once.',
          ofTotal({ loaded: mostOpened, total: leads.length }),
        ),
      );
    }
  }

  async openConversation(lead: Lead, conversation: string): Promise<void> {
    const account = this.parts.current.connection?.key;
    if (account === undefined) return;
    this.leads.keep(account, lead);
    const uri = this.documents.uri({ account, id: lead.id, conversation }, lead);
    // The tab is there while all pages are read: who closes it ends that. `showTextDocument` makes it after them.
    await vscode.commands.executeCommand('vscode.open', uri, {
      preview: false,
    } satisfies vscode.TextDocumentShowOptions);
  }

  async refresh(uri: unknown): Promise<void> {
    const document = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    if (document?.scheme !== leadScheme) {
      void showInformationMessage(l10n.t('Open the JSON of a lead first: Open Lead JSON.'));
      return;
    }
    await this.documents.refresh(document);
  }

  async retitle(): Promise<void> {
    for (const {
      uris: [left, right],
      column,
    } of await closeLeadTabs()) {
      const [first, second] = [left && readReference(left.query), right && readReference(right.query)];
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

/** One lead as the JSON the service sent, several as an array of them; pretty-printed, no number changed. */
function leadsJson(leads: readonly Lead[]): string {
  const [only] = leads;
  return stringifyJson(leads.length === 1 && only ? only.record : leads.map((lead) => lead.record), 2);
}

function sayNothingSelected(): void {
  const message = l10n.t('Select a lead first: in the Leads view, or by searching.');
  void showInformationMessage(message, l10n.t('Search Leads…')).then((chosen) => {
    if (chosen) void runCommand('search');
  });
}
