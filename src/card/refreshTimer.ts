import type { Disposable } from '../leads/event';
import type { LeadReading } from './leadReading';

/** Calls for the next reading of a lead, some time after the last: only while it is looked at, and never after a failure. */
export class RefreshTimer implements Disposable {
  private timeout: ReturnType<typeof setTimeout> | undefined;
  private last: number | undefined;

  /**
   * @param refresh reads the lead
   * @param interval how long after the last reading, in seconds; 0 is never
   */
  constructor(
    private readonly refresh: () => void,
    private readonly interval: () => number,
  ) {}

  /** To be called when the reading or its being visible has changed. A failure stops the clock until somebody tries again. */
  follow({ details, isReading }: Pick<LeadReading, 'details' | 'isReading'>, visible: boolean): void {
    const last = visible && !isReading && details.state === 'read' ? details.at : undefined;
    if (last === this.last) return;
    this.last = last;
    this.restart();
  }

  /** To be called when the interval has changed. */
  restart(): void {
    clearTimeout(this.timeout);
    const seconds = this.interval();
    if (this.last === undefined || seconds === 0) return;
    this.timeout = setTimeout(this.refresh, Math.max(0, this.last + seconds * 1000 - Date.now()));
  }

  dispose(): void {
    clearTimeout(this.timeout);
  }
}
