import * as l10n from '@vscode/l10n';
import type { ConversationPart } from '../dashly/conversation';
import { decodeText } from '../dashly/decode';
import { isForbidden } from '../dashly/errors';
import type { JsonObject } from '../dashly/json';
import { AutoRefresh, type RefreshOutcome } from '../leads/autoRefresh';
import type { Disposable } from '../leads/event';
import { transcriptPart } from '../leads/transcript';
import type { CardFacts } from './facts';
import { CursorReading, type ReadItems } from './cursorReading';
import type { LeadRequestSource } from './leadRequests';
import type { ShownPart, ShownTranscript } from './shownCard';
import type { RequestState } from './repeatedRequest';

/** What an open conversation needs of the card and of time. */
export interface ConversationParts {
  /** Asked at each request; what it throws is a failure of that. */
  readonly source: () => Pick<LeadRequestSource, 'getConversationParts'>;
  /** Seconds between two asks for new messages, as long as they are in sight as they are now; 0 is never. */
  readonly interval: () => number;
  /** Is called when a request begins or ends. */
  readonly changed: () => void;
  /** Is called when messages have come in. */
  readonly arrived: () => void;
}

/** A conversation that is open on a card: its newest parts, page by page those before them, and what comes in. */
export class ConversationReading implements Disposable {
  private readonly reading: CursorReading<ConversationPart>;
  private readonly refresh: AutoRefresh;

  /** Begins with a request for the newest parts. */
  constructor(
    readonly id: string,
    private readonly parts: ConversationParts,
  ) {
    this.reading = new CursorReading(
      (query, signal) => parts.source().getConversationParts(id, query, signal),
      parts.changed,
    );
    this.refresh = new AutoRefresh({
      read: () => this.readArrived(),
      // A token that has no right to this gets none by being asked again and again.
      interval: () => (isForbidden(this.state.error) ? 0 : parts.interval()),
    });
    void this.readOlder();
  }

  get state(): RequestState<ReadItems<ConversationPart>> {
    return this.reading.state;
  }

  /** Reads the parts before those that are there, or again what could not be read. Never rejects. */
  async readOlder(): Promise<void> {
    await this.reading.readOlder();
    if (this.state.state === 'read') this.refresh.recovered();
    this.restart();
  }

  /** To be called when it has come into sight or gone out of it, or when the interval has changed. */
  restart(): void {
    this.refresh.restart();
  }

  dispose(): void {
    this.reading.dispose();
    this.refresh.dispose();
  }

  private async readArrived(): Promise<RefreshOutcome> {
    const known = this.state.value?.arrived.size ?? 0;
    const outcome = await this.reading.readArrived();
    if (outcome === 'read' && (this.state.value?.arrived.size ?? 0) > known) this.parts.arrived();
    return outcome;
  }
}

/** What a card says where the token has no right to conversations (API.md, section 2: `conversations-read`). */
export const noRightToConversations = l10n.t(
  'The token does not give the right to read conversations. Everything else works without it.',
);

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
  const oldestFirst = [...(value?.items ?? [])].reverse();
  const parts = oldestFirst.map((part): ShownPart => {
    const { time, ...shown } = transcriptPart(part, words);
    const arrived = value?.arrived.has(part.id) ?? false;
    return { ...shown, arrived, time: time === undefined ? undefined : { kind: 'date', time, dateOnly: false } };
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
