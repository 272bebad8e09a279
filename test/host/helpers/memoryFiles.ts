import * as vscode from 'vscode';

/** A file system without append, as virtual workspaces have them: one folder of files in memory. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly writes: string[] = [];
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  get names(): string[] {
    return [...this.files.keys()];
  }

  text(path: string): string {
    return new TextDecoder().decode(this.files.get(path));
  }

  /** How often content was written under a name. */
  writtenTo(path: string): number {
    return this.writes.filter((written) => written === path).length;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const size = uri.path === '/' ? 0 : this.readFile(uri).length;
    return { type: uri.path === '/' ? vscode.FileType.Directory : vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  readDirectory(): [string, vscode.FileType][] {
    return this.names.map((name) => [name.slice(1), vscode.FileType.File]);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.files.get(uri.path);
    if (!content) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.writes.push(path);
    this.files.set(path, content);
  }

  rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): void {
    const content = this.readFile(from);
    if (this.files.has(to.path) && !overwrite) throw vscode.FileSystemError.FileExists(to);
    this.files.set(to.path, content);
    this.files.delete(from.path);
  }

  delete(uri: vscode.Uri): void {
    if (!this.files.delete(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
  }
}
