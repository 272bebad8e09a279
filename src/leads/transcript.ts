import type { ConversationPart } from '../dashly/conversation';
import { decodeId, decodeNumber, decodeText } from '../dashly/decode';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import { parseUnixTime } from './dates';
import { htmlText } from './htmlText';
import { grouped } from '../language';
import { isBlank } from './text';

/** A file that hangs on a message: only what it is called and how large it is, never what is in it. */
interface TranscriptFile {
  readonly name: string;
  /** Such as `application/pdf`; empty when the service sent none. */
  readonly type: string;
  /** In words; empty when the service sent none. */
  readonly size: string;
}

/** A part of a conversation as a person reads it, masked where contacts are masked. */
export interface TranscriptPart {
  readonly id: string;
  /** `note`: not seen by the lead. `step`: nobody said anything, it is work on the conversation. */
  readonly kind: 'message' | 'note' | 'step';
  /** Whether the lead wrote it. */
  readonly isLead: boolean;
  readonly who: string;
  /** Which way it came, in words; empty for steps. */
  readonly how: string;
  /** Milliseconds since 1970, UTC. */
  readonly time?: number;
  /** Plain text of several lines; of a step its sentence without who did it. */
  readonly text: string;
  /** What else is to be known of it, in words. */
  readonly marks: readonly string[];
  readonly files: readonly TranscriptFile[];
}

/** What a transcript is written with. */
export interface TranscriptWords {
  /** A text about the lead as it may be shown. */
  readonly text: (text: string) => string;
  /** What the lead is called, as it may be shown. */
  readonly leadName: string;
  /** `type` of the conversation, where known. */
  readonly conversationType?: string;
}

interface PartType {
  readonly kind: TranscriptPart['kind'];
  /** Who it is by where no name was sent; undefined for the lead. */
  readonly who?: string;
  /** How it came, where the type alone tells that. */
  readonly how?: string;
  /** What was done, of a step. */
  readonly step?: string;
}

const lead = (how?: string): PartType => ({ kind: 'message', how });
const other = (who: string, how?: string): PartType => ({ kind: 'message', who, how });
const step = (words: string): PartType => ({ kind: 'step', who: 'The service', step: words });

/** The types of parts (API.md, section 7). */
const partTypes: ReadonlyMap<string, PartType> = new Map([
  ['reply_user', lead()],
  ['reply_admin', other('Operator')],
  ['reply_django_user', other('Operator')],
  ['auto_reply', other('Automatic reply', 'automatic')],
  ['chat_bot_admin', other('Chat bot', 'bot')],
  ['chat_bot_user', lead('to the bot')],
  ['article', other('Article', 'article')],
  ['note', { kind: 'note', who: 'Note', how: 'internal note' }],
  ['tag_added', step('added a tag')],
  ['tag_deleted', step('removed a tag')],
  ['assigned', step('assigned the conversation')],
  ['opened', step('opened the conversation')],
  ['closed', step('closed the conversation')],
  ['final_closed', step('closed the question')],
  ['delayed', step('put the conversation off')],
  ['channel_changed', step('changed the channel')],
  ['vote', step('asked how it was')],
  ['service', step('did something')],
]);

/** Which way a message came (API.md, section 7, `sent_via`). */
const ways: ReadonlyMap<string, string> = new Map([
  ['web_user', 'chat'],
  ['web_panel', 'chat'],
  ['email_user', 'e-mail'],
  ['email_admin', 'e-mail'],
  ['app_android', 'Android app'],
  ['app_chrome', 'Chrome app'],
  ['app_desktop', 'desktop app'],
  ['message_auto', 'automatic'],
  ['message_manual', 'sent by hand'],
]);

/** Which way the messages of a conversation come where they do not say it themselves, by what its type begins with. */
const conversationWays: readonly (readonly [RegExp, string])[] = [
  [/^(incoming_)?email/, 'e-mail'],
  [/^(sdk_)?push/, 'push message'],
  [/^(block_)?popup_(small|big)/, 'pop-up'],
];

/** A part of a conversation in words. */
export function transcriptPart(part: ConversationPart, words: TranscriptWords): TranscriptPart {
  const body = words.text(htmlText(part.body));
  const files = part.attachments.map((file) => transcriptFile(file, words));
  const isEmpty = isBlank(body) && files.length === 0;
  const type: PartType = partTypes.get(part.type) ?? {
    kind: isEmpty ? 'step' : 'message',
    who: isFromVisitor(part.from) ? undefined : 'The service',
    how: typeWords(part.type, words),
    step: typeWords(part.type, words),
  };
  const isLead = type.who === undefined;
  const by = {
    id: part.id,
    kind: type.kind,
    isLead,
    who: isLead ? words.leadName : writerOf(part, type.who ?? '', words),
    time: part.created === undefined ? undefined : parseUnixTime(part.created)?.time,
    files,
  };
  if (type.kind === 'step') return { ...by, how: '', text: stepWords(type, part, body, words), marks: [] };
  const marks = [
    ...(part.isRead === false ? [isLead ? 'Unread' : 'Not read by the lead'] : []),
    ...(part.isEdited ? ['Edited'] : []),
    ...(part.isRemoved ? ['Removed'] : []),
  ];
  return { ...by, how: wayOf(type, part, words), text: body, marks };
}

/** Who wrote a part, in one name: of a list that shows the last one of each conversation. */
export function partWriter(
  { type, from }: Pick<ConversationPart, 'type' | 'from'>,
  words: Pick<TranscriptWords, 'text'>,
): string | undefined {
  const known = partTypes.get(type);
  if (known && known.who === undefined) return type === 'chat_bot_user' ? 'Lead, to the chat bot' : 'Lead';
  const named = nameOf(from);
  if (named !== undefined) return words.text(named);
  return known?.kind === 'step' ? undefined : known?.who;
}

/** `reply user` for `reply_user`. */
function typeWords(type: string, words: Pick<TranscriptWords, 'text'>): string {
  return type === '' ? 'unknown' : words.text(type.replaceAll('_', ' '));
}

/** A visitor is sent as an id or another text, everybody else as an object (API.md, section 7). */
function isFromVisitor(from: JsonValue): boolean {
  return decodeId(from) !== undefined;
}

function nameOf(from: JsonValue | undefined): string | undefined {
  if (!isJsonObject(from)) return undefined;
  return [from.name, from.email_name].map(decodeText).find((name) => name !== undefined && !isBlank(name));
}

function writerOf({ from }: ConversationPart, whenUnnamed: string, words: TranscriptWords): string {
  const named = nameOf(from);
  return named === undefined ? whenUnnamed : words.text(named);
}

function wayOf({ how }: PartType, { sentVia, from }: ConversationPart, words: TranscriptWords): string {
  const own = how ?? (isJsonObject(from) && from.type === 'bot' ? 'bot' : undefined);
  const { conversationType = '' } = words;
  const ofConversation = conversationWays.find(([pattern]) => pattern.test(conversationType))?.[1] ?? 'chat';
  const way = sentVia === '' ? ofConversation : (ways.get(sentVia) ?? typeWords(sentVia, words));
  if (own === undefined) return way;
  return way === 'chat' || way === own ? own : `${own}, ${way}`;
}

function stepWords(
  type: PartType,
  { type: name, record }: ConversationPart,
  body: string,
  words: TranscriptWords,
): string {
  const { tag, assignee } = record;
  const tagName = isJsonObject(tag) ? decodeText(tag.name) : decodeText(tag);
  const detail = [
    tagName === undefined ? undefined : words.text(tagName),
    isBlank(body) ? undefined : body.replace(/\s*\n\s*/g, ' '),
  ].filter((part) => part !== undefined);
  let done = type.step ?? '';
  if (name === 'assigned' && assignee === null) done = 'assigned the conversation to nobody';
  const to = nameOf(assignee);
  if (name === 'assigned' && to !== undefined) done = `assigned the conversation to ${words.text(to)}`;
  return detail.length === 0 ? done : `${done}: ${detail.join(', ')}`;
}

function transcriptFile(
  { filename, name, mime_type: mime, type, size }: JsonObject,
  words: TranscriptWords,
): TranscriptFile {
  return {
    name: words.text(decodeText(filename) ?? decodeText(name) ?? 'A file without a name'),
    type: words.text(decodeText(mime) ?? decodeText(type) ?? ''),
    size: sizeWords(decodeNumber(size)),
  };
}

/** `184,320` bytes as `180 KB`. */
function sizeWords(bytes: number | undefined): string {
  if (bytes === undefined || bytes < 0) return '';
  const units = ['bytes', 'KB', 'MB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${grouped(Math.round((bytes / 1024 ** step) * 10) / 10)} ${units[step] ?? ''}`;
}
