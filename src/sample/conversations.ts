import {
  type Conversation,
  placeOfConversation,
  type SaidPart,
  type WholeConversation,
  wholePart,
} from './conversation';
import { leadConversations } from './generatedConversations';
import { leadIdAt, type SampleLead } from './sampleLead';

/** The conversations that began while the app runs have ids of their own. */
const firstBegunId = 890_000_000_000_000_000n;

/** The conversations of a sample app: those its leads have had, and those that begin while it runs. */
export class Conversations {
  private readonly begun: WholeConversation[] = [];

  /** @param find a lead by its id */
  constructor(
    private readonly now: () => number,
    private readonly find: (id: string) => SampleLead | undefined,
  ) {}

  /** All of a lead, the latest first. */
  of(lead: SampleLead): readonly WholeConversation[] {
    const begun = this.begun.filter((one) => one.lead === lead.id).reverse();
    return [...begun, ...leadConversations(lead, this.now())];
  }

  get(id: string): WholeConversation | undefined {
    const begun = this.begun.find(({ conversation }) => conversation.id === id);
    const place = placeOfConversation(id);
    if (begun || place === undefined) return begun;
    const lead = this.find(leadIdAt(place));
    return lead && leadConversations(lead, this.now()).find(({ conversation }) => conversation.id === id);
  }

  /** A conversation with a lead begins, of these parts, the oldest first. @returns its id */
  begin(lead: string, said: readonly SaidPart[], { isMobile = false, type = 'popup_chat' } = {}): string {
    const id = String(firstBegunId + BigInt(this.begun.length) * 100_000n);
    const start = Math.floor(this.now() / 1000) - said.length;
    const parts = said.map((part, index) => wholePart(id, index, { created: start + index, from: lead, ...part }));
    const [first] = parts;
    const last = parts.at(-1);
    if (!first || !last) throw new RangeError('A conversation has at least one part.');
    const conversation: Conversation = {
      ...{ id, created: first.created, read: last.read, closed: false, message: null, type, reply_type: 'text' },
      ...{ part_last: last, parts_count: parts.length, assignee: null, last_update: last.created, tags: [] },
    };
    this.begun.push({ conversation, lead, isMobile, parts });
    return id;
  }

  /** Something comes into a conversation that has begun while the app runs. */
  say(id: string, part: SaidPart): void {
    const place = this.begun.findIndex(({ conversation }) => conversation.id === id);
    const one = this.begun[place];
    if (!one) throw new RangeError(`No conversation ${id} has begun.`);
    const { conversation, lead, parts } = one;
    const said = wholePart(id, parts.length, { created: Math.floor(this.now() / 1000), from: lead, ...part });
    this.begun[place] = {
      ...one,
      parts: [...parts, said],
      conversation: {
        ...conversation,
        ...{ read: said.read, part_last: said, parts_count: parts.length + 1, last_update: said.created },
      },
    };
  }
}
