import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { PropertyValue } from '../dashly/lead';
import { fileName } from '../editor/files';
import { askToConnect, type Command, type Feature, type Parts, showLeadsView } from '../editor/commands';
import { holdsContacts } from '../leads/queryWords';
import { singleLine } from '../leads/text';
import { FilterBuilder } from './filterBuilder';
import { FilterDocuments, filterDocumentText } from './filterDocuments';
import { filterDocument, filterFileEnding, type FilterFiles } from './filterFiles';
import { type FilterDraft, valueFilters } from './filterDraft';
import { FilterLanguage } from './filterLanguage';
import { readFilterText } from './filterText';
import { confirmRealData, setStatusBarMessage, showErrorMessage, showInformationMessage } from '../editor/window';

/**
 * The view's filter: built in steps, as a document, out of a file. `registerFilterFiles` opens `documents` and `language`.
 */
export function filter(parts: Parts) {
  const actions = new FilterActions(parts);
  const documents = new FilterDocuments(parts.current);
  const language = new FilterLanguage(parts.current, parts.masking);
  const commands = {
    filter: () => actions.build(),
    editFilter: () => actions.edit(),
    clearFilter: () => actions.clear(),
    findByValue: (wanted) => actions.findByValue(wanted),
    applyFilterFile: (uri) => actions.applyFile(uri),
  } satisfies Record<string, Command>;
  const hiding = parts.masking.onDidChange((on) => {
    if (on) void actions.hideContacts();
  });
  return { commands, disposables: [hiding, documents, language], documents, language } satisfies Feature & FilterFiles;
}

class FilterActions {
  constructor(private readonly parts: Parts) {}

  async build(): Promise<void> {
    const { current, masking } = this.parts;
    if (!current.connection) {
      askToConnect(l10n.t('Connect an app to filter its leads.'));
      return;
    }
    const builder = new FilterBuilder(current, masking);
    try {
      const built = await builder.run();
      if (built?.goes === 'json') await this.edit(built.draft);
      if (built?.goes !== 'view') return;
      current.setQuery(built.draft.appliedTo(current.query));
      await showLeadsView();
    } finally {
      builder.dispose();
    }
  }

  /** @param draft put into the document to be saved, when it is not the view's filter */
  async edit(draft?: FilterDraft): Promise<void> {
    const { current, masking } = this.parts;
    const filters = draft ? draft.filters : current.query.filters;
    if (filters && holdsContacts(filters, masking) && !(await confirmRealData(masking, l10n.t('The filter as JSON'))))
      return;
    const document = await vscode.workspace.openTextDocument(filterDocument);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const text = filterDocumentText(filters);
    if (!draft || text === filterDocumentText(current.query.filters)) return;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
    setStatusBarMessage(l10n.t('Save the filter to apply it'), 5000);
  }

  /**
   * Closes the view's filter as text when contacts become masked and it holds one: it cannot be masked, because saving it
   * would apply the mask. Of changes that are not saved VS Code asks first.
   */
  async hideContacts(): Promise<void> {
    const isFilter = (uri: vscode.Uri): boolean => uri.toString() === filterDocument.toString();
    const document = vscode.workspace.textDocuments.find(({ uri }) => isFilter(uri));
    const read = document && readFilterText(document.getText());
    if (!read || ('filters' in read && !holdsContacts(read.filters, this.parts.masking))) return;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputText && isFilter(input.uri)),
      true,
    );
  }

  clear(): void {
    const { current } = this.parts;
    const { sortProp, sortOrder } = current.query;
    current.setQuery({ sortProp, sortOrder });
  }

  /** Shows the leads that have the same value; the card's button calls it. */
  async findByValue(wanted: unknown): Promise<void> {
    if (!isPropertyAndValue(wanted)) throw new TypeError('findByValue takes {property, value}.');
    const filters = valueFilters(wanted.property, wanted.value);
    if (!filters) {
      const title = this.parts.masking.propertyTitle(wanted.property, 60);
      void showInformationMessage(l10n.t('The service cannot look for a value of this kind in “{0}”.', title));
      return;
    }
    const { current } = this.parts;
    const { sortProp, sortOrder } = current.query;
    current.setQuery({ filters, sortProp, sortOrder });
    await showLeadsView();
  }

  /** @param uri of the file; when left out, the one in the active editor */
  async applyFile(uri: unknown): Promise<void> {
    const { current } = this.parts;
    if (!current.connection) {
      askToConnect(l10n.t('Connect an app to filter its leads.'));
      return;
    }
    const file = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
    if (!file?.path.endsWith(filterFileEnding)) {
      void showInformationMessage(l10n.t('Open a file whose name ends with {0} first.', filterFileEnding));
      return;
    }
    // What is in the editor counts, saved or not: it is what the person looks at.
    const document = await vscode.workspace.openTextDocument(file);
    const read = readFilterText(document.getText());
    if ('problem' in read) {
      const name = singleLine(fileName(file), 80);
      void showErrorMessage(`${l10n.t('{0} is not applied.', name)} ${read.problem}`);
      return;
    }
    current.setQuery({ ...current.query, filters: read.filters.filters.length > 0 ? read.filters : undefined });
    await showLeadsView();
  }
}

function isPropertyAndValue(given: unknown): given is { property: string; value: PropertyValue | undefined } {
  return typeof given === 'object' && given !== null && 'property' in given && typeof given.property === 'string';
}
