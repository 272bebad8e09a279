import type { DashlyClient } from '../dashly/client';
import type { Lead } from '../dashly/lead';
import type { LeadDetails, LeadEvent } from '../dashly/leadDetails';
import { type AllConversations, readConversations } from '../leads/allConversations';
import type { RefreshOutcome } from '../leads/autoRefresh';
import { type Disposable, Emitter } from '../leads/event';
import { CursorReading, type ReadItems } from './cursorReading';
import { RepeatedRequest, type RequestState } from './repeatedRequest';

/** What the requests of a card are sent by. */
export type LeadRequestSource = Pick<
  DashlyClient,
  'getLead' | 'getLeadEvents' | 'getLeadConversations' | 'getConversationParts'
>;

/** What a lead has done, as far as it was asked for. */
export interface EventHistory extends RequestState<ReadItems<LeadEvent>> {
  /** The events of which name alone were asked for; undefined for all. */
  readonly only: string | undefined;
}

/** The requests for what the list does not give of one lead. Nothing read is lost when a later one fails. */
export class LeadRequests implements Disposable {
  private readonly changed = new Emitter();
  private readonly ended = new AbortController();
  /** Asked for by a person only. */
  private events: CursorReading<LeadEvent>;
  private only: string | undefined;
  private historyWanted = false;

  readonly details: RepeatedRequest<LeadDetails>;
  readonly conversations: RepeatedRequest<AllConversations>;

  /** A request began or ended. */
  readonly onDidChange = this.changed.event;

  /** @param source asked at each request; what it throws is a failure of that */
  constructor(
    private readonly id: Lead['id'],
    private readonly source: () => LeadRequestSource,
  ) {
    const { signal } = this.ended;
    const request = <T>(ask: () => Promise<T>): RepeatedRequest<T> =>
      new RepeatedRequest(ask, () => this.changed.fire(), signal);
    this.details = request(() => source().getLead(id, signal));
    this.conversations = request(() => readConversations(source(), id, signal));
    this.events = this.readingOf(undefined);
  }

  /** Undefined until it was asked for. */
  get history(): EventHistory | undefined {
    return this.historyWanted ? { ...this.events.state, only: this.only } : undefined;
  }

  /** Makes all requests that a card needs at once. Never rejects. */
  async readAll(): Promise<void> {
    await Promise.all([this.details.read(), this.conversations.read()]);
  }

  /** Reads the newest events, or those before the ones that are there. Never rejects. */
  async readHistory(): Promise<void> {
    this.historyWanted = true;
    await this.events.readOlder();
  }

  /**
   * From now on the history is of the events with this name alone; undefined for all. It is read anew, and those that came
   * in while they were followed stay marked. Never rejects.
   */
  async showOnly(name: string | undefined): Promise<void> {
    if (name !== this.only) {
      const arrived = this.events.state.value?.arrived;
      this.events.dispose();
      this.only = name;
      this.events = this.readingOf(name, arrived);
    }
    await this.readHistory();
  }

  /**
   * Reads the events that came in since the newest that is there; the newest page where there is none. Never rejects.
   * @returns how that went; `unneeded` while the history is being read for somebody
   */
  readArrived(): Promise<RefreshOutcome> {
    this.historyWanted = true;
    return this.events.readArrived();
  }

  /** Ends what is under way; nothing is told any more. */
  dispose(): void {
    this.ended.abort();
    this.events.dispose();
    this.changed.dispose();
  }

  private readingOf(name: string | undefined, arrived?: ReadonlySet<string>): CursorReading<LeadEvent> {
    return new CursorReading<LeadEvent>(
      (query, signal) => this.source().getLeadEvents(this.id, { ...query, name }, signal),
      () => this.changed.fire(),
      arrived,
    );
  }
}
