import type { ConversationPart } from '../../../src/dashly/conversation';
import type { CursorPage } from '../../../src/dashly/cursorPage';
import {
  decodeLeadDetails,
  type LeadConversations,
  type LeadDetails,
  type LeadEvent,
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
  readonly pages = new Map<unknown, CursorPage<LeadEvent> | Error>();
  conversationsError: Error | undefined;
  mobileError: Error | undefined;
  /** How often the conversations on the site were asked for. */
  conversationsAsked = 0;
  /** What the pages of a conversation are, by where they begin. */
  readonly parts = new Map<unknown, CursorPage<ConversationPart> | Error>();

  getLead(id: string, signal: AbortSignal): Promise<LeadDetails> {
    return new Promise((resolve, reject) => {
      this.details.push({
        signal,
        answer: (visits) => resolve(decodeLeadDetails({ id, presence: 'online', props: { $sessions: visits } }, id)!),
        fail: reject,
      });
    });
  }

  async getLeadEvents(_id: string, { before }: { before?: unknown } = {}): Promise<CursorPage<LeadEvent>> {
    const page = this.pages.get(before);
    if (!page || page instanceof Error) throw page ?? new Error('There is no such page.');
    return Promise.resolve(page);
  }

  async getLeadConversations(_id: string, { isMobile }: { readonly isMobile: boolean }): Promise<LeadConversations> {
    if (!isMobile) this.conversationsAsked++;
    const error = isMobile ? this.mobileError : this.conversationsError;
    if (error) throw error;
    const conversations = isMobile ? [{ id: '1' }, { id: '2' }] : [{ id: '1' }];
    return Promise.resolve({ conversations, more: false, skipped: [] });
  }

  async getConversationParts(_id: string, { before }: { before?: unknown }): Promise<CursorPage<ConversationPart>> {
    const page = this.parts.get(before);
    if (!page || page instanceof Error) throw page ?? new Error('There is no such page.');
    return Promise.resolve(page);
  }
}
