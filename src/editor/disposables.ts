import type * as vscode from 'vscode';

/** Owns things that must be disposed together, newest first, because later ones may use earlier ones. */
export class Disposables implements vscode.Disposable {
  private readonly owned: { dispose(): unknown }[] = [];
  private disposed = false;

  /** Takes ownership and gives the thing back; disposes it at once when this is already disposed. */
  add<T extends { dispose(): unknown }>(thing: T): T {
    if (this.disposed) thing.dispose();
    else this.owned.push(thing);
    return thing;
  }

  dispose(): void {
    this.disposed = true;
    for (let thing = this.owned.pop(); thing; thing = this.owned.pop()) thing.dispose();
  }
}
