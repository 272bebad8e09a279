import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Documents } from '../editor/files';
import { filterDocument } from './filterFiles';
import { filtersOf } from '../dashly/conditions';
import { filtersJson } from '../dashly/filterJson';
import { stringifyJson } from '../dashly/jsonWriter';
import type { Filters } from '../dashly/lead';
import type { CurrentLeads } from '../leads/currentLeads';
import { Disposables } from '../leads/event';
import { readFilterText } from './filterText';
import { plain } from '../leads/text';
import { setStatusBarMessage } from '../editor/window';

/**
 * The content of the document `dashly-leads-filter:/view.leads-filter.json`: the filter of the view as JSON. Saving it
 * applies it, whatever the view was filtered by meanwhile; what is saved stays as it was written until the view is filtered
 * otherwise. A text that is no filter is not saved.
 */
export class FilterDocuments implements Documents, vscode.Disposable {
  private readonly parts = new Disposables();
  private readonly changed = this.parts.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changed.event;
  private text: string;
  /** The view's filter that `text` belongs to. */
  private filters: string;
  /**
   * What VS Code takes for the time of the last change. It falls with each change and from window to window: VS Code reads
   * again what has another time, and refuses to save over what has a later one than the editor has read, which this never is,
   * not even for an editor that was open over a reload of the window.
   */
  private modified = -Date.now();
  /** Whether the write to come is one that the person asked for, not one of auto save while they are typing. */
  private askedFor = false;

  constructor(private readonly current: CurrentLeads) {
    this.filters = filterDocumentText(current.query.filters);
    this.text = this.filters;
    this.parts.add(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (document.uri.path === filterDocument.path && document.uri.scheme === filterDocument.scheme) {
          this.askedFor = reason !== vscode.TextDocumentSaveReason.AfterDelay;
        }
      }),
    );
    this.parts.add(
      current.onDidChangeList(() => {
        const filters = filterDocumentText(current.query.filters);
        if (filters === this.filters) return;
        this.filters = filters;
        this.setText(filters);
        this.changed.fire([{ type: vscode.FileChangeType.Changed, uri: filterDocument }]);
      }),
    );
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: this.modified, size: this.readFile(uri).byteLength };
  }

  /** @throws vscode.FileSystemError when it is not the document */
  readFile(uri: vscode.Uri): Uint8Array {
    checkDocument(uri);
    return new TextEncoder().encode(this.text);
  }

  /**
   * Applies the filter to the view. Auto save while somebody is typing keeps a wrong text and says nothing: what is wrong is
   * underlined.
   * @throws vscode.FileSystemError that says in one sentence what is wrong: VS Code shows it, and the document stays unsaved
   */
  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    checkDocument(uri);
    const { askedFor } = this;
    this.askedFor = false;
    const written = new TextDecoder().decode(content);
    const read = readFilterText(written);
    if ('problem' in read && askedFor) {
      throw vscode.FileSystemError.Unavailable(plain(`${l10n.t('The filter is not applied.')} ${read.problem}`));
    }
    this.setText(written);
    if ('problem' in read) return;
    const text = filterDocumentText(read.filters);
    const isNew = text !== this.filters;
    // Before the query is set, so that its change does not put another text in place of the one just saved.
    this.filters = text;
    if (isNew)
      this.current.setQuery({
        ...this.current.query,
        filters: read.filters.filters.length > 0 ? read.filters : undefined,
      });
    if (askedFor) setStatusBarMessage(l10n.t('Filter applied'), 3000);
  }

  dispose(): void {
    this.parts.dispose();
  }

  private setText(text: string): void {
    this.text = text;
    this.modified = Math.min(this.modified - 1, -Date.now());
  }
}

/** A filter as the document shows it. */
export function filterDocumentText(filters: Filters | undefined): string {
  return `${stringifyJson(filtersJson(filters ?? filtersOf('and', [])), 2)}\n`;
}

function checkDocument(uri: vscode.Uri): void {
  if (uri.path !== filterDocument.path) throw vscode.FileSystemError.FileNotFound(uri);
}
