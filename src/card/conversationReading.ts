import type { ConversationPart } from '../dashly/conversation';
import { mostPerPage, newOfPage } from '../dashly/cursorPage';
import { decodeText } from '../dashly/decode';
import { DashlyError } from '../dashly/errors';
import type { JsonObject, JsonValue } from '../dashly/json';
import type { Disposable } from '../leads/event';
import { transcriptPart } from '../leads/transcript';
import type { CardFacts } from './facts';
import { type LeadRequestSource, RepeatedRequest, type RequestState } from './leadRequests';
import type { ShownPart, ShownTranscript } from './protocol';

/** A conversation as far as it was read. */
interface ReadParts {
  /** Oldest first. */
  readonly parts: readonly ConversationPart[];
  /** Where the older ones begin; null when there are none. */
  readonly next: JsonValue;
}

/** A conversation that is open on a card: its newest parts, and page by page those before them. */
export class ConversationReading implements Disposable {
  private readonly ended = new AbortController();
  private readonly request: RepeatedRequest<ReadParts>;

  /**
   * @param id of the conversation
   * @param source asked at each request; what it throws is a failure of that
   * @param changed is called when a request begins or ends
   */
  constructor(
    readonly id: string,
    source: () => Pick<LeadRequestSource, 'getConversationParts'>,
    changed: () => void,
  ) {
    const { signal } = this.ended;
    this.request = new RepeatedRequest<ReadParts>(
      async (last) => {
        const { parts, next } = last ?? { parts: [], next: null };
        const page = await source().getConversationParts(id, { before: next ?? undefined, limit: mostPerPage }, signal);
        const older = newOfPage(page, parts);
        return { parts: [...[...older.items].reverse(), ...parts], next: older.next };
      },
      changed,
      signal,
    );
    void this.request.read();
  }

  get state(): RequestState<ReadParts> {
    return this.request.isUnderWay ? { ...this.request.state, state: 'reading' } : this.request.state;
  }

  /** Reads the parts before those that are there, or again what could not be read. Never rejects. */
  async readOlder(): Promise<void> {
    const { state, value } = this.request.state;
    if (state !== 'read' || value?.next !== null) await this.request.read();
  }

  dispose(): void {
    this.ended.abort();
  }
}

/** What a card says where the token has no right to conversations (API.md, section 2: `conversations-read`). */
export const noRightToConversations =
  'The token does not give the right to read conversations. Everything else works without it.';

/** Whether it would be in vain to ask again. */
export function isForbidden(error: unknown): boolean {
  return error instanceof DashlyError && error.kind === 'forbidden';
}

/** What the page shows of an open conversation. @param conversation as the lead's list has it */
export function shownTranscript(
  { id, state: { state, value, error } }: Pick<ConversationReading, 'id' | 'state'>,
  conversation: JsonObject,
  leadName: string,
  facts: CardFacts,
  sentence: (error: unknown) => string,
): ShownTranscript {
  const text = (words: string): string => facts.text(words);
  const words = { text, leadName, conversationType: decodeText(conversation.type) };
  const parts = (value?.parts ?? []).map((part): ShownPart => {
    const { time, ...shown } = transcriptPart(part, words);
    return { ...shown, time: time === undefined ? undefined : { kind: 'date', time, dateOnly: false } };
  });
  return {
    id,
    state,
    parts,
    more: (value?.next ?? null) !== null,
    ...(state === 'failed' && {
      message: isForbidden(error) ? noRightToConversations : sentence(error),
      again: !isForbidden(error),
    }),
  };
}
