import type { CurrentLeads } from '../leads/currentLeads';
import type { Disposable } from '../leads/event';

/** What automatic refreshing needs of the view and of time. */
export interface AutoRefreshParts {
  readonly current: CurrentLeads;
  /** Whether anybody can see the view. */
  readonly isVisible: () => boolean;
  /** Seconds between two refreshes; 0 is never. */
  readonly interval: () => number;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
}

/** After an error the wait doubles up to this many times the interval. */
const longestBackOff = 16;

/** A refresh of very many leads may take this share of the time at most, whatever the interval. */
const mostShareOfTime = 0.1;

/**
 * Refreshes the list while the view is visible. After an error it waits longer each time; a list that takes long to
 * read is read less often.
 */
export class AutoRefresh implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private backOff = 1;
  private lastTook = 0;

  constructor(private readonly parts: AutoRefreshParts) {}

  /** Begins to wait anew: the view came into sight or went out of it, or the setting changed. */
  restart(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const interval = this.parts.interval() * 1000;
    if (interval <= 0 || !this.parts.isVisible()) return;
    const wait = Math.max(interval * this.backOff, this.lastTook / mostShareOfTime);
    this.timer = setTimeout(() => void this.refresh(), wait);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private async refresh(): Promise<void> {
    const { list } = this.parts.current;
    // What a person has started goes first, and a first page is theirs to ask for.
    if (list && list.state !== 'reading' && list.state !== 'unread') {
      const now = this.parts.now ?? Date.now;
      const began = now();
      await list.refresh();
      this.lastTook = now() - began;
      this.backOff = list.state === 'failed' ? Math.min(this.backOff * 2, longestBackOff) : 1;
    }
    this.restart();
  }
}
