import * as vscode from 'vscode';

/** The part of a file system that documents need; without `writeFile` they are read-only. */
export interface Documents {
  stat(uri: vscode.Uri): vscode.FileStat | Promise<vscode.FileStat>;
  readFile(uri: vscode.Uri): Uint8Array | Promise<Uint8Array>;
  writeFile?(uri: vscode.Uri, content: Uint8Array): void | Promise<void>;
}

/** What stands behind a scheme. */
export interface LazyFileSystem {
  readonly scheme: string;
  readonly isReadonly: boolean;
  /** The documents, read when one is first opened. */
  readonly documents: () => Promise<Documents>;
  /** Documents that have another content. */
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
}

/**
 * Registers a scheme for documents that can be opened, and saved unless they are read-only; there are no folders. VS Code
 * must know a scheme from the start, to open its documents again after a reload of the window; what is behind it can wait.
 */
export function registerLazyFileSystem({
  scheme,
  isReadonly,
  documents,
  onDidChangeFile,
}: LazyFileSystem): vscode.Disposable {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions('This document can be neither moved nor removed.');
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile,
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
  return vscode.workspace.registerFileSystemProvider(scheme, provider, { isReadonly, isCaseSensitive: true });
}
