import * as vscode from 'vscode';

/** The moving line at the top of a view. */
export class ViewProgress implements vscode.Disposable {
  private end: (() => void) | undefined;

  constructor(private readonly viewId: string) {}

  /** Shows the line, or takes it away. */
  show(busy: boolean): void {
    if (busy === (this.end !== undefined)) return;
    if (!busy) { this.dispose(); return; }
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    void vscode.window.withProgress({ location: { viewId: this.viewId } }, () => ended);
  }

  dispose(): void {
    this.end?.();
    this.end = undefined;
  }
}
