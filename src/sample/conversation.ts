/** Who wrote a part (API.md, section 7): the visitor's id, or an operator, a bot, the sender of a message, or nobody known. */
type PartSender =
  | string
  | { readonly id: string; readonly name: string; readonly avatar: string | null; readonly type: 'admin' | 'bot' }
  | { readonly id: string; readonly name: string; readonly email_name: string; readonly type: 'message_sender' }
  | { readonly name: string; readonly avatar: string | null; readonly type: 'default_admin' };

interface Attachment {
  readonly id: string;
  readonly type: string;
  readonly filename: string;
  readonly mime_type: string;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
  readonly created: number;
}

/** A part of a conversation (API.md, section 7). Moments in unix seconds. */
export interface ConversationPart {
  readonly id: string;
  readonly created: number;
  readonly conversation: string;
  readonly body: string;
  readonly type: string;
  readonly sent_via: string;
  readonly from: PartSender;
  readonly read: boolean;
  readonly direction: 'a2u' | 'u2a';
  readonly edited: number | null;
  readonly removed: number | null;
  readonly first?: true;
  readonly tag?: { readonly id: string; readonly name: string };
  readonly assignee?: { readonly id: string; readonly name: string } | null;
  readonly attachments?: readonly Attachment[];
}

/** A conversation as a lead's list has it (API.md, sections 5 and 7). */
export interface Conversation {
  readonly id: string;
  readonly created: number;
  readonly read: boolean;
  readonly closed: boolean;
  readonly message: null;
  readonly type: string;
  readonly reply_type: string;
  readonly part_last: ConversationPart;
  readonly parts_count: number;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly last_update: number;
  readonly tags: readonly string[];
}

/** A conversation with what the list does not tell of it. */
export interface WholeConversation {
  readonly conversation: Conversation;
  /** The id of the lead it is with. */
  readonly lead: string;
  /** Whether it is one of the mobile app. */
  readonly isMobile: boolean;
  /** Oldest first. */
  readonly parts: readonly ConversationPart[];
}

/** Ids of conversations hold the place of their lead, so that no table is needed. */
const firstId = 800_000_000_000_000_000n;
const idsOfLead = 1000n;

/** The id of one of a lead's conversations. @param place of the lead @param number from 0 */
export function conversationId(place: number, number: number): string {
  return String(firstId + BigInt(place) * idsOfLead + BigInt(number * 100));
}

/** The place of the lead that has the conversation with this id, if there is such a lead. */
export function placeOfConversation(id: string): number | undefined {
  return /^8\d{17}$/.test(id) ? Number((BigInt(id) - firstId) / idsOfLead) : undefined;
}

/** What is said in a part that comes in; the rest is made up. */
export type SaidPart = Partial<Omit<ConversationPart, 'id' | 'conversation'>>;

/** A part with everything that a service sends. @param number its place, from 0 */
export function wholePart(conversation: string, number: number, said: SaidPart): ConversationPart {
  const type = said.type ?? 'reply_user';
  const isFromLead = type === 'reply_user' || type === 'chat_bot_user';
  return {
    ...{ id: String(BigInt(conversation) + BigInt(number + 1)), created: 0, conversation, body: '', type },
    ...{ sent_via: isFromLead ? 'web_user' : 'web_panel', from: '', read: true },
    ...{ direction: isFromLead ? ('u2a' as const) : ('a2u' as const), edited: null, removed: null },
    ...(number === 0 && { first: true as const }),
    ...said,
  };
}
