import { minute } from '../dashly/dates';
import { AutoRefresh, type RefreshOutcome } from '../leads/autoRefresh';
import type { Disposable } from '../leads/event';
import type { ShownFollowing } from './shownCard';

/** What following needs of the card and of time. */
export interface EventFollowingParts {
  /** Reads what came in. Never rejects. */
  readonly read: () => Promise<RefreshOutcome>;
  /** Whether anybody can see the card. */
  readonly isVisible: () => boolean;
  /** Seconds between two asks. */
  readonly interval: () => number;
  /** Is called when it begins, ends, or has asked. */
  readonly changed: () => void;
}

/** How long a card may be out of sight before following ends. */
const longestHidden = minute;

/** Asks for new events again and again while it is on and in sight; what came in meanwhile is read when it is seen again. */
export class EventFollowing implements Disposable {
  private current: ShownFollowing = { state: 'off' };
  private hidden: ReturnType<typeof setTimeout> | undefined;
  private readonly refresh: AutoRefresh;

  constructor(private readonly parts: EventFollowingParts) {
    this.refresh = new AutoRefresh({
      read: () => this.ask(),
      interval: () => (this.current.state === 'on' && parts.isVisible() ? parts.interval() : 0),
    });
  }

  get state(): ShownFollowing {
    return this.current;
  }

  /** Begins to follow, with an ask at once. Does nothing while it is on. */
  start(): void {
    if (this.current.state === 'on') return;
    this.recovered();
    this.become({ state: 'on' });
    void this.refresh.readNow();
  }

  stop(): void {
    if (this.current.state !== 'off') this.become({ state: 'off' });
  }

  /** To be called when what it failed by may be over. */
  recovered(): void {
    this.refresh.recovered();
  }

  /** To be called when the card has come into sight or gone out of it, or when the interval has changed. */
  restart(): void {
    clearTimeout(this.hidden);
    if (this.current.state === 'on' && !this.parts.isVisible())
      this.hidden = setTimeout(() => this.become({ state: 'hidden' }), longestHidden);
    this.refresh.restart();
  }

  dispose(): void {
    clearTimeout(this.hidden);
    this.current = { state: 'off' };
    this.refresh.dispose();
  }

  private become(state: ShownFollowing): void {
    this.current = state;
    this.restart();
    this.parts.changed();
  }

  private async ask(): Promise<RefreshOutcome> {
    const outcome = await this.parts.read();
    if (outcome === 'unneeded') return outcome;
    if (this.current.state === 'on') this.current = { state: 'on', asked: Date.now() };
    this.parts.changed();
    return outcome;
  }
}
