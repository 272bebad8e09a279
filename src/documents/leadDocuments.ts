import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { stringifyJson, stringifySortedJson } from '../dashly/jsonWriter';
import type { Lead } from '../dashly/lead';
import { HumanError } from '../dashly/errors';
import type { Documents } from '../editor/files';
import { leadScheme } from '../editor/schemes';
import { Disposables } from '../leads/event';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/text';
import { conversationText, type WholeConversation } from './conversationText';
import { type LeadReference, leadTitle, readReference, referenceUri } from './leadReference';
import type { ShownLeads } from './shownLeads';

/**
 * Closes the documents and comparisons of leads: when contacts become masked, because the name in a tab's title is part of
 * the document's address and cannot be changed, and a screen that is shared must not show it; and when their app is left.
 * @param account the key of the only account whose tabs are closed; all of them when left out
 * @returns what was open, to be opened again under its masked title
 */
export async function closeLeadTabs(account?: string): Promise<OpenLeadTab[]> {
  const isWanted = ({ scheme, query }: vscode.Uri): boolean =>
    scheme === leadScheme && (account === undefined || readReference(query)?.account === account);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const found = tabs.flatMap((tab): { tab: vscode.Tab; open: OpenLeadTab }[] => {
    const uris = urisOf(tab);
    return uris.slice(-1).some(isWanted) ? [{ tab, open: { uris, column: tab.group.viewColumn } }] : [];
  });
  if (found.length > 0)
    await vscode.window.tabGroups.close(
      found.map(({ tab }) => tab),
      true,
    );
  return found.map(({ open }) => open);
}

/** The documents in a tab of text. */
function urisOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

/** A tab that was open: one document, or the two of a comparison. */
export interface OpenLeadTab {
  readonly uris: readonly vscode.Uri[];
  readonly column: vscode.ViewColumn;
}

/** A document somebody has open. */
interface OpenDocument {
  readonly uri: vscode.Uri;
  bytes: Uint8Array;
  /** The messages that are the document, of one that is a conversation. */
  readonly conversation?: WholeConversation;
  /** In ms since 1970; VS Code reads a document again only when it has grown. */
  modified: number;
}

/** The reading of a document that somebody opens. */
interface Reading {
  readonly document: Promise<OpenDocument>;
  readonly closing: AbortController;
}

/**
 * The read-only documents `dashly-lead:`. A file system, not a content provider: VS Code opens only the documents of a
 * file system again after a window reload.
 */
export class LeadDocuments implements Documents, vscode.Disposable {
  private readonly owned = new Disposables();
  private readonly open = new Map<string, OpenDocument>();
  /** Those that are being read: VS Code asks what a document is and what its text is at the same time. */
  private readonly readings = new Map<string, Reading>();
  private readonly ending = new AbortController();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changed.event;

  constructor(
    private readonly leads: ShownLeads,
    private readonly masking: Masking,
    private readonly timeZone: () => string | undefined,
  ) {
    this.owned.add(leads.onDidChange(() => this.update()));
    this.owned.add(masking.onDidChange(() => this.update()));
    // A document that is still being read is none that VS Code could say is closed.
    this.owned.add(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => closed.flatMap(urisOf).forEach((uri) => this.stop(uri))),
    );
    this.owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.open.delete(uri.toString())));
  }

  /** The URI of a lead's document. */
  uri(reference: LeadReference, lead: Lead): vscode.Uri {
    return vscode.Uri.from(referenceUri(reference, leadTitle(lead, this.masking)));
  }

  /** Reads the lead of a document again from the service; rejects with an error that may be shown. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const { account, id } = this.reference(uri);
    await this.leads.reload(account, id, this.ending.signal);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, modified } = await this.read(uri);
    return {
      type: vscode.FileType.File,
      permissions: vscode.FilePermission.Readonly,
      ctime: 0,
      mtime: modified,
      size: bytes.byteLength,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.read(uri)).bytes;
  }

  dispose(): void {
    this.ending.abort();
    this.owned.dispose();
  }

  private read(uri: vscode.Uri): OpenDocument | Promise<OpenDocument> {
    const key = uri.toString();
    return this.open.get(key) ?? this.readings.get(key)?.document ?? this.begin(uri, key);
  }

  private begin(uri: vscode.Uri, key: string): Promise<OpenDocument> {
    const closing = new AbortController();
    const document = this.firstContent(uri, AbortSignal.any([closing.signal, this.ending.signal])).then((content) => {
      // Who opens it again wants it read.
      if (closing.signal.aborted) throw vscode.FileSystemError.Unavailable(uri);
      this.readings.delete(key);
      const read = { uri, ...content, modified: Date.now() };
      this.open.set(key, read);
      return read;
    });
    this.readings.set(key, { closing, document });
    return document;
  }

  /** Ends the reading of what is open no more. */
  private stop(uri: vscode.Uri): void {
    const key = uri.toString();
    this.readings.get(key)?.closing.abort();
    this.readings.delete(key);
  }

  /** A document that cannot be read says why as its content: in an editor of its own VS Code would call it unexpected. */
  private async firstContent(
    uri: vscode.Uri,
    signal: AbortSignal,
  ): Promise<Pick<OpenDocument, 'bytes' | 'conversation'>> {
    const reference = this.reference(uri);
    try {
      const { account, conversation: id } = reference;
      const conversation = id === undefined ? undefined : await this.leads.conversation(account, id, signal);
      return { bytes: this.bytes(uri, await this.lead(reference, signal), conversation), conversation };
    } catch (error) {
      const sentence = singleLine(this.masking.errorSentence(error), 500);
      const text = reference.conversation === undefined ? stringifyJson(sentence) : sentence;
      return { bytes: new TextEncoder().encode(text) };
    }
  }

  private async lead({ account, id, sorted, state }: LeadReference, signal: AbortSignal): Promise<Lead> {
    if (state === undefined) return this.leads.lead(account, id, signal, sorted);
    const earlier = this.leads.earlier(account, id, state);
    if (!earlier) throw new HumanError(l10n.t('Earlier states of a lead are kept only as long as the window.'));
    return earlier.lead;
  }

  private bytes(uri: vscode.Uri, lead: Lead, conversation: WholeConversation | undefined): Uint8Array {
    if (conversation) {
      const text = conversationText(conversation, lead, this.masking, { timeZone: this.timeZone() });
      return new TextEncoder().encode(text);
    }
    const { record } = this.masking.lead(lead);
    const write = this.reference(uri).sorted ? stringifySortedJson : stringifyJson;
    return new TextEncoder().encode(write(record, 2));
  }

  /** Writes the open documents anew and tells VS Code which of them changed. */
  private update(): void {
    const events: vscode.FileChangeEvent[] = [];
    for (const document of this.open.values()) {
      const { account, id, sorted, state } = this.reference(document.uri);
      // What is not known (it could not be read) stays as it was shown.
      const lead =
        state === undefined ? this.leads.latest(account, id, sorted) : this.leads.earlier(account, id, state)?.lead;
      // So does one that is a conversation that could not be read.
      const isTalk = this.reference(document.uri).conversation !== undefined;
      if (!lead || (isTalk && !document.conversation)) continue;
      const bytes = this.bytes(document.uri, lead, document.conversation);
      if (sameBytes(bytes, document.bytes)) continue;
      document.bytes = bytes;
      document.modified = Math.max(Date.now(), document.modified + 1);
      events.push({ type: vscode.FileChangeType.Changed, uri: document.uri });
    }
    if (events.length > 0) this.changed.fire(events);
  }

  private reference(uri: vscode.Uri): LeadReference {
    const reference = readReference(uri.query);
    if (!reference) throw vscode.FileSystemError.FileNotFound(uri);
    return reference;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index]);
}
