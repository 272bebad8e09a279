import type { CurrentLeads } from './currentLeads';
import type { Disposable } from './event';

/** What automatic refreshing needs of what is refreshed, of the view and of time. */
export interface AutoRefreshParts {
  /** Reads again. Never rejects. @returns how that went; `unneeded` when nothing was to be read now */
  readonly read: () => Promise<'read' | 'failed' | 'unneeded'>;
  /** Seconds between two refreshes, as long as it is seen or hidden as it is now; 0 is never. */
  readonly interval: () => number;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
}

/** After an error the wait doubles up to this many times the interval. */
const longestBackOff = 16;

/** A reading that takes long may take this share of the time at most, whatever the interval. */
const mostShareOfTime = 0.1;

/**
 * Reads something again and again, less often or not while it is hidden. After an error it waits longer each time; what
 * takes long to read is read less often. What was missed while it was hidden is made up for when it is seen again.
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

  /** What failed no longer does, or something else is read from now on: the wait is one interval again. */
  recovered(): void {
    if (this.backOff === 1) return;
    this.backOff = 1;
    this.lastEnd = this.now();
    this.restart();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  private async refresh(): Promise<void> {
    const began = this.now();
    const outcome = await this.parts.read();
    if (outcome !== 'unneeded') {
      this.lastTook = this.now() - began;
      this.backOff = outcome === 'failed' ? Math.min(this.backOff * 2, longestBackOff) : 1;
    }
    this.lastEnd = this.now();
    this.restart();
  }
}

/** Reads the list again that is looked at. What a person has started goes first, and a first page is theirs to ask for. */
export async function refreshList({ list }: CurrentLeads): ReturnType<AutoRefreshParts['read']> {
  if (!list || list.state === 'reading' || list.state === 'unread') return 'unneeded';
  await list.refresh();
  return list.state === 'failed' ? 'failed' : 'read';
}
