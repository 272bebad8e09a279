import {
  decodeLeadDetails,
  type EventsPage,
  type LeadConversations,
  type LeadDetails,
} from '../../../src/dashly/leadDetails';
import type { LeadRequestSource } from '../../../src/card/leadRequests';

/** A request that was made and waits for its answer. */
interface Waiting {
  readonly signal: AbortSignal;
  readonly answer: (visits: number) => void;
  readonly fail: (error: Error) => void;
}

/** Answers a card's requests when the test says so. */
export class CardSource implements LeadRequestSource {
  /** The requests for details, the latest last. */
  readonly details: Waiting[] = [];
  /** What the pages of the event history are, by where they begin. */
  readonly pages = new Map<unknown, EventsPage | Error>();
  conversationsError: Error | undefined;
  /** How often the conversations were asked for. */
  conversationsAsked = 0;

  getLead(id: string, signal: AbortSignal): Promise<LeadDetails> {
    return new Promise((resolve, reject) => {
      this.details.push({
        signal,
        answer: (visits) => resolve(decodeLeadDetails({ id, presence: 'online', props: { $sessions: visits } }, id)!),
        fail: reject,
      });
    });
  }

  async getLeadEvents(_id: string, { before }: { before?: unknown } = {}): Promise<EventsPage> {
    const page = this.pages.get(before);
    if (!page || page instanceof Error) throw page ?? new Error('There is no such page.');
    return Promise.resolve(page);
  }

  async getLeadConversations(): Promise<LeadConversations> {
    this.conversationsAsked++;
    if (this.conversationsError) throw this.conversationsError;
    return Promise.resolve({ conversations: [], more: false, skipped: [] });
  }
}
