import * as l10n from '@vscode/l10n';
import type { ConversationPart } from '../dashly/conversation';
import { type CursorPage, type CursorQuery, readPages } from '../dashly/cursorPage';
import type { Lead } from '../dashly/lead';
import { type DateFormat, dateText } from '../leads/dates';
import type { Masking } from '../leads/masking';
import { plural } from '../language';
import { singleLine } from '../leads/text';
import { transcriptPart, type TranscriptPart } from '../leads/transcript';
import { leadLabel } from '../leads/wording';

/** The most messages that are read. */
const mostParts = 5_000;

/** A conversation as it was read for a document. */
export interface WholeConversation {
  /** Oldest first. */
  readonly parts: readonly ConversationPart[];
  /** Whether there are older ones than were read. */
  readonly more: boolean;
}

/** Who is asked: the client. */
interface PartsSource {
  getConversationParts(id: string, query: CursorQuery, signal: AbortSignal): Promise<CursorPage<ConversationPart>>;
}

/** Reads all messages of a conversation. @throws what the client throws */
export async function readConversation(
  source: PartsSource,
  id: string,
  signal: AbortSignal,
): Promise<WholeConversation> {
  const { items, next } = await readPages(
    (query) => source.getConversationParts(id, query, signal),
    ({ length }) => length >= mostParts,
  );
  return { parts: [...items].reverse(), more: next !== null };
}

/** The longest line, in characters. */
const longestLine = 10_000;

/**
 * A conversation as plain text, to be quoted, masked where contacts are. What was said is indented, so that nothing in it can
 * pass for a line of the document's own: who wrote, when, which way it came.
 */
export function conversationText(
  { parts, more }: WholeConversation,
  lead: Lead,
  masking: Masking,
  format: DateFormat,
): string {
  const leadName = singleLine(leadLabel(lead, masking));
  const words = { text: (text: string): string => masking.text(text, lead), leadName };
  const shown = parts.map((part) => transcriptPart(part, words));
  const messages = shown.filter(({ kind }) => kind === 'message').length;
  const count = plural(
    messages,
    more
      ? l10n.t('{0} message, older ones left out|{0} messages, older ones left out')
      : l10n.t('{0} message|{0} messages'),
  );
  const head = [
    l10n.t('Conversation with {0}', leadName),
    `${count}. ${l10n.t('Times are in {0}.', format.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)}`,
  ];
  return `${[head.join('\n'), ...shown.map((part) => partText(part, format))].join('\n\n')}\n`;
}

function partText({ kind, who, how, time, text, marks, files }: TranscriptPart, format: DateFormat): string {
  const when = time === undefined ? '' : `${dateText({ time, dateOnly: false }, { ...format, withZone: false })}  `;
  if (kind === 'step') return `${when}· ${singleLine(who)} ${singleLine(text, longestLine)}`;
  const about = [how, ...marks.map((mark) => mark.toLowerCase())].map((word) => singleLine(word)).join(', ');
  const attached = files.map(({ name, type, size }) => {
    const details = [type, size].filter((detail) => detail !== '').join(', ');
    const file = details === '' ? singleLine(name) : `${singleLine(name)} (${singleLine(details)})`;
    return l10n.t('[file: {0}]', file);
  });
  const said = text === '' ? [] : text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  const lines = [...said, ...attached].map((line) => `    ${singleLine(line, longestLine)}`.trimEnd());
  return [`${when}${singleLine(who)} (${about})`, ...lines].join('\n');
}
