import type { DashlyClient } from '../dashly/client';
import type { JsonValue } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { LeadConversations, LeadDetails, LeadEvent } from '../dashly/leadDetails';
import { type Disposable, Emitter } from '../leads/event';

/** The requests a card makes. */
export type LeadReadingSource = Pick<DashlyClient, 'getLead' | 'getLeadEvents' | 'getLeadConversations'>;

/** Something read by a request: what came last, and how the latest attempt went. */
export interface Reading<T> {
  readonly state: 'reading' | 'read' | 'failed';
  /** What was read last; a later failure leaves it. */
  readonly value?: T;
  /** When that was, in milliseconds since 1970, UTC. */
  readonly at?: number;
  /** Why the latest attempt failed. */
  readonly error?: unknown;
}

/** What a lead has done, as far as it was asked for. */
export interface History {
  readonly occurrences: readonly LeadEvent[];
  /** Where the older ones begin; null when there are none. */
  readonly next: JsonValue;
}

/** Reads what the list does not give of one lead. Nothing read is lost when a later request fails. */
export class LeadReading implements Disposable {
  private readonly changed = new Emitter();
  private readonly ended = new AbortController();
  private detailsReading: Reading<LeadDetails> = { state: 'reading' };
  private conversationsReading: Reading<LeadConversations> = { state: 'reading' };
  private historyReading: Reading<History> | undefined;
  private detailsUnderWay = false;

  /** Something was read, or could not be. */
  readonly onDidChange = this.changed.event;

  /** @param now the clock, in milliseconds since 1970 */
  constructor(
    readonly id: Lead['id'],
    private readonly source: () => LeadReadingSource,
    private readonly now: () => number = Date.now,
  ) {}

  get details(): Reading<LeadDetails> {
    return this.detailsReading;
  }

  get conversations(): Reading<LeadConversations> {
    return this.conversationsReading;
  }

  /** Undefined until it was asked for. */
  get history(): Reading<History> | undefined {
    return this.historyReading;
  }

  /** Whether the details are being asked for at this moment. */
  get isReading(): boolean {
    return this.detailsUnderWay;
  }

  /** Reads everything a card shows at once. Never rejects: what fails is told by `details` and `conversations`. */
  async readAll(): Promise<void> {
    await Promise.all([this.readDetails(), this.readConversations()]);
  }

  /** Reads the details. Never rejects; asked again while a reading is under way it does nothing. */
  async readDetails(): Promise<void> {
    if (this.detailsUnderWay) return;
    this.detailsUnderWay = true;
    // A lead already on the card is read anew in silence: only a retry after a failure shows that something happens.
    if (this.detailsReading.state === 'failed') this.detailsReading = { ...this.detailsReading, state: 'reading' };
    await this.attempt(
      this.detailsReading,
      () => this.source().getLead(this.id, this.ended.signal),
      (reading) => (this.detailsReading = reading),
      () => (this.detailsUnderWay = false),
    );
  }

  /** Reads the newest events, or those before the ones that are there. Never rejects. */
  async readHistory(): Promise<void> {
    const before = this.historyReading;
    if (before?.state === 'reading' || (before?.state === 'read' && before.value?.next === null)) return;
    const known = before?.value ?? { occurrences: [], next: null };
    this.historyReading = { state: 'reading', value: before?.value };
    await this.attempt(
      this.historyReading,
      async () => {
        const older = await this.source().getLeadEvents(
          this.id,
          { before: known.next ?? undefined },
          this.ended.signal,
        );
        const seen = new Set(known.occurrences.map((occurrence) => occurrence.id));
        return {
          occurrences: [...known.occurrences, ...older.events.filter((occurrence) => !seen.has(occurrence.id))],
          next: older.next,
        };
      },
      (reading) => (this.historyReading = reading),
    );
  }

  /** Ends what is under way; nothing is told any more. */
  dispose(): void {
    this.ended.abort();
    this.changed.dispose();
  }

  private async readConversations(): Promise<void> {
    await this.attempt(
      this.conversationsReading,
      () => this.source().getLeadConversations(this.id, this.ended.signal),
      (reading) => (this.conversationsReading = reading),
    );
  }

  private async attempt<T>(
    before: Reading<T>,
    request: () => Promise<T>,
    keep: (reading: Reading<T>) => void,
    end?: () => void,
  ): Promise<void> {
    this.changed.fire();
    let reading: Reading<T>;
    try {
      reading = { state: 'read', value: await request(), at: this.now() };
    } catch (error) {
      reading = { state: 'failed', value: before.value, at: before.at, error };
    }
    end?.();
    if (this.ended.signal.aborted) return;
    keep(reading);
    this.changed.fire();
  }
}

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
