import type { JsonValue } from '../dashly/json';
import type { Props } from '../dashly/lead';
import type { EventTotal } from '../dashly/leadDetails';
import { eventProperty } from '../leads/propertyTitle';
import { parseDate } from '../leads/propertyValue';
import type { ShownEvent } from './content';

/**
 * What the lead has done, out of the details where they are read, and out of the `$event_<id>_first|last|count`
 * properties of the list where not: then without real names.
 * @param text makes a text fit to be shown: an event's name may hold a contact
 */
export function cardEvents(
  totals: readonly EventTotal[] | undefined,
  props: Props,
  text: (text: string) => string,
): ShownEvent[] {
  const events = new Map<string, ShownEvent>();
  for (const [name, value] of Object.entries(props)) {
    const property = eventProperty(name);
    if (!property) continue;
    const { eventId: id, part } = property;
    const known = events.get(id) ?? { id, name: `Event ${id}` };
    const fact = part === 'count' ? numberOf(value) : typeof value === 'string' ? parseDate(value) : undefined;
    events.set(id, { ...known, [part]: fact });
  }
  for (const { id, name, first, last, count } of totals ?? []) {
    const known = events.get(id);
    events.set(id, {
      id,
      name: name ? text(name) : `Event ${id}`,
      first: first === undefined ? known?.first : first * 1000,
      last: last === undefined ? known?.last : last * 1000,
      count: count ?? known?.count,
    });
  }
  return [...events.values()];
}

/** The names of event types by their ids, as the details tell them. */
export function eventNames(totals: readonly EventTotal[] | undefined): ReadonlyMap<string, string> {
  return new Map((totals ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
}

/** A count; sent as text when `convert_props_types` was false. */
function numberOf(value: JsonValue): number | undefined {
  const number = Number(typeof value === 'number' || typeof value === 'string' ? value : NaN);
  return Number.isFinite(number) ? number : undefined;
}
