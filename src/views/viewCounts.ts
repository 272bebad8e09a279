import * as l10n from '@vscode/l10n';
import { type Disposable, Emitter } from '../leads/event';
import type { View } from './view';

/** The most views whose counts are asked for at once: more rows than a list shows. */
export const mostInSight = 20;

/** How long the person must stay on a row before the counts around it are asked for, in ms. */
export const stayTime = 200;

/** Stands beside a view whose count was asked for in vain. */
export const notCounted = l10n.t('could not be counted');

/** How many leads a view shows, in words; rejects when that cannot be had. */
export type CountView = (view: View, signal: AbortSignal) => Promise<string>;

/**
 * The counts of a list of views, asked for as far as they are in sight: a workspace may bring hundreds of views, and each
 * count is a request. VS Code does not tell which rows it shows, but shows the active one and some around it.
 */
export class ViewCounts implements Disposable {
  private readonly changed = new Emitter();
  private readonly known = new Map<View, string>();
  /** What is asked or was asked: a view without a count can be chosen all the same. */
  private readonly asked = new Map<View, AbortController>();
  private pause: NodeJS.Timeout | undefined;

  /** A count has come. */
  readonly onDidChange = this.changed.event;

  /**
   * @param views from top to bottom
   * @param active the one at which the list begins; the first when left out
   */
  constructor(
    private readonly views: readonly View[],
    private readonly count: CountView,
    active?: View,
  ) {
    this.ask(active);
  }

  /** The count of a view, or that there is none; undefined while it is not known. */
  of(view: View): string | undefined {
    return this.known.get(view);
  }

  /** Another row is active. */
  moved(active: View | undefined): void {
    clearTimeout(this.pause);
    if (active !== undefined) this.pause = setTimeout(() => this.ask(active), stayTime);
  }

  dispose(): void {
    clearTimeout(this.pause);
    for (const abort of this.asked.values()) abort.abort();
    this.changed.dispose();
  }

  private ask(active: View | undefined): void {
    const place = active === undefined ? 0 : Math.max(0, this.views.indexOf(active));
    const first = Math.max(0, Math.min(place - mostInSight / 2, this.views.length - mostInSight));
    const inSight = new Set(this.views.slice(first, first + mostInSight));
    for (const [view, abort] of this.asked) {
      if (inSight.has(view) || this.known.has(view)) continue;
      abort.abort();
      this.asked.delete(view);
    }
    for (const view of inSight) if (!this.asked.has(view)) void this.askFor(view);
  }

  private async askFor(view: View): Promise<void> {
    const abort = new AbortController();
    this.asked.set(view, abort);
    // The view itself tells what is wrong when it is chosen.
    const count = await this.count(view, abort.signal).catch(() => notCounted);
    if (abort.signal.aborted) return;
    this.known.set(view, count);
    this.changed.fire();
  }
}
