import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { onDidChangeSetting, readSetting } from '../editor/settings';
import { Disposables } from '../leads/event';
import type { LeadNews } from '../leads/leadNews';
import { plural } from '../language';

/** How long the rows must be in sight until what they say counts as seen, in milliseconds: who passes by sees nothing. */
const momentInSight = 1000;

/** The number on the icon in the activity bar: counts what came while nobody saw the rows, which say themselves what is new. */
export class LeadsBadge implements vscode.Disposable {
  private readonly owned = new Disposables();
  private comingIntoSight: ReturnType<typeof setTimeout> | undefined;
  /** Whether the rows have been in sight for a moment, and still are. */
  private isInSight = false;

  constructor(
    private readonly view: vscode.TreeView<unknown>,
    private readonly news: LeadNews,
  ) {
    this.owned.add(view.onDidChangeVisibility(() => this.onVisibility()));
    this.owned.add(news.onDidChange(() => this.show()));
    this.owned.add(onDidChangeSetting('badge', () => this.show()));
    this.onVisibility();
  }

  dispose(): void {
    clearTimeout(this.comingIntoSight);
    this.owned.dispose();
  }

  private onVisibility(): void {
    clearTimeout(this.comingIntoSight);
    this.isInSight = false;
    if (!this.view.visible) return;
    this.comingIntoSight = setTimeout(() => {
      this.isInSight = true;
      this.show();
    }, momentInSight);
  }

  private show(): void {
    if (this.isInSight) this.news.inSight();
    const value = readSetting('badge') ? this.news.unseen : 0;
    this.view.badge =
      value > 0
        ? {
            value,
            tooltip: plural(
              value,
              l10n.t('{0} lead new or online since you looked here|{0} leads new or online since you looked here'),
            ),
          }
        : undefined;
  }
}
