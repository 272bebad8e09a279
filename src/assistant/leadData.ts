import type { DashlyClient } from '../dashly/client';
import { decodeId, decodeNumber, decodeText } from '../dashly/decode';
import { isJsonObject, type JsonObject, type JsonValue } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { EventTotal, LeadDetails, LeadEvent } from '../dashly/leadDetails';
import { decodeSegment } from '../dashly/segment';
import { type AllConversations, readConversations } from '../leads/allConversations';
import { dateInUtc, parseUnixTime } from '../leads/dates';
import { htmlText } from '../leads/htmlText';
import type { Masking } from '../leads/masking';
import { eventProperty } from '../leads/properties';
import { transcriptPart } from '../leads/transcript';
import { leadLabel } from '../leads/wording';
import type { Cutter } from './answer';

/** How much of each is given: the newest ones. */
const mostEvents = 20;
const mostConversations = 5;
const mostMessages = 20;
const mostNotes = 20;
/** Properties of one lead; types of its events; its tags, its segments. */
const mostNamed = 100;

/** Who is asked about a lead: the client. */
export type LeadService = Pick<
  DashlyClient,
  'getLead' | 'getLeadEvents' | 'getLeadConversations' | 'getConversationParts'
>;

/**
 * A row of a search. The properties stand apart from what is ours: one may be called `id`.
 * @param fields names of properties; those that are not set are left out
 */
export function leadRow(lead: Lead, fields: readonly string[], given: Masking, cutter: Cutter): JsonObject {
  const { props } = given.lead(lead);
  const shown = fields.flatMap((name): [string, JsonValue][] => {
    const value = Object.hasOwn(props, name) ? props[name] : undefined;
    return value === undefined || value === null ? [] : [[name, cutter.value(value)]];
  });
  return { id: lead.id, presence: cutter.text(lead.presence), props: Object.fromEntries(shown) };
}

/** The data about one lead, and why a part of it is missing. */
export interface LeadData {
  readonly lines: readonly JsonValue[];
  /** Sentences of ours. */
  readonly notes: readonly string[];
}

/**
 * Reads a lead and puts the wanted parts of it into lines of JSON. A part that cannot be read costs only itself: the token may
 * have no right to conversations.
 * @param parts `properties`, `events`, `conversations`, `tags`, `segments`, `notes`
 * @param given masks what is given
 * @throws what reading the lead itself fails with
 */
export async function readLeadData(
  service: LeadService,
  id: string,
  parts: ReadonlySet<string>,
  { given, cutter, signal }: { readonly given: Masking; readonly cutter: Cutter; readonly signal: AbortSignal },
): Promise<LeadData> {
  const optional = <T>(part: string, read: () => Promise<T>): Promise<T | undefined> =>
    parts.has(part) ? read() : Promise.resolve(undefined);
  const [read, history, talks] = await Promise.allSettled([
    service.getLead(id, signal),
    optional('events', () => service.getLeadEvents(id, { limit: mostEvents }, signal)),
    optional('conversations', () => readTalks(service, id, signal)),
  ]);
  if (read.status === 'rejected') throw read.reason;
  const details = read.value;
  const data = new ShownLead(details, given, cutter);
  const notes = details.problems.length > 0 ? ['Some parts of this lead could not be read.'] : [];
  const failed = (title: string, reason: unknown): void =>
    void notes.push(`The ${title} could not be read: ${given.alwaysOn().errorSentence(reason)}`);
  if (history.status === 'rejected') failed('single events', history.reason);
  if (talks.status === 'rejected') failed('conversations', talks.reason);
  const lines = [
    data.head(),
    ...(parts.has('properties') ? [data.properties()] : []),
    ...(parts.has('tags') ? [data.tags()] : []),
    ...(parts.has('segments') ? [data.segments()] : []),
    ...(parts.has('notes') ? data.notes() : []),
    ...(parts.has('events') ? data.eventTotals() : []),
    ...(history.status === 'fulfilled' ? (history.value?.items ?? []).map((event) => data.event(event)) : []),
    ...(talks.status === 'fulfilled' && talks.value ? data.conversations(talks.value) : []),
  ];
  return { lines, notes };
}

/** The conversations of a lead, and the newest messages of the one that was written in last, the newest first. */
interface Talks {
  readonly all: AllConversations;
  readonly messages: Awaited<ReturnType<DashlyClient['getConversationParts']>>['items'];
}

async function readTalks(service: LeadService, id: string, signal: AbortSignal): Promise<Talks> {
  const read = await readConversations(service, id, signal);
  const all = { ...read, conversations: [...read.conversations].sort((a, b) => lastTime(b) - lastTime(a) || 0) };
  const latest = decodeId(all.conversations[0]?.id);
  const page =
    latest === undefined ? undefined : await service.getConversationParts(latest, { limit: mostMessages }, signal);
  return { all, messages: page?.items ?? [] };
}

/** When something was written last, in unix seconds; nothing says in which order conversations come. */
function lastTime({ part_last: part, last_update: updated, created }: JsonObject): number {
  const times = [isJsonObject(part) ? part.created : undefined, updated, created].map(decodeNumber);
  return times.find((time) => time !== undefined) ?? -Infinity;
}

/** One lead in lines of JSON, masked. */
class ShownLead {
  private readonly lead: Lead;

  constructor(
    private readonly details: LeadDetails,
    private readonly given: Masking,
    private readonly cutter: Cutter,
  ) {
    this.lead = details.lead;
  }

  head(): JsonObject {
    const { id, presence } = this.lead;
    const { removed } = this.details;
    return {
      lead: id,
      presence: this.cutter.text(presence),
      ...(removed !== undefined && { removed: this.text(removed) }),
    };
  }

  properties(): JsonObject {
    const props = Object.entries(this.given.lead(this.lead).props).filter(
      ([name, value]) => value !== null && eventProperty(name) === undefined,
    );
    return { properties: this.cutter.object(Object.fromEntries(props), 0, mostNamed) };
  }

  tags(): JsonObject {
    return { tags: this.named(this.details.tags) };
  }

  segments(): JsonObject {
    return { segments: this.named(this.details.segments.map((item) => decodeSegment(item)?.name ?? item)) };
  }

  notes(): JsonValue[] {
    const { notes } = this.details;
    const shown = notes.slice(0, mostNotes).map((note): JsonObject => {
      if (!isJsonObject(note)) return { note: this.json(note) };
      const { author, created, body } = note;
      const writer = isJsonObject(author) ? decodeText(author.name) : undefined;
      return {
        note: this.text(htmlText(decodeText(body) ?? '')),
        ...this.time(created),
        ...(writer !== undefined && { by: this.text(writer) }),
      };
    });
    return [...shown, ...this.left('notes', notes.length - mostNotes)];
  }

  eventTotals(): JsonValue[] {
    const { events } = this.details;
    const shown = events.slice(0, mostNamed).map(({ id, name, count, first, last }: EventTotal): JsonObject => ({
      event_type: id,
      ...(name !== '' && { name: this.text(name) }),
      ...(count !== undefined && { times: count }),
      ...this.time(first, 'first'),
      ...this.time(last, 'last'),
    }));
    return [...shown, ...this.left('event types', events.length - mostNamed)];
  }

  event({ typeId, name, created, props }: LeadEvent): JsonObject {
    return {
      event: name === '' ? typeId : this.text(name),
      ...this.time(created),
      ...(Object.keys(props).length > 0 && { props: this.json(props) }),
    };
  }

  conversations({ all: { conversations, isWithoutMobile }, messages }: Talks): JsonValue[] {
    const shown = conversations.slice(0, mostConversations).map((conversation): JsonObject => {
      const { id, type, read, closed, parts_count: count } = conversation;
      const messageCount = decodeNumber(count);
      return {
        conversation: decodeId(id) ?? '',
        type: this.text(decodeText(type) ?? ''),
        ...(typeof closed === 'boolean' && { closed }),
        ...(typeof read === 'boolean' && { read }),
        ...(messageCount !== undefined && { messages: messageCount }),
        ...this.time(lastTime(conversation), 'last_message'),
      };
    });
    const words = {
      text: (text: string) => this.given.text(text, this.lead),
      leadName: leadLabel(this.lead, this.given),
      conversationType: decodeText(conversations[0]?.type),
    };
    const said = messages.map((part): JsonObject => {
      const { kind, who, how, text, marks, files } = transcriptPart(part, words);
      return {
        [kind]: this.cutter.text(text),
        by: this.cutter.text(who),
        ...this.time(part.created),
        ...(how !== '' && { how: this.cutter.text(how) }),
        ...(marks.length > 0 && { marks: [...marks] }),
        ...(files.length > 0 && { files: files.map(({ name }) => this.cutter.text(name)) }),
      };
    });
    const mobile: JsonValue[] = isWithoutMobile ? [{ left_out: 'conversations of the mobile app' }] : [];
    return [...shown, ...this.left('conversations', conversations.length - mostConversations), ...mobile, ...said];
  }

  /** Items that have a name each, or are one. */
  private named(items: readonly JsonValue[]): JsonValue[] {
    const names = items.slice(0, mostNamed).map((item) => {
      const name = isJsonObject(item) ? decodeText(item.name) : decodeText(item);
      return name === undefined ? this.json(item) : this.text(name);
    });
    return items.length > mostNamed ? [...names, `… (${items.length - mostNamed} more)`] : names;
  }

  private left(what: string, count: number): JsonObject[] {
    return count > 0 ? [{ left_out: `${count} more ${what}` }] : [];
  }

  private text(text: string): string {
    return this.cutter.text(this.given.text(text, this.lead));
  }

  private json(value: JsonValue): JsonValue {
    return this.cutter.value(this.given.json(this.lead, value));
  }

  private time(seconds: JsonValue | undefined, name = 'time'): JsonObject {
    const number = decodeNumber(seconds);
    const date = number === undefined ? undefined : parseUnixTime(number);
    return date ? { [name]: dateInUtc(date) } : {};
  }
}
