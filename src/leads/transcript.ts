import * as l10n from '@vscode/l10n';
import type { ConversationPart } from '../dashly/conversation';
import { decodeId, decodeNumber, decodeText } from '../dashly/decode';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import { parseUnixTime } from './dates';
import { htmlText } from './htmlText';
import { grouped, plural } from '../language';
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

/** The ways of messages, in words. */
const ways = {
  chat: l10n.t('chat'),
  email: l10n.t('e-mail'),
  android: l10n.t('Android app'),
  chrome: l10n.t('Chrome app'),
  desktop: l10n.t('desktop app'),
  automatic: l10n.t('automatic'),
  manual: l10n.t('sent by hand'),
  push: l10n.t('push message'),
  popUp: l10n.t('pop-up'),
  bot: l10n.t('bot'),
  article: l10n.t('article'),
} as const;

type Way = keyof typeof ways;

const lead = (how?: string): PartType => ({ kind: 'message', how });
const other = (who: string, how?: string): PartType => ({ kind: 'message', who, how });
const step = (words: string): PartType => ({ kind: 'step', who: l10n.t('The service'), step: words });

/** The types of parts (API.md, section 7). */
const partTypes: ReadonlyMap<string, PartType> = new Map([
  ['reply_user', lead()],
  ['reply_admin', other(l10n.t('Operator'))],
  ['reply_django_user', other(l10n.t('Operator'))],
  ['auto_reply', other(l10n.t('Automatic reply'), ways.automatic)],
  ['chat_bot_admin', other(l10n.t('Chat bot'), ways.bot)],
  ['chat_bot_user', lead(l10n.t('to the bot'))],
  ['article', other(l10n.t('Article'), ways.article)],
  ['note', { kind: 'note', who: l10n.t('Note'), how: l10n.t('internal note') }],
  ['tag_added', step(l10n.t('added a tag'))],
  ['tag_deleted', step(l10n.t('removed a tag'))],
  ['assigned', step(l10n.t('assigned the conversation'))],
  ['opened', step(l10n.t('opened the conversation'))],
  ['closed', step(l10n.t('closed the conversation'))],
  ['final_closed', step(l10n.t('closed the question'))],
  ['delayed', step(l10n.t('put the conversation off'))],
  ['channel_changed', step(l10n.t('changed the channel'))],
  ['vote', step(l10n.t('asked how it was'))],
  ['service', step(l10n.t('did something'))],
]);

/** Which way a message came (API.md, section 7, `sent_via`). */
const waysSent: ReadonlyMap<string, Way> = new Map([
  ['web_user', 'chat'],
  ['web_panel', 'chat'],
  ['email_user', 'email'],
  ['email_admin', 'email'],
  ['app_android', 'android'],
  ['app_chrome', 'chrome'],
  ['app_desktop', 'desktop'],
  ['message_auto', 'automatic'],
  ['message_manual', 'manual'],
]);

/** Which way the messages of a conversation come where they do not say it themselves, by what its type begins with. */
const conversationWays: readonly (readonly [RegExp, Way])[] = [
  [/^(incoming_)?email/, 'email'],
  [/^(sdk_)?push/, 'push'],
  [/^(block_)?popup_(small|big)/, 'popUp'],
];

/** A part of a conversation in words. */
export function transcriptPart(part: ConversationPart, words: TranscriptWords): TranscriptPart {
  const body = words.text(htmlText(part.body));
  const files = part.attachments.map((file) => transcriptFile(file, words));
  const isEmpty = isBlank(body) && files.length === 0;
  const type: PartType = partTypes.get(part.type) ?? {
    kind: isEmpty ? 'step' : 'message',
    who: isFromVisitor(part.from) ? undefined : l10n.t('The service'),
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
    ...(part.isRead === false ? [isLead ? l10n.t('Unread') : l10n.t('Not read by the lead')] : []),
    ...(part.isEdited ? [l10n.t('Edited')] : []),
    ...(part.isRemoved ? [l10n.t('Removed')] : []),
  ];
  return { ...by, how: wayOf(type, part, words), text: body, marks };
}

/** Who wrote a part, in one name: of a list that shows the last one of each conversation. */
export function partWriter(
  { type, from }: Pick<ConversationPart, 'type' | 'from'>,
  words: Pick<TranscriptWords, 'text'>,
): string | undefined {
  const known = partTypes.get(type);
  if (known && known.who === undefined)
    return type === 'chat_bot_user' ? l10n.t('Lead, to the chat bot') : l10n.t('Lead');
  const named = nameOf(from);
  if (named !== undefined) return words.text(named);
  return known?.kind === 'step' ? undefined : known?.who;
}

/** `reply user` for `reply_user`. */
function typeWords(type: string, words: Pick<TranscriptWords, 'text'>): string {
  return type === '' ? l10n.t('unknown') : words.text(type.replaceAll('_', ' '));
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
  const own = how ?? (isJsonObject(from) && from.type === 'bot' ? ways.bot : undefined);
  const { conversationType = '' } = words;
  const ofConversation = conversationWays.find(([pattern]) => pattern.test(conversationType))?.[1] ?? 'chat';
  const way = sentVia === '' ? ofConversation : waysSent.get(sentVia);
  const sent = way === undefined ? typeWords(sentVia, words) : ways[way];
  if (own === undefined) return sent;
  return way === 'chat' || sent === own ? own : `${own}, ${sent}`;
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
  if (name === 'assigned' && assignee === null) done = l10n.t('assigned the conversation to nobody');
  const to = nameOf(assignee);
  if (name === 'assigned' && to !== undefined) done = l10n.t('assigned the conversation to {0}', words.text(to));
  return detail.length === 0 ? done : `${done}: ${detail.join(', ')}`;
}

function transcriptFile(
  { filename, name, mime_type: mime, type, size }: JsonObject,
  words: TranscriptWords,
): TranscriptFile {
  return {
    name: words.text(decodeText(filename) ?? decodeText(name) ?? l10n.t('A file without a name')),
    type: words.text(decodeText(mime) ?? decodeText(type) ?? ''),
    size: sizeWords(decodeNumber(size)),
  };
}

/** `184,320` bytes as `180 KB`. */
function sizeWords(bytes: number | undefined): string {
  if (bytes === undefined || bytes < 0) return '';
  const kilobyte = 1024;
  const rounded = (size: number): number => Math.round(size * 10) / 10;
  if (bytes < kilobyte) return plural(rounded(bytes), l10n.t('{0} byte|{0} bytes'));
  if (bytes < kilobyte ** 2) return l10n.t('{0} KB', grouped(rounded(bytes / kilobyte)));
  return l10n.t('{0} MB', grouped(rounded(bytes / kilobyte ** 2)));
}
