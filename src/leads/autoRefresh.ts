import { DashlyError } from '../dashly/errors';
import type { CurrentLeads } from './currentLeads';
import type { Disposable } from './event';

/** How an attempt to read again went; `unneeded` when nothing was to be read now. */
export type RefreshOutcome = 'read' | 'unneeded' | { readonly failedBy: unknown };

/** The latest attempt to read something, whoever has made it. */
export interface Attempt {
  /** When it ended, in milliseconds since 1970, UTC. */
  readonly tried: number;
  /** How many attempts have failed since the last that did not. */
  readonly failures: number;
  /** Why it failed. */
  readonly error?: unknown;
  /** How long it took, in milliseconds, where that counts. */
  readonly took?: number;
}

/** What automatic refreshing needs of what is refreshed, and of its being seen. */
export interface AutoRefreshParts {
  /** Reads again. Never rejects. */
  readonly read: () => Promise<RefreshOutcome>;
  /** Seconds between two refreshes, as long as it is seen or hidden as it is now; 0 is never. */
  readonly interval: () => number;
  /**
   * The latest attempt, where what is read keeps account of all of them, those of others too; undefined while nothing is to
   * be read again. When left out, what counts are the attempts that are made here.
   */
  readonly latest?: () => Attempt | undefined;
}

/** After an error the wait doubles up to this many times the interval. */
const longestBackOff = 16;

/** A reading that takes long may take this share of the time at most, whatever the interval. */
const mostShareOfTime = 0.1;

/** The longest time that a timer can wait, in ms. */
const longestWait = 2 ** 31 - 1;

/**
 * Reads something again and again, less often or not while it is hidden. After an error it waits longer each time, and as
 * long as the service asks for; what takes long to read is read less often. What was missed while it was hidden is made up
 * for when it is seen again.
 */
export class AutoRefresh implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private own: Attempt = { tried: Date.now(), failures: 0 };
  private disposed = false;

  constructor(private readonly parts: AutoRefreshParts) {}

  /** Begins to wait for the next refresh: it came into sight or went out of it, was read by others, or the setting changed. */
  restart(): void {
    clearTimeout(this.timer);
    const interval = this.parts.interval() * 1000;
    const latest = this.parts.latest ? this.parts.latest() : this.own;
    if (interval <= 0 || !latest || this.disposed) return;
    const wait = waitBehind(latest, interval);
    // No longer than the whole wait, should the clock have been set back.
    const left = Math.min(latest.tried + wait - Date.now(), wait, longestWait);
    this.timer = setTimeout(() => void this.readNow(), Math.max(0, left));
  }

  /** Reads without waiting, and goes on from there. Never rejects. */
  async readNow(): Promise<void> {
    clearTimeout(this.timer);
    const began = Date.now();
    const outcome = await this.parts.read();
    const tried = Date.now();
    if (outcome === 'unneeded') this.own = { ...this.own, tried };
    else if (outcome === 'read') this.own = { tried, failures: 0, took: tried - began };
    else this.own = { tried, failures: this.own.failures + 1, took: tried - began, error: outcome.failedBy };
    this.restart();
  }

  /** What failed no longer does, or something else is read from now on: the wait is one interval again. */
  recovered(): void {
    if (this.own.failures === 0) return;
    this.own = { tried: Date.now(), failures: 0, took: this.own.took };
    this.restart();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }
}

/** How long to wait behind an attempt, in ms. @param interval in ms */
function waitBehind({ failures, error, took = 0 }: Attempt, interval: number): number {
  const asked = error instanceof DashlyError ? (error.retryAfter ?? 0) : 0;
  return Math.max(interval * Math.min(2 ** failures, longestBackOff), took / mostShareOfTime, asked);
}

/** Reads the list again that is looked at. What a person has started goes first, and a first page is theirs to ask for. */
export async function refreshList({ list }: CurrentLeads): Promise<RefreshOutcome> {
  if (!list || list.state === 'reading' || list.state === 'unread') return 'unneeded';
  await list.refresh();
  return list.state === 'failed' ? { failedBy: list.error } : 'read';
}
