import { ApiError } from './apiError';
import type { WholeConversation } from './conversation';
import * as details from './leadDetails';
import { leadNotes } from './leadHistory';
import type { Parameters } from './parameters';
import type { SampleApp } from './sampleApp';
import { idToJson, objectToJson, propsToJson, type SampleLead } from './sampleLead';

/** One call of an endpoint. */
export interface Call {
  readonly app: SampleApp;
  readonly parameters: Parameters;
  /** From the path. */
  readonly id: string;
}

/** The most rows one query can read (API.md, section 1). */
const queryCap = 10_000;

/** `GET /apps/{id}/users`, section 1. */
function listUsers({ app, parameters }: Call): string {
  const limit = parameters.whole('limit', 20, 1, 50);
  const offset = parameters.whole('offset', 0, 0, Number.MAX_SAFE_INTEGER);
  const sortOrder = parameters.oneOf('sort_order', 'desc', ['asc', 'desc']);
  // A property that nobody has is accepted: chosen (API.md, section 6).
  const sortProp = parameters.text('sort_prop') ?? '$last_seen';
  const asString = parameters.boolean('id_as_string', false);
  const convertTypes = parameters.boolean('convert_props_types', true);
  parameters.check();
  if (offset + limit > queryCap) {
    // `BadRequest`: chosen (API.md, section 6).
    throw new ApiError('BadRequest', `offset + limit must not exceed ${queryCap}`);
  }
  // An offset at or past the end gives an empty page, `total` is exact however large, custom properties are among the
  // others by their bare names: chosen (API.md, section 6).
  const page = app.page({ filters: parameters.text('filters'), sortProp, sortOrder }, offset, limit);
  const users = page.leads.map((lead) =>
    objectToJson({
      id: idToJson(lead.id, asString),
      presence: `"${lead.presence}"`,
      props: app.propsJson(lead, convertTypes),
    }),
  );
  return `{"meta":{"status":200},"data":{"total":${page.total},"users":[${users.join(',')}]}}`;
}

/** Those on the site now are among the last seen: further down nobody is looked for. */
const mostActive = 2000;

/**
 * `GET /apps/{id}/activeusers`, section 7. Idle visitors are among them, newest activity first, on from a cursor when
 * there are more than `paginate_count`: chosen (API.md, section 6).
 */
function listActiveUsers({ app, parameters }: Call): string {
  const count = parameters.whole('paginate_count', 20, 1, 50);
  const position = readPosition(parameters);
  const asString = parameters.boolean('id_as_string', false);
  parameters.check();
  const active = activeUsers(app);
  const isBehind = ({ lead, at }: ActiveUser, { created, id }: Position): boolean =>
    at < created || (at === created && BigInt(lead.id) > id);
  const start = position ? active.findIndex((one) => isBehind(one, position)) : 0;
  const page = app.site.inOnePiece ? active : start < 0 ? [] : active.slice(start, start + count);
  const last = !app.site.inOnePiece && start + count < active.length ? page.at(-1) : undefined;
  const users = page.map(({ lead }) =>
    objectToJson({
      id: idToJson(lead.id, asString),
      presence: `"${lead.presence}"`,
      presence_details: details.presenceDetailsToJson(lead, app.site.visit(lead.id), app.now()),
    }),
  );
  const next = last ? `[${last.at},"${last.lead.id}"]` : 'null';
  return `{"meta":{"status":200,"next_before_position":${next}},"data":[${users.join(',')}]}`;
}

interface ActiveUser {
  readonly lead: SampleLead;
  /** When they last did something, in unix seconds. */
  readonly at: number;
}

/** Everybody on the site, leads or not, newest activity first, ties by id. */
function activeUsers(app: SampleApp): ActiveUser[] {
  const leads = app.page({}, 0, mostActive).leads.filter(({ presence }) => presence !== 'offline');
  const visitors = app.site.visitorIds.flatMap((id) => app.site.visitor(id) ?? []);
  return [...leads, ...visitors]
    .map((lead) => ({ lead, at: details.lastActivity(lead, app.site.visit(lead.id), app.now()) }))
    .sort((one, other) => other.at - one.at || (BigInt(one.lead.id) < BigInt(other.lead.id) ? -1 : 1));
}

function notFound(id: string): ApiError {
  return new ApiError('LookupError', `User ${id} not found`);
}

/**
 * The lead of a call; with `by_user_id` the id is the site's own, and an unknown one creates nothing here (API.md, section
 * 5).
 */
function findLead({ app, parameters, id }: Call): SampleLead {
  const byUserId = parameters.boolean('by_user_id', false);
  const lead = byUserId ? app.findByUserId(id) : (app.record(id) ?? app.site.visitor(id) ?? app.goneLead(id)?.lead);
  if (!lead) {
    throw notFound(id);
  }
  return lead;
}

/** `GET /users/{id}`, section 5. */
function getUser(call: Call): string {
  const { app, parameters, id } = call;
  const byUserId = parameters.boolean('by_user_id', false);
  const lead = byUserId ? (app.findByUserId(id) ?? app.createByUserId(id)) : findLead(call);
  // A merged lead is still sent, with the date; a wiped one is not: chosen.
  const removed = app.goneLead(lead.id)?.date;
  const now = app.now();
  const asString = parameters.boolean('id_as_string', false);
  const convertTypes = parameters.boolean('convert_props_types', true);
  const parts: Record<string, () => string> = {
    props_custom: () => propsToJson(details.customProps(lead.props), convertTypes),
    props_events: () => propsToJson(details.eventProps(lead.props), convertTypes),
    presence_details: () => details.presenceDetailsToJson(lead, app.site.visit(lead.id), now),
    events: () => details.eventsToJson(app.site.summaries(lead), asString),
    segments: () => details.segmentsToJson(lead, now, asString),
    notes: () => details.notesToJson(leadNotes(lead, now), asString),
    tags: () => details.tagsToJson(lead, asString),
    email_status: () => details.emailStatusToJson(lead, now),
    timezone_offset: () => String(details.timezoneOffset(lead)),
  };
  const asked = Object.entries(parts).filter(([name]) => parameters.boolean(name, false));
  const user = objectToJson({
    id: idToJson(lead.id, asString),
    presence: `"${lead.presence}"`,
    // Custom properties are in `props` too, not only in `props_custom`: chosen (API.md, section 6).
    props: parameters.boolean('props', true) ? app.propsJson(lead, convertTypes) : undefined,
    user_id: JSON.stringify(lead.props.$user_id ?? null),
    removed: JSON.stringify(removed ?? null),
    ...Object.fromEntries(asked.map(([name, write]) => [name, write()])),
  });
  return `{"meta":{"status":200},"data":${user}}`;
}

interface Position {
  /** Unix seconds. */
  readonly created: number;
  readonly id: bigint;
}

/** A position is the pair of `created` and the event's id, as text so that no client can corrupt it: chosen. */
function readPosition(parameters: Parameters): Position | undefined {
  const position = parameters.json('paginate_position');
  if (position === undefined) {
    return undefined;
  }
  const [created, id] = Array.isArray(position) ? (position as unknown[]) : [];
  if (typeof created !== 'number' || typeof id !== 'string' || !/^\d+$/.test(id)) {
    parameters.refuse('paginate_position', 'must be a position that came in an earlier answer');
    return undefined;
  }
  return { created, id: BigInt(id) };
}

/** `GET /users/{id}/events`, section 5: newest first, on from a position. */
function listEvents(call: Call): string {
  const { app, parameters } = call;
  const lead = findLead(call);
  const count = parameters.whole('paginate_count', 20, 1, 50);
  const direction = parameters.oneOf('paginate_direction', 'before', ['before', 'after']);
  const position = readPosition(parameters);
  const asString = parameters.boolean('id_as_string', false);
  const propsAsString = parameters.boolean('props_as_string', false);
  parameters.check();
  const name = parameters.text('filter_name');
  const all = app.site.events(lead).filter((event) => !name || event.type.name === name);
  // Ids rise with time, so the id alone tells before from after.
  const onSide = all.filter(
    ({ id }) => !position || (direction === 'before' ? BigInt(id) < position.id : BigInt(id) > position.id),
  );
  const page = direction === 'before' ? onSide.slice(0, count) : onSide.slice(-count);
  const edge = page.length < onSide.length ? (direction === 'before' ? page.at(-1) : page[0]) : undefined;
  const next = edge ? `[${edge.created},"${edge.id}"]` : 'null';
  const texts = page.map((event) => details.eventToJson(event, lead, propsAsString, asString));
  return `{"meta":{"status":200,"next_${direction}_position":${next}},"data":[${texts.join(',')}]}`;
}

/** `GET /users/{id}/conversations`, section 5. */
function listConversations(call: Call): string {
  const { app, parameters } = call;
  const lead = findLead(call);
  const asString = parameters.boolean('id_as_string', false);
  const isMobile = parameters.oneOf('recipient_type', 'web', ['web', 'sdk']) === 'sdk';
  parameters.check();
  const texts = app.conversations
    .of(lead)
    .filter((one) => one.isMobile === isMobile)
    .map((one) => details.conversationToJson(one, asString, false));
  return `{"meta":{"status":200},"data":[${texts.join(',')}]}`;
}

function findConversation({ app, id }: Call): WholeConversation {
  const found = app.conversations.get(id);
  if (!found) throw new ApiError('LookupError', `Conversation ${id} not found`);
  return found;
}

/** `GET /conversations/{id}`, section 7. */
function getConversation(call: Call): string {
  const asString = call.parameters.boolean('id_as_string', false);
  return `{"meta":{"status":200},"data":${details.conversationToJson(findConversation(call), asString, true)}}`;
}

/** `GET /conversations/{id}/parts`, section 7: newest first, on from the id of a part. */
function listParts(call: Call): string {
  const { parameters } = call;
  const { parts } = findConversation(call);
  const count = parameters.whole('paginate_count', 20, 1, 50);
  const position = parameters.json('paginate_position');
  const [before] = Array.isArray(position) ? (position as unknown[]) : [];
  if (position !== undefined && !(typeof before === 'string' && /^\d+$/.test(before)))
    parameters.refuse('paginate_position', 'must be a position that came in an earlier answer');
  const asString = parameters.boolean('id_as_string', false);
  parameters.check();
  const older = [...parts].reverse().filter(({ id }) => typeof before !== 'string' || BigInt(id) < BigInt(before));
  const page = older.slice(0, count);
  const last = page.length < older.length ? page.at(-1) : undefined;
  const next = last ? `["${last.id}"]` : 'null';
  const texts = page.map((part) => details.partToJson(part, asString));
  return `{"meta":{"status":200,"next_before_position":${next}},"data":[${texts.join(',')}]}`;
}

/** What writes the body of an answer, by collection and, where there is one, the part of the object. */
export const endpoints: Readonly<Record<string, (call: Call) => string>> = {
  'apps users': listUsers,
  'apps activeusers': listActiveUsers,
  users: getUser,
  'users events': listEvents,
  'users conversations': listConversations,
  conversations: getConversation,
  'conversations parts': listParts,
};
