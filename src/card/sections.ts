import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import type { LeadConversations, LeadDetails } from '../dashly/leadDetails';
import { parseUnixTime } from '../leads/dates';
import { grouped, ofTotal, plural } from '../leads/text';
import type { CardFacts } from './facts';
import type { RequestState } from './leadRequests';
import type { CardDate, ShownItem, ShownSection } from './protocol';

/** A section made of the details: everything that the card shows below the events is one line here. */
interface DetailSection {
  /** The field of the User object; begins the keys of the facts. */
  readonly field: string;
  readonly title: string;
  /** What stands there when there are no items. */
  readonly none: string;
  readonly items: (details: LeadDetails) => readonly JsonValue[];
  /** The field of an item that is its title. */
  readonly itemTitle?: string;
  /** The field of an item that is its text, of several lines. */
  readonly itemText?: string;
}

const detailSections: readonly DetailSection[] = [
  {
    field: 'segments',
    title: 'Segments',
    none: 'In no segment.',
    items: ({ segments }) => segments,
    itemTitle: 'name',
  },
  { field: 'tags', title: 'Tags', none: 'No tags.', items: ({ tags }) => tags, itemTitle: 'name' },
  { field: 'notes', title: 'Notes', none: 'No notes.', items: ({ notes }) => notes, itemText: 'body' },
  {
    field: 'email_status',
    title: 'E-mail Status',
    none: 'No e-mail status.',
    items: ({ emailStatus }) => (emailStatus ? [emailStatus] : []),
  },
];

/** `Segments, Tags, Notes and E-mail Status` */
const allTitles = detailSections
  .map(({ title }) => title)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' and ');

/** What is missing on a card without details, as the start of a sentence. */
export const missingWithoutDetails = `Names of events, the current page, ${allTitles.toLowerCase()}`;

/** The most items of a section that go to the page: more of them nobody reads, and JSON shows them all. */
const mostItems = 200;

/** What the sections are made of: where the requests for it stand. */
export interface DetailRequests {
  readonly details: RequestState<LeadDetails>;
  readonly conversations: RequestState<LeadConversations>;
}

/** The sections of a card; those that could not be read say why. */
export function cardSections(
  { details, conversations }: DetailRequests,
  facts: CardFacts,
  sentence: (error: unknown) => string,
): ShownSection[] {
  const notRead = (id: string, title: string, { state, error }: RequestState<unknown>): ShownSection => ({
    id,
    title,
    summary: state === 'reading' ? 'Reading…' : undefined,
    items: [],
    failure: state === 'failed' ? sentence(error) : undefined,
  });
  const read = details.value;
  return [
    ...(read
      ? detailSections.map((section) => detailSection(section, read, facts))
      : [notRead('details', allTitles, details)]),
    conversations.value
      ? conversationSection(conversations.value, facts)
      : notRead('conversations', 'Conversations', conversations),
  ];
}

function detailSection(section: DetailSection, details: LeadDetails, facts: CardFacts): ShownSection {
  const { field: id, title, none } = section;
  const all = section.items(details);
  const items = all.slice(0, mostItems).map((item, index) => detailItem(item, `${id}:${index}.`, section, facts));
  return { id, title, summary: all.length === 0 ? none : leftOut(all), items };
}

/** Says that not all is shown. */
function leftOut({ length }: readonly unknown[]): string | undefined {
  return length > mostItems
    ? `The first ${ofTotal({ loaded: mostItems, total: length })}; the JSON has all.`
    : undefined;
}

function detailItem(item: JsonValue, owner: string, section: DetailSection, facts: CardFacts): ShownItem {
  const { field, title, itemTitle, itemText } = section;
  if (!isJsonObject(item)) return { title: '', facts: [facts.field(owner, field, title, item)] };
  const shownApart = new Map(
    [itemTitle, itemText].flatMap((name) => {
      const value = name === undefined ? undefined : item[name];
      return name !== undefined && typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
    }),
  );
  const text = (name: string | undefined): string | undefined => {
    const value = name === undefined ? undefined : shownApart.get(name);
    return value === undefined ? undefined : facts.text(value);
  };
  return {
    title: text(itemTitle) ?? '',
    text: text(itemText),
    facts: facts.fields(owner, item, [...shownApart.keys()]),
  };
}

/** The section of the conversations, in the order of the service. */
function conversationSection({ conversations, more }: LeadConversations, facts: CardFacts): ShownSection {
  const { length } = conversations;
  return {
    id: 'conversations',
    title: 'Conversations',
    summary:
      length === 0
        ? 'No conversations.'
        : more
          ? `${grouped(length)} or more conversations.`
          : `${plural(length, 'conversation')}.`,
    last: lastMessage(conversations),
    items: conversations
      .slice(0, mostItems)
      .map((conversation, index) => conversationItem(conversation, `conversations:${index}.`, facts)),
  };
}

/** Nothing says in which order the conversations come, so the latest is looked for. */
function lastMessage(conversations: readonly JsonObject[]): CardDate | undefined {
  const times = conversations.flatMap(({ last_update: updated, created, part_last: part }) => {
    const seconds = [isJsonObject(part) ? part.created : undefined, updated, created].find(
      (time) => typeof time === 'number',
    );
    const date = typeof seconds === 'number' ? parseUnixTime(seconds) : undefined;
    return date ? [date.time] : [];
  });
  return times.length === 0
    ? undefined
    : { kind: 'date', time: times.reduce((latest, time) => Math.max(latest, time)), dateOnly: false };
}

function conversationItem(conversation: JsonObject, owner: string, facts: CardFacts): ShownItem {
  const last = conversation.part_last;
  const body = isJsonObject(last) && typeof last.body === 'string' ? last.body : undefined;
  return {
    title: 'Conversation',
    text: body && facts.text(body),
    facts: [
      ...facts.fields(owner, conversation, ['part_last']),
      ...(isJsonObject(last) ? facts.fields(`${owner}part_last.`, last, ['body'], 'Last part') : []),
    ],
  };
}
