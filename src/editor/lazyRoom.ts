import * as vscode from 'vscode';
import type { Log } from './errors';
import { registerCommand } from './commands';

/**
 * A room that is read from disk and built when one of its commands runs for the first time: what a person does not use
 * costs no start-up time. Until then its commands are registered here; then the room registers them itself.
 */
export class LazyRoom<Room extends vscode.Disposable> implements vscode.Disposable {
  private readonly placeholders: readonly vscode.Disposable[];
  private room: Promise<Room> | undefined;
  private built: Room | undefined;
  private disposed = false;

  /**
   * @param names of the commands the room registers, without `dashlyLeads.`
   * @param load reads the room's code and gives what builds it
   */
  constructor(
    log: Log,
    names: readonly string[],
    private readonly load: () => Promise<() => Room>,
  ) {
    this.placeholders = names.map((name) =>
      registerCommand(log, name, async (...args) => {
        await this.get();
        return vscode.commands.executeCommand(`dashlyLeads.${name}`, ...args);
      }),
    );
  }

  /** The room, built now if it was not yet. Rejects when its code cannot be read; the next call tries again. */
  get(): Promise<Room> {
    this.room ??= this.build().catch((error: unknown) => {
      this.room = undefined;
      throw error;
    });
    return this.room;
  }

  dispose(): void {
    this.disposed = true;
    this.built?.dispose();
    for (const placeholder of this.placeholders) placeholder.dispose();
  }

  private async build(): Promise<Room> {
    const make = await this.load();
    if (this.disposed) throw new vscode.CancellationError();
    // VS Code refuses a command that is registered twice.
    for (const placeholder of this.placeholders) placeholder.dispose();
    this.built = make();
    return this.built;
  }
}
