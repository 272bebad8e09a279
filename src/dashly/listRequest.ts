import { pathStep } from './address';
import { conditionDate, minute, today } from './dates';
import type { JsonObject } from './json';
import { stringifyJson } from './jsonWriter';
import { type Condition, type Filters, type LeadsPageQuery, type LeadsQuery, maxPageSize } from './lead';

/** Where a page of an app's leads is (API.md, section 1). */
export const listEndpoint = '/apps/{id}/users';

/** What a request depends on besides what is asked for: dates in its filters are resolved by when and from where it is sent. */
export interface Sending {
  /** ms since 1970 */
  readonly now: number;
  /** How much later the service may count from, in ms: the time after which the request is given up. */
  readonly within: number;
  /** IANA name of the zone whose midnight `today` is; this machine's own when left out. */
  readonly timeZone?: string;
  /** Whether values come as numbers, truth values and lists; when false, as the texts that the service stores. */
  readonly convertPropsTypes?: boolean;
}

/** The parameter that says how the service gives the values of properties; not sent where it is the service's default. */
export function typesParam(convertPropsTypes: boolean | undefined): { readonly convert_props_types?: string } {
  return convertPropsTypes === false ? { convert_props_types: 'false' } : {};
}

/** The parameters of `GET /apps/{id}/users` (API.md, section 1); undefined ones are not sent. */
export function listParams(
  { filters, sortProp, sortOrder, offset, limit }: LeadsQuery & Partial<LeadsPageQuery>,
  sending: Sending,
): Readonly<Record<string, string | undefined>> {
  const resolved = filters && resolveDates(filters, sending);
  return {
    filters: resolved && stringifyJson(resolved),
    sort_prop: sortProp,
    sort_order: sortOrder,
    offset: offset?.toString(),
    limit: limit?.toString(),
    ...typesParam(sending.convertPropsTypes),
    id_as_string: 'true',
  };
}

/**
 * A command line that asks the service for the first page of a query. The token stands in it as `$DASHLY_TOKEN`, which
 * the shell puts in; everything else is in single quotes, so that the shell reads neither `$self_app` nor a property's
 * name (API.md, section 1) nor text of a filter.
 * @param address of the service, without a slash at its end
 */
export function curlCommand(address: string, app: string, query: LeadsQuery, sending: Sending): string {
  const data = Object.entries(listParams({ ...query, limit: maxPageSize }, sending)).flatMap(([name, value]) =>
    // eslint-disable-next-line no-restricted-syntax -- a command line
    value === undefined ? [] : [`--data-urlencode ${shellQuoted(`${name}=${value}`)}`],
  );
  return [
    // eslint-disable-next-line no-restricted-syntax -- a command line
    `curl --get ${shellQuoted(address + listEndpoint.replace('{id}', () => pathStep(app) ?? app))}`,
    // eslint-disable-next-line no-restricted-syntax -- a command line
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
 * (API.md, section 4). It counts whole minutes from when the request has come, which is up to `within` later than it was
 * sent. So each bound lies up to that and a minute further out than the date: what is asked for is never missing, and a
 * little of what is right beside it comes with it. A date that is still to come cannot be asked for: in place of what is
 * after it comes all that is after now, and in place of what is before it all that has a date.
 * @returns undefined when every lead satisfies them
 */
export function resolveDates({ type, filters }: Filters, sending: Sending): JsonObject | undefined {
  const resolved = filters.map((condition) => resolveDate(condition, sending));
  const asked = resolved.filter((condition) => condition !== undefined);
  const asksNothing = type === 'or' ? asked.length < resolved.length : asked.length === 0 && resolved.length > 0;
  return asksNothing ? undefined : { type, filters: asked };
}

/** @returns undefined when every lead satisfies it */
function resolveDate(
  { type, property_name, value }: Condition,
  { now, within, timeZone }: Sending,
): JsonObject | undefined {
  const relative = Object.hasOwn(relativeTypes, type) ? relativeTypes[type] : undefined;
  if (relative === undefined) return { type, property_name, value };
  const since = now - conditionDate(value.date, now, timeZone);
  if (type.startsWith('after')) {
    const minutes = Math.max(0, Math.ceil((since + within) / minute));
    return { type: relative, property_name, value: { value: minutes, unit: 'minutes' } };
  }
  const minutes = Math.floor((since - within) / minute);
  if (minutes >= 0) return { type: relative, property_name, value: { value: minutes, unit: 'minutes' } };
  return type === 'before' ? { type: 'known', property_name, value: {} } : undefined;
}

/**
 * The same query with the moment in the place of `today`: for a reading that may last over midnight or go on another day,
 * and must ask for the same leads all the time.
 * @param timeZone as in `Sending`
 */
export function withFixedDates(query: LeadsQuery, now: number, timeZone?: string): LeadsQuery {
  const { filters } = query;
  if (!filters?.filters.some(isToday)) return query;
  const date = new Date(conditionDate(today, now, timeZone)).toISOString();
  const fixed = filters.filters.map((condition) =>
    isToday(condition) ? { ...condition, value: { date } } : condition,
  );
  return { ...query, filters: { ...filters, filters: fixed } };
}

function isToday({ type, value }: Condition): boolean {
  return Object.hasOwn(relativeTypes, type) && value.date === today;
}
