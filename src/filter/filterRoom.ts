import * as vscode from 'vscode';
import { Disposables } from '../editor/disposables';
import { registerLazyFileSystem } from '../editor/lazyFileSystem';
import { LazyRoom } from '../editor/lazyRoom';
import type { Log } from '../editor/log';
import { logError } from '../editor/showError';
import type { CurrentLeads } from '../leads/currentLeads';
import type { Masking } from '../leads/masking';
import { filterFileEnding } from './filterFileEnding';
import { filterScheme } from './filterScheme';

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
        const { FilterCommands } = await import('./filterCommands');
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
