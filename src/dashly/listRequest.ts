import { pathStep } from './address';
import { conditionDate, minute } from './dates';
import type { JsonObject } from './json';
import { stringifyJson } from './jsonWriter';
import {
  type Condition,
  defaultTimeout,
  type Filters,
  type LeadsPageQuery,
  type LeadsQuery,
  maxPageSize,
} from './lead';

/** Where a page of an app's leads is (API.md, section 1). */
export const listEndpoint = '/apps/{id}/users';

/**
 * The parameters of `GET /apps/{id}/users` (API.md, section 1); undefined ones are not sent.
 * @param now ms since 1970, when the request is sent: dates become minutes ago from here
 */
export function listParams(
  { filters, sortProp, sortOrder, offset, limit, convertPropsTypes }: LeadsQuery & Partial<LeadsPageQuery>,
  now: number,
): Readonly<Record<string, string | undefined>> {
  return {
    filters: filters && stringifyJson(resolveDates(filters, now)),
    sort_prop: sortProp,
    sort_order: sortOrder,
    offset: offset?.toString(),
    limit: limit?.toString(),
    convert_props_types: convertPropsTypes === false ? 'false' : undefined,
    id_as_string: 'true',
  };
}

/**
 * A command line that asks the service for the first page of a query. The token stands in it as `$DASHLY_TOKEN`, which
 * the shell puts in; everything else is in single quotes, so that the shell reads neither `$self_app` nor a property's
 * name (API.md, section 1) nor text of a filter.
 * @param address of the service, without a slash at its end
 * @param now ms since 1970: dates become minutes ago from here
 */
export function curlCommand(address: string, app: string, query: LeadsQuery, now: number): string {
  const data = Object.entries(listParams({ ...query, limit: maxPageSize }, now)).flatMap(([name, value]) =>
    value === undefined ? [] : [`--data-urlencode ${shellQuoted(`${name}=${value}`)}`],
  );
  return [
    `curl --get ${shellQuoted(address + listEndpoint.replace('{id}', () => pathStep(app) ?? app))}`,
    '--header "Authorization: Token $DASHLY_TOKEN"',
    ...data,
  ].join(' \\\n  ');
}

/** One word for a POSIX shell. Nothing is special between single quotes but their end. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Conditions that only this client knows, and what the service is asked instead. */
const relativeTypes: Readonly<Record<string, string>> = {
  after: 'daysless',
  after_or_unknown: 'daysless_or_unknown',
  before: 'daysmore',
  before_or_unknown: 'daysmore_or_unknown',
};

/**
 * Filters as the service reads them: a date becomes so many minutes ago, because the service has no condition on dates
 * (API.md, section 4). It counts in whole minutes, so a bound is moved outwards by less than one: what is
 * asked for is never missing.
 * @param now ms since 1970, when the request is sent
 */
export function resolveDates({ type, filters }: Filters, now: number): JsonObject {
  return { type, filters: filters.map((condition) => resolveDate(condition, now)) };
}

function resolveDate({ type, property_name, value }: Condition, now: number): JsonObject {
  const relative = Object.hasOwn(relativeTypes, type) ? relativeTypes[type] : undefined;
  if (relative === undefined) return { type, property_name, value };
  const since = now - conditionDate(value.date, now);
  // The service counts from when the request has come, by a clock of its own: a bound on a whole minute would miss what is
  // right behind it.
  const whole = type.startsWith('after')
    ? Math.ceil((since + defaultTimeout) / minute)
    : Math.floor((since - defaultTimeout) / minute);
  return { type: relative, property_name, value: { value: Math.max(0, whole), unit: 'minutes' } };
}
