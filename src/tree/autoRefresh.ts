import type { CurrentLeads } from '../leads/currentLeads';
import type { Disposable } from '../leads/event';

/** What automatic refreshing needs of the view and of time. */
export interface AutoRefreshParts {
  readonly current: CurrentLeads;
  /** Seconds between two refreshes, as long as the view is seen or hidden as it is now; 0 is never. */
  readonly interval: () => number;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
}

/** After an error the wait doubles up to this many times the interval. */
const longestBackOff = 16;

/** A refresh of very many leads may take this share of the time at most, whatever the interval. */
const mostShareOfTime = 0.1;

/**
 * Refreshes the list, less often while the view is hidden. After an error it waits longer each time; a list that takes
 * long to read is read less often. What the view missed while it was hidden is made up for when it is seen again.
 */
export class AutoRefresh implements Disposable {
  private readonly now: () => number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private backOff = 1;
  private lastTook = 0;
  private lastEnd: number;
  private disposed = false;

  constructor(private readonly parts: AutoRefreshParts) {
    this.now = parts.now ?? Date.now;
    this.lastEnd = this.now();
  }

  /** Begins to wait for the next refresh: the view came into sight or went out of it, or the setting changed. */
  restart(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const interval = this.parts.interval() * 1000;
    if (interval <= 0 || this.disposed) return;
    const wait = Math.max(interval * this.backOff, this.lastTook / mostShareOfTime);
    this.timer = setTimeout(() => void this.refresh(), Math.max(0, this.lastEnd + wait - this.now()));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  private async refresh(): Promise<void> {
    const { list } = this.parts.current;
    // What a person has started goes first, and a first page is theirs to ask for.
    if (list && list.state !== 'reading' && list.state !== 'unread') {
      const began = this.now();
      await list.refresh();
      this.lastTook = this.now() - began;
      this.backOff = list.state === 'failed' ? Math.min(this.backOff * 2, longestBackOff) : 1;
    }
    this.lastEnd = this.now();
    this.restart();
  }
}
