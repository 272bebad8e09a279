import { resolveDates } from '../dashly/listRequest';
import { stringifyJson } from '../dashly/json';
import type { LeadsQuery } from '../dashly/lead';
import { maxPageSize } from '../dashly/lead';

/**
 * A command line that asks the service for the first page of a query. The token stands in it as `$DASHLY_TOKEN`, which
 * the shell puts in; everything else is in single quotes, so that the shell reads neither `$self_app` nor a property's
 * name (section 1 of API.md) nor text of a filter.
 * @param address of the service, without a slash at its end
 * @param now ms since 1970: dates become minutes ago from here
 */
export function curlCommand(address: string, app: string, query: LeadsQuery, now: number): string {
  const { filters, sortProp, sortOrder } = query;
  const params = {
    filters: filters && stringifyJson(resolveDates(filters, now)),
    sort_prop: sortProp,
    sort_order: sortOrder,
    limit: String(maxPageSize),
    id_as_string: 'true',
  };
  const data = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [`--data-urlencode ${quoted(`${name}=${value}`)}`],
  );
  return [
    `curl --get ${quoted(`${address}/apps/${app}/users`)}`,
    '--header "Authorization: Token $DASHLY_TOKEN"',
    ...data,
  ].join(' \\\n  ');
}

/** One word for a POSIX shell. Nothing is special between single quotes but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
