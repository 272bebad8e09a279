import * as vscode from 'vscode';
import { type Documents, registerDocuments } from '../editor/files';
import { filterScheme } from '../editor/schemes';

/** How files with filters end: `*.leads-filter.json`. Their JSON schema, in `package.json`, goes by it too. */
export const filterFileEnding = '.leads-filter.json';

/** There is one view, so there is one document. Its name ends as filter files do: the same JSON schema is for both. */
export const filterDocument = vscode.Uri.from({ scheme: filterScheme, path: `/view${filterFileEnding}` });

/** What stands behind editors of filters. */
export interface FilterFiles {
  readonly documents: Documents;
  readonly language: {
    completions(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[];
    hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined;
  };
}

/**
 * What VS Code must know of filters as text from the start: the document's scheme, and who completes and explains.
 * @param open gives what is behind it, when a filter is first opened as text
 */
export function registerFilterFiles(open: () => Promise<FilterFiles>): vscode.Disposable {
  const selector: vscode.DocumentSelector = { pattern: `**/*${filterFileEnding}` };
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems: async (document, position) => (await open()).language.completions(document, position),
  };
  const hover: vscode.HoverProvider = {
    provideHover: async (document, position) => (await open()).language.hover(document, position),
  };
  // Its problems are underlined as soon as a filter is open.
  const look = ({ uri }: vscode.TextDocument): void => {
    if (uri.path.endsWith(filterFileEnding)) void open();
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    registerDocuments(filterScheme, async () => (await open()).documents, { isReadonly: false }),
    vscode.languages.registerCompletionItemProvider(selector, completion, '"'),
    vscode.languages.registerHoverProvider(selector, hover),
    vscode.workspace.onDidOpenTextDocument(look),
  );
}
