import * as l10n from '@vscode/l10n';
import { decodeId, decodeNumber, decodeText } from '../dashly/decode';
import { isForbidden } from '../dashly/errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import type { LeadDetails } from '../dashly/leadDetails';
import { decodeSegment } from '../dashly/segment';
import type { AllConversations } from '../leads/allConversations';
import { grouped, ofTotal } from '../language';
import { singleLine } from '../leads/text';
import { partWriter } from '../leads/transcript';
import type { CardFacts } from './facts';
import { noRightToConversations } from './conversationReading';
import type { ShownItem, ShownSection } from './shownCard';
import type { RequestState } from './repeatedRequest';

/** A section made of the details: everything that the card shows below the events is one entry here. */
interface DetailSection {
  /** The field of the User object; begins the keys of the facts. */
  readonly field: string;
  readonly title: string;
  readonly chips?: true;
  readonly items: (details: LeadDetails) => readonly JsonValue[];
  /** What the line of an item says. */
  readonly line: (item: JsonObject, facts: CardFacts) => Omit<ShownItem, 'facts'>;
}

const detailSections: readonly DetailSection[] = [
  {
    field: 'tags',
    title: l10n.t('Tags'),
    chips: true,
    items: ({ tags }) => tags,
    line: ({ name, removed }, facts) => ({
      title: facts.text(decodeText(name) ?? ''),
      mark: decodeNumber(removed) !== undefined ? l10n.t('removed') : undefined,
    }),
  },
  {
    field: 'segments',
    title: l10n.t('Segments'),
    items: ({ segments }) => segments,
    line: (item, facts) => {
      const segment = decodeSegment(item);
      return {
        title: facts.text(decodeText(item.name) ?? ''),
        text: segment && facts.segmentWords(segment),
        segment: segment && facts.keepSegment(segment),
      };
    },
  },
  {
    field: 'notes',
    title: l10n.t('Notes'),
    items: ({ notes }) => notes,
    line: ({ author, created, body }, facts) => ({
      title: (isJsonObject(author) && facts.text(decodeText(author.name) ?? '')) || l10n.t('Note'),
      time: facts.unixTime(created),
      body: facts.textOfHtml(decodeText(body) ?? ''),
    }),
  },
];

/** The most items of a section that go to the page: more of them nobody reads, and JSON shows them all. */
const mostItems = 200;

/** What the sections are made of: where the requests for it stand. */
export interface DetailRequests {
  readonly details: RequestState<LeadDetails>;
  readonly conversations: RequestState<AllConversations>;
}

/** The sections of a card that have something in them, and the words for those that have nothing. */
export interface CardSections {
  readonly sections: readonly ShownSection[];
  readonly conversations: ShownSection;
  /** Of which sections the lead has none, in a sentence. */
  readonly none: string | undefined;
}

/** The sections of a card. One that was not read says so; why not stands at the top of the card. */
export function cardSections({ details, conversations }: DetailRequests, facts: CardFacts): CardSections {
  const read = details.value;
  const all = read
    ? detailSections.map((section) => detailSection(section, read, facts))
    : [notRead('details', l10n.t('Tags, segments and notes'), details)];
  const isEmpty = ({ items, note }: ShownSection): boolean => items.length === 0 && note === undefined;
  const empty = all.filter(isEmpty);
  return {
    sections: all.filter((section) => !isEmpty(section)),
    conversations: conversations.value
      ? conversationSection(conversations.value, conversations.error, facts)
      : notRead('conversations', l10n.t('Conversations'), conversations),
    none: empty.length > 0 ? noneWords(empty) : undefined,
  };
}

/** `No tags, segments or notes.` */
function noneWords(sections: readonly ShownSection[]): string {
  const titles = sections.map(({ title }) => title.toLowerCase());
  const last = titles.pop() ?? '';
  return l10n.t(
    'No {0}.',
    titles.length === 0
      ? last
      : l10n.t({ message: '{0} or {1}', args: [titles.join(', '), last], comment: 'what a lead has none of' }),
  );
}

function notRead(id: string, title: string, { state, error }: RequestState<unknown>): ShownSection {
  const why = id === 'conversations' && isForbidden(error) ? noRightToConversations : l10n.t('Not read.');
  return { id, title, note: state === 'failed' ? why : l10n.t('Reading…'), chips: false, items: [] };
}

function detailSection(section: DetailSection, details: LeadDetails, facts: CardFacts): ShownSection {
  const { field: id, title, chips = false, line } = section;
  const all = section.items(details);
  const items = all.slice(0, mostItems).map((item, index): ShownItem => {
    const owner = `${id}:${index}.`;
    if (isJsonObject(item)) return { ...line(item, facts), facts: facts.fields(owner, item) };
    return { title: typeof item === 'string' ? facts.text(item) : '', facts: [facts.field(owner, id, title, item)] };
  });
  const note = all.length > mostItems ? l10n.t('The first {0}.', shownOf(all)) : undefined;
  return { id, title, chips, note, items };
}

/** `200 of 1,000`. */
function shownOf({ length }: readonly unknown[]): string {
  return ofTotal({ loaded: mostItems, total: length });
}

/** The conversations, the latest first: nothing says in which order they come. */
function conversationSection(
  { conversations, more, isWithoutMobile }: AllConversations,
  error: unknown,
  facts: CardFacts,
): ShownSection {
  const { length } = conversations;
  const notes = [
    length === 0 ? l10n.t('No conversations.') : undefined,
    length > mostItems ? l10n.t('The latest {0}.', shownOf(conversations)) : undefined,
    isForbidden(error) ? noRightToConversations : undefined,
    isWithoutMobile ? l10n.t('Those of the mobile app could not be read.') : undefined,
  ].filter((note) => note !== undefined);
  const items = conversations
    .map((conversation, index) => conversationItem(conversation, `conversations:${index}.`, facts))
    .sort((a, b) => (b.time?.time ?? -Infinity) - (a.time?.time ?? -Infinity) || 0)
    .slice(0, mostItems);
  return {
    id: 'conversations',
    title: l10n.t('Conversations'),
    count: more ? l10n.t('{0} or more', grouped(length)) : grouped(length),
    chips: false,
    note: notes.length > 0 ? notes.join(' ') : undefined,
    items,
  };
}

function conversationItem(conversation: JsonObject, owner: string, facts: CardFacts): ShownItem {
  const { part_last: part, last_update: updated, created, closed } = conversation;
  const last: JsonObject = isJsonObject(part) ? part : {};
  return {
    title: sender(last, conversation, facts),
    time: [last.created, updated, created].map((time) => facts.unixTime(time)).find((time) => time !== undefined),
    mark:
      typeof closed === 'boolean'
        ? closed
          ? l10n.t({ message: 'Closed', comment: 'a conversation' })
          : l10n.t({ message: 'Open', comment: 'a conversation' })
        : undefined,
    isClosed: closed === true,
    text: lastWords(last, facts),
    conversation: decodeId(conversation.id),
    isUnread: conversation.read === false,
    facts: facts.fields(owner, conversation),
  };
}

/** Who wrote last. Some services name the way a message came in `from`, in place of its sender. */
function sender({ type, from }: JsonObject, { assignee }: JsonObject, facts: CardFacts): string {
  const kind = decodeText(type) ?? '';
  const byAssignee = kind === 'reply_admin' && !isJsonObject(from) && isJsonObject(assignee);
  const writer = partWriter({ type: kind, from: (byAssignee ? assignee : from) ?? null }, facts);
  return writer ?? (kind === '' ? l10n.t('Conversation') : facts.text(kind.replaceAll('_', ' ')));
}

/** The longest text of a line, in characters: it is cut off where the card ends. */
const longestLine = 200;

function lastWords({ body, attachments, attachment }: JsonObject, facts: CardFacts): string | undefined {
  const words = singleLine(facts.textOfHtml(decodeText(body) ?? ''), longestLine);
  if (words !== '') return words;
  const [file] = Array.isArray(attachments) ? attachments : [attachment];
  const name = isJsonObject(file) ? decodeText(file.filename) : undefined;
  return name === undefined ? undefined : singleLine(facts.text(name), longestLine);
}
