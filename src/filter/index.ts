import * as vscode from 'vscode';
import type { PropertyValue } from '../dashly/lead';
import { registerCommand } from '../editor/commands';
import { type Log, logError } from '../editor/errors';
import { registerLazyFileSystem } from '../editor/files';
import { LazyRoom } from '../editor/lazyRoom';
import type { CurrentLeads } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import type { Masking } from '../leads/masking';
import { propertyTitle } from '../leads/properties';
import { comparesContact } from '../leads/queryWords';
import { singleLine } from '../leads/text';
import { FilterBuilder } from './filterBuilder';
import { filterDocument, FilterDocuments, filterDocumentText, filterFileEnding, filterScheme } from './filterDocuments';
import { type FilterDraft, valueFilters } from './filterDraft';
import { FilterLanguage } from './filterLanguage';
import { readFilterText } from './filterText';
import { confirmRealData, setStatusBarMessage, showErrorMessage, showInformationMessage } from '../editor/window';

/** The commands about the view's filter, and what editors of filters know; made when one of them is first needed. */
export class FilterCommands implements vscode.Disposable {
  private readonly owned = new Disposables();
  readonly documents: FilterDocuments;
  readonly language: FilterLanguage;

  /** @param changed told when the document of the filter has another content */
  constructor(
    private readonly parts: FilterParts,
    changed: (events: vscode.FileChangeEvent[]) => void,
  ) {
    this.documents = this.owned.add(new FilterDocuments(parts.current, changed));
    this.language = this.owned.add(new FilterLanguage(parts.current, parts.masking));
    const commands: Record<string, (argument: unknown) => unknown> = {
      filter: () => this.build(),
      editFilter: () => this.edit(),
      clearFilter: () => this.clear(),
      findByValue: (wanted) => this.findByValue(wanted),
      applyFilterFile: (uri) => this.applyFile(uri),
    };
    for (const [name, run] of Object.entries(commands)) this.owned.add(registerCommand(parts.log, name, run));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async build(): Promise<void> {
    const { current, masking } = this.parts;
    if (!current.connection) {
      sayNotConnected();
      return;
    }
    const builder = new FilterBuilder(current, masking);
    try {
      const built = await builder.run();
      if (built?.goes === 'json') await this.edit(built.draft);
      if (built?.goes !== 'view') return;
      current.setQuery(built.draft.appliedTo(current.query));
      await showTree();
    } finally {
      builder.dispose();
    }
  }

  /** @param draft put into the document to be saved, when it is not the view's filter */
  private async edit(draft?: FilterDraft): Promise<void> {
    const { current, masking } = this.parts;
    const filters = draft ? draft.filters : current.query.filters;
    if (filters?.filters.some(comparesContact) && !(await confirmRealData(masking, 'The filter as JSON'))) return;
    const document = await vscode.workspace.openTextDocument(filterDocument);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const text = filterDocumentText(filters);
    if (!draft || text === filterDocumentText(current.query.filters)) return;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
    setStatusBarMessage('Save the filter to apply it', 5000);
  }

  private clear(): void {
    const { current } = this.parts;
    const { sortProp, sortOrder } = current.query;
    current.setQuery({ sortProp, sortOrder });
  }

  /** Shows the leads that have the same value; the card's button calls it. */
  private async findByValue(wanted: unknown): Promise<void> {
    if (!isPropertyAndValue(wanted)) throw new TypeError('findByValue takes {property, value}.');
    const filters = valueFilters(wanted.property, wanted.value);
    if (!filters) {
      const title = singleLine(propertyTitle(wanted.property), 60);
      void showInformationMessage(`The service cannot look for a value of this kind in “${title}”.`);
      return;
    }
    const { current } = this.parts;
    const { sortProp, sortOrder } = current.query;
    current.setQuery({ filters, sortProp, sortOrder });
    await showTree();
  }

  /** @param uri of the file; when left out, the one in the active editor */
  private async applyFile(uri: unknown): Promise<void> {
    const { current } = this.parts;
    if (!current.connection) {
      sayNotConnected();
      return;
    }
    const file = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    if (!file?.path.endsWith(filterFileEnding)) {
      void showInformationMessage(`Open a file whose name ends with ${filterFileEnding} first.`);
      return;
    }
    // What is in the editor counts, saved or not: it is what the person looks at.
    const document = await vscode.workspace.openTextDocument(file);
    const read = readFilterText(document.getText());
    if ('problem' in read) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      void showErrorMessage(`${singleLine(name, 80)} is not applied. ${read.problem}`);
      return;
    }
    current.setQuery({ ...current.query, filters: read.filters.filters.length > 0 ? read.filters : undefined });
    await showTree();
  }
}

function showTree(): Thenable<unknown> {
  return vscode.commands.executeCommand('dashlyLeads.leads.focus');
}

function sayNotConnected(): void {
  void showInformationMessage('Connect an app to filter its leads.', 'Connect an App…').then((chosen) => {
    if (chosen) void vscode.commands.executeCommand('dashlyLeads.connectApp');
  });
}

function isPropertyAndValue(given: unknown): given is { property: string; value: PropertyValue | undefined } {
  return typeof given === 'object' && given !== null && 'property' in given && typeof given.property === 'string';
}

/** What the filters need of the rest of the extension. */
export interface FilterParts {
  readonly current: CurrentLeads;
  readonly masking: Masking;
  readonly log: Log;
}

const commands = ['filter', 'editFilter', 'clearFilter', 'findByValue', 'applyFilterFile'];

/**
 * Everything about the view's filter; made once in `extension.ts`, which disposes it. Here is only what VS Code must know
 * from the start: the rest is read when a command runs or a filter is opened as JSON.
 */
export class FilterRoom implements vscode.Disposable {
  private readonly owned = new Disposables();

  constructor(parts: FilterParts) {
    const changed = this.owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
    const room = this.owned.add(
      new LazyRoom(parts.log, commands, async () => {
        const { FilterCommands } = await import('./index');
        return () => new FilterCommands(parts, (events) => changed.fire(events));
      }),
    );
    this.owned.add(
      registerLazyFileSystem({
        scheme: filterScheme,
        isReadonly: false,
        documents: async () => (await room.get()).documents,
        onDidChangeFile: changed.event,
      }),
    );

    const selector: vscode.DocumentSelector = { pattern: `**/*${filterFileEnding}` };
    const completion = {
      provideCompletionItems: async (document: vscode.TextDocument, position: vscode.Position) =>
        (await room.get()).language.completions(document, position),
    };
    const hover = {
      provideHover: async (document: vscode.TextDocument, position: vscode.Position) =>
        (await room.get()).language.hover(document, position),
    };
    this.owned.add(vscode.languages.registerCompletionItemProvider(selector, completion, '"'));
    this.owned.add(vscode.languages.registerHoverProvider(selector, hover));
    const look = ({ uri }: vscode.TextDocument): void => {
      if (uri.path.endsWith(filterFileEnding)) room.get().catch((error: unknown) => logError(error, parts.log));
    };
    this.owned.add(vscode.workspace.onDidOpenTextDocument(look));
    vscode.workspace.textDocuments.forEach(look);
  }

  dispose(): void {
    this.owned.dispose();
  }
}
