import { isJsonObject, type JsonObject, type JsonValue } from '../../src/dashly/json';
import type { Filter, Matcher } from '../../src/sample/matcher';
import { fault, type Fault } from './faults';

/*
 * Section 6 of API.md lists what no source settles and what the sample API chooses. Here is the other answer to each
 * question that could break a client: faults that are switched on for good, and filters with another meaning.
 */

const usualProps = ['$name', '$email', '$phone', '$user_id', '$last_seen', '$last_contacted', '$sessions', '$city'];

const eachItem = (edit: (item: JsonObject) => JsonObject): Fault =>
  fault.items((items) => items.map((item) => (isJsonObject(item) ? edit(item) : item)));

const editedProps = (edit: (props: JsonObject) => JsonObject): Fault =>
  eachItem((item) => (isJsonObject(item.props) ? { ...item, props: edit(item.props) } : item));

const editedData = (edit: (data: JsonObject) => JsonValue): Fault =>
  fault.edited((body) => (isJsonObject(body) && isJsonObject(body.data) ? { ...body, data: edit(body.data) } : body));

export const otherChoice = {
  /** The usual properties that a lead does not have are sent as null. */
  unsetPropsAreNull: (): Fault =>
    editedProps((props) => ({ ...Object.fromEntries(usualProps.map((name) => [name, null])), ...props })),
  /** Custom properties are in `props_custom` only. */
  systemPropsOnly: (): Fault =>
    editedProps((props) => Object.fromEntries(Object.entries(props).filter(([name]) => name.startsWith('$')))),
  /** `GET /users/{id}` sends `events` as the list of older documentation. */
  eventsAsList: (): Fault =>
    editedData((user) => (isJsonObject(user.events) ? { ...user, events: Object.values(user.events) } : user)),
  /** A bad token is answered as the old documentation says; for requests whose token is known to be bad. */
  badTokenIsForbidden: (): Fault => fault.error('AuthenticationFailed', 'Invalid token'),
  /** `total` counts no further than what one query can read. */
  totalStopsAt: (most: number): Fault =>
    editedData((data) => (typeof data.total === 'number' ? { ...data, total: Math.min(data.total, most) } : data)),
  /** An offset at or past the end is refused. */
  pastEndIsRefused: (): Fault => async (request, answer) => {
    const response = await answer();
    const { data } = (await response.clone().json()) as { data: { total?: number } };
    const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0);
    return data.total !== undefined && offset > 0 && offset >= data.total
      ? fault.error('BadRequest', 'offset is past the end')(request, answer)
      : response;
  },
  /** `activeusers` has its visitors in an object; no cursor. */
  activeUsersInObject: (): Fault =>
    fault.edited((body) =>
      isJsonObject(body) && Array.isArray(body.data) ? { meta: { status: 200 }, data: { users: body.data } } : body,
    ),
  /** `%24self_app` is another app than `$self_app`. */
  encodedSelfAppIsRefused: (): Fault => (request, answer) =>
    request.url.includes('%24self_app') ? fault.error('PermissionDeniedError')(request, answer) : answer(),
  /** A trailing slash is another path. */
  trailingSlashIsRefused: (): Fault => (request, answer) =>
    new URL(request.url).pathname.endsWith('/') ? fault.error('Error404', 'No such method')(request, answer) : answer(),
} as const;

const eachMatcher = (change: (matcher: Matcher) => Matcher['matches']): ((filter: Filter) => Filter) => {
  return ({ every, matchers }) => ({
    every,
    matchers: matchers.map((matcher) => ({ ...matcher, matches: change(matcher) })),
  });
};

/** What conditions mean; to be given to a `TestApp` as `changeFilter`. */
export const otherFilters = {
  /** `neq`, `str_neq`, `str_notcontains` and `bool_false` match only leads that have the property. */
  negationsWantTheProperty: eachMatcher(({ type, matches }) =>
    ['neq', 'str_neq', 'str_notcontains', 'bool_false'].includes(type)
      ? (value, now) => value !== undefined && matches(value, now)
      : matches,
  ),
  /** A date exactly on the bound is inside. */
  dateBoundsAreInside: eachMatcher(({ type, matches }) => {
    // Dates are whole seconds: a millisecond nearer is what “or equal” means.
    const nearer = type.startsWith('daysless') ? 1 : type.startsWith('daysmore') ? -1 : 0;
    return (value, now) => matches(typeof value === 'number' ? value + nearer : value, now);
  }),
} as const;
