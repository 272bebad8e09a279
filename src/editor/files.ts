import * as vscode from 'vscode';

/** The documents of a scheme; without `writeFile` they are read-only. */
export interface Documents {
  stat(uri: vscode.Uri): vscode.FileStat | Promise<vscode.FileStat>;
  readFile(uri: vscode.Uri): Uint8Array | Promise<Uint8Array>;
  writeFile?(uri: vscode.Uri, content: Uint8Array): void | Promise<void>;
  /** Documents that have another content. */
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
}

/**
 * Registers a scheme for documents that can be opened, and saved unless they are read-only; there are no folders. VS Code
 * must know a scheme from the start, to open its documents again after a reload of the window; what is behind it can wait.
 * @param open gives the documents, when the first one is opened
 */
export function registerDocuments(
  scheme: string,
  open: () => Promise<Documents>,
  { isReadonly }: { readonly isReadonly: boolean },
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let opened: Promise<Documents> | undefined;
  let forwarding: vscode.Disposable | undefined;
  const documents = (): Promise<Documents> => {
    opened ??= open().then(
      (made) => {
        forwarding = made.onDidChangeFile((events) => changed.fire(events));
        return made;
      },
      (error: unknown) => {
        opened = undefined;
        throw error;
      },
    );
    return opened;
  };
  const refuse = (): never => {
    // VS Code's own: this is there before the language is (`extension.ts`).
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('This document can be neither moved nor removed.'));
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // Everything that is open is watched.
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await documents()).stat(uri),
    readFile: async (uri) => (await documents()).readFile(uri),
    writeFile: async (uri, content) => {
      const target = await documents();
      if (!target.writeFile) refuse();
      await target.writeFile?.(uri, content);
    },
    readDirectory: (uri) => {
      throw vscode.FileSystemError.FileNotADirectory(uri);
    },
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registered = vscode.workspace.registerFileSystemProvider(scheme, provider, {
    isReadonly,
    isCaseSensitive: true,
  });
  return vscode.Disposable.from(registered, changed, { dispose: () => void forwarding?.dispose() });
}

/** Where a piece of a document's text stands. @param piece in UTF-16 units from 0, `end` not included */
export function rangeOf(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A file's name: the last part of its path. */
export function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
