import * as vscode from 'vscode';
import { filterScheme, leadScheme } from '../editor/schemes';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { type Disposable, Disposables } from '../leads/event';
import { clientWords, codeLanguages, mayHoldToken, serviceClients } from './clients';

/** What stands behind source files. */
export interface CodeFiles {
  readonly language: {
    /** What is said of files is another. */
    readonly onDidChange: vscode.Event<void>;
    lenses(document: vscode.TextDocument): vscode.CodeLens[];
    hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined;
    completions(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[];
    /** Marks what looks wrong in a file; nothing where that is switched off. */
    check(document: vscode.TextDocument): void;
  };
}

/** How long after a change a file is looked at again, in milliseconds. */
const settling = 300;

/** What is written by programs, or by us. */
const otherSchemes = new Set(['output', 'debug', 'git', leadScheme, filterScheme]);

/** The names of the service's script in source files. */
export function clients(): readonly string[] {
  return [...serviceClients, ...readSetting('code.clients')];
}

/** Whether a file of source code holds a word that its calls begin with. */
export function mayHoldCalls(document: vscode.TextDocument): boolean {
  return codeLanguages.includes(document.languageId) && clientWords(clients()).test(document.getText());
}

/**
 * What VS Code must know of source files from the start: who puts lenses above calls, explains and completes them. For files
 * without the words nothing else is done, nor loaded.
 * @param open gives what is behind it, when the first file with the words is there
 */
export function registerCodeFiles(open: () => Promise<CodeFiles>): Disposable {
  const selector = codeLanguages.map((language) => ({ language }));
  const owned = new Disposables();
  const lensesChanged = owned.add(new vscode.EventEmitter<void>());
  let opened: Promise<CodeFiles['language']> | undefined;
  const language = (): Promise<CodeFiles['language']> =>
    (opened ??= open().then(({ language }) => {
      owned.add(language.onDidChange(lookAgain));
      return language;
    }));

  const check = async (document: vscode.TextDocument): Promise<void> => {
    if (otherSchemes.has(document.uri.scheme)) return;
    const isWanted = opened !== undefined || mayHoldCalls(document) || mayHoldToken(document.getText());
    if (isWanted) (await language()).check(document);
  };
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  const checkSoon = (document: vscode.TextDocument): void => {
    clearTimeout(timers.get(document));
    const later = (): void => {
      timers.delete(document);
      void check(document);
    };
    timers.set(document, setTimeout(later, settling));
  };
  const checkAll = (): void => vscode.workspace.textDocuments.forEach(checkSoon);
  const lookAgain = (): void => {
    lensesChanged.fire();
    checkAll();
  };
  const subscriptions = [
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) =>
        readSetting('code.lens') && mayHoldCalls(document) ? (await language()).lenses(document) : [],
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) =>
        mayHoldCalls(document) ? (await language()).hover(document, position) : undefined,
    }),
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position) =>
          mayHoldCalls(document) ? (await language()).completions(document, position) : undefined,
      },
      ...['"', "'", '`'],
    ),
    vscode.workspace.onDidOpenTextDocument(checkSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => checkSoon(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(timers.get(document));
      timers.delete(document);
    }),
    onDidChangeSetting('code.lens', lookAgain),
    onDidChangeSetting('code.problems', lookAgain),
    onDidChangeSetting('code.clients', lookAgain),
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
  ];
  for (const one of subscriptions) owned.add(one);
  checkAll();
  return owned;
}
