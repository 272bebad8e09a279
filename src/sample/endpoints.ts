import { ApiError } from './apiError';
import type { ItemText } from './faults';
import * as details from './leadDetails';
import { eventSummaries, leadConversations, leadEvents, leadNotes } from './leadHistory';
import { idToJson, propsToJson } from './leadJson';
import type { Parameters } from './parameters';
import type { SampleApp } from './sampleApp';
import type { SampleLead } from './sampleLead';

/** Choices of the endpoints (section 6 of API.md) that could break a client: each can be had both ways. */
export interface EndpointOptions {
  /** Whether the usual properties that a lead does not have are sent as null; default `absent`. */
  readonly unsetProps?: 'absent' | 'null';
  /** How `GET /users/{id}` sends `events`: by event type id, or the list of older documentation. Default `dictionary`. */
  readonly events?: 'dictionary' | 'list';
  /** Whether custom properties are in `props` of `GET /users/{id}` too, or only in `props_custom`; default `all`. */
  readonly userProps?: 'all' | 'system';
}

/** One call of an endpoint. */
export interface Call {
  readonly app: SampleApp;
  readonly parameters: Parameters;
  /** From the path. */
  readonly id: string;
  readonly options: EndpointOptions;
}

/** What an endpoint answers: items, and how they make a body. */
export interface Answer {
  readonly items: readonly ItemText[];
  readonly write: (items: readonly string[]) => string;
}

/** The most rows one query can read (section 1). */
const queryCap = 10_000;

const usualProps = ['$name', '$email', '$phone', '$user_id', '$last_seen', '$last_contacted', '$sessions', '$city'];

function writeProps({ app, options }: Call, lead: SampleLead, convertTypes: boolean): string {
  const text = app.propsJson(lead, convertTypes);
  const unset = options.unsetProps === 'null' ? usualProps.filter((name) => !Object.hasOwn(lead.props, name)) : [];
  if (unset.length === 0) {
    return text;
  }
  const nulls = unset.map((name) => `"${name}":null`).join(',');
  return text === '{}' ? `{${nulls}}` : `${text.slice(0, -1)},${nulls}}`;
}

/** `GET /apps/{id}/users`, section 1. */
function listUsers(call: Call): Answer {
  const { app, parameters } = call;
  const limit = parameters.whole('limit', 20, 1, 50);
  const offset = parameters.whole('offset', 0, 0, Number.MAX_SAFE_INTEGER);
  const sortOrder = parameters.oneOf('sort_order', 'desc', ['asc', 'desc']);
  const sortProp = parameters.text('sort_prop') ?? '$last_seen';
  const asString = parameters.boolean('id_as_string', false);
  const convertTypes = parameters.boolean('convert_props_types', true);
  parameters.check();
  if (offset + limit > queryCap) {
    // `BadRequest`: chosen (section 6).
    throw new ApiError('BadRequest', `offset + limit must not exceed ${queryCap}`);
  }
  // An offset at or past the end gives an empty page, `total` is exact however large: chosen (section 6).
  const page = app.page({ filters: parameters.text('filters'), sortProp, sortOrder }, offset, limit);
  return {
    items: page.leads.map((lead) => ({
      id: idToJson(lead.id, asString),
      presence: `"${lead.presence}"`,
      props: writeProps(call, lead, convertTypes),
    })),
    write: (items) => `{"meta":{"status":200},"data":{"total":${page.total},"users":[${items.join(',')}]}}`,
  };
}

/** With `by_user_id` an unknown User ID *creates* a user (section 5); the app keeps a list of those. */
function findUser({ app, parameters, id }: Call): { lead: SampleLead; removed?: string } {
  if (parameters.boolean('by_user_id', false)) {
    return { lead: app.findOrCreateByUserId(id) };
  }
  const lead = app.record(id);
  const gone = app.goneLead(id);
  // A merged lead is still sent, with the date; a wiped one is not: chosen.
  const found = lead ?? gone?.lead;
  if (!found) {
    throw new ApiError('LookupError', `User ${id} not found`);
  }
  return { lead: found, removed: gone?.date };
}

/** `GET /users/{id}`, section 5. */
function getUser(call: Call): Answer {
  const { app, parameters, options } = call;
  const { lead, removed } = findUser(call);
  const now = app.now();
  const asString = parameters.boolean('id_as_string', false);
  const convertTypes = parameters.boolean('convert_props_types', true);
  const parts: Record<string, () => string> = {
    props_custom: () => propsToJson(details.customProps(lead.props), convertTypes),
    props_events: () => propsToJson(details.eventProps(lead.props), convertTypes),
    presence_details: () => details.presenceDetailsToJson(lead, now),
    events: () => details.eventsToJson(eventSummaries(lead), options.events === 'list', asString),
    segments: () => details.segmentsToJson(lead, now, asString),
    notes: () => details.notesToJson(leadNotes(lead, now), asString),
    tags: () => details.tagsToJson(lead, asString),
    email_status: () => details.emailStatusToJson(lead, now),
    timezone_offset: () => String(details.timezoneOffset(lead)),
  };
  const asked = Object.entries(parts).filter(([name]) => parameters.boolean(name, false));
  const props =
    options.userProps === 'system'
      ? propsToJson(details.systemProps(lead.props), convertTypes)
      : writeProps(call, lead, convertTypes);
  const item: ItemText = {
    id: idToJson(lead.id, asString),
    presence: `"${lead.presence}"`,
    props: parameters.boolean('props', true) ? props : undefined,
    more: {
      user_id: JSON.stringify(lead.props.$user_id ?? null),
      removed: JSON.stringify(removed ?? null),
      ...Object.fromEntries(asked.map(([name, write]) => [name, write()])),
    },
  };
  return { items: [item], write: (items) => `{"meta":{"status":200},"data":${items[0] ?? 'null'}}` };
}

/** A position is the pair of `created` and the event's id, as text so that no client can corrupt it: chosen. */
function readPosition(parameters: Parameters): { created: number; id: bigint } | undefined {
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
function listEvents(call: Call): Answer {
  const { parameters } = call;
  const { lead } = findUser(call);
  const count = parameters.whole('paginate_count', 20, 1, 50);
  const direction = parameters.oneOf('paginate_direction', 'before', ['before', 'after']);
  const position = readPosition(parameters);
  const asString = parameters.boolean('id_as_string', false);
  const propsAsString = parameters.boolean('props_as_string', false);
  parameters.check();
  const name = parameters.text('filter_name');
  const all = leadEvents(lead).filter((event) => !name || event.type.name === name);
  // Ids rise with time, so the id alone tells before from after.
  const onSide = all.filter(
    ({ id }) => !position || (direction === 'before' ? BigInt(id) < position.id : BigInt(id) > position.id),
  );
  const page = direction === 'before' ? onSide.slice(0, count) : onSide.slice(-count);
  const edge = page.length < onSide.length ? (direction === 'before' ? page.at(-1) : page[0]) : undefined;
  const next = edge ? `[${edge.created},"${edge.id}"]` : 'null';
  const texts = page.map((event) => details.eventToJson(event, lead, propsAsString, asString));
  return {
    items: [],
    write: () => `{"meta":{"status":200,"next_${direction}_position":${next}},"data":[${texts.join(',')}]}`,
  };
}

/** `GET /users/{id}/conversations`, section 5. */
function listConversations(call: Call): Answer {
  const { app, parameters } = call;
  const { lead } = findUser(call);
  const asString = parameters.boolean('id_as_string', false);
  const texts = leadConversations(lead, app.now()).map((one) => details.conversationToJson(one, asString));
  return { items: [], write: () => `{"meta":{"status":200},"data":[${texts.join(',')}]}` };
}

/** By collection and, where there is one, the part of the object. */
export const endpoints: Readonly<Record<string, (call: Call) => Answer>> = {
  'apps users': listUsers,
  users: getUser,
  'users events': listEvents,
  'users conversations': listConversations,
};
