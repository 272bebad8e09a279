import type * as vscode from 'vscode';
import { onDidChangeSetting, readSetting } from '../editor/settings';

/** Calls for the next reading of a card, `dashlyLeads.card.refreshInterval` seconds after the last. */
export class RefreshTimer implements vscode.Disposable {
  private timeout: ReturnType<typeof setTimeout> | undefined;
  private last: number | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly refresh: () => void) {
    this.subscription = onDidChangeSetting('card.refreshInterval', () => this.restart());
  }

  /**
   * Starts or stops the clock.
   * @param last when the last reading came, in milliseconds since 1970; undefined stops
   */
  set(last: number | undefined): void {
    if (last === this.last) return;
    this.last = last;
    this.restart();
  }

  dispose(): void {
    clearTimeout(this.timeout);
    this.subscription.dispose();
  }

  private restart(): void {
    clearTimeout(this.timeout);
    const seconds = readSetting('card.refreshInterval');
    if (this.last === undefined || seconds === 0) return;
    this.timeout = setTimeout(this.refresh, Math.max(0, this.last + seconds * 1000 - Date.now()));
  }
}
