import type { JsonValue } from '../dashly/json';
import type { Props } from '../dashly/lead';
import type { EventTotal } from '../dashly/leadDetails';
import { eventProperty } from '../leads/propertyTitle';
import { parseDate, shownUnixTime } from '../leads/propertyValue';
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
    if (part === 'count') events.set(id, { ...known, count: numberOf(value) });
    else events.set(id, withTime(known, part, typeof value === 'string' ? parseDate(value)?.time : undefined));
  }
  for (const { id, name, first, last, count } of totals ?? []) {
    const known = events.get(id);
    events.set(id, {
      id,
      name: name ? text(name) : `Event ${id}`,
      first: milliseconds(first) ?? known?.first,
      last: milliseconds(last) ?? known?.last,
      count: count ?? known?.count,
    });
  }
  return [...events.values()];
}

function withTime(event: ShownEvent, part: 'first' | 'last', time: number | undefined): ShownEvent {
  return part === 'first' ? { ...event, first: time } : { ...event, last: time };
}

/** The names of event types by their ids, as the details tell them. */
export function eventNames(totals: readonly EventTotal[] | undefined): ReadonlyMap<string, string> {
  return new Map((totals ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
}

/** Unix seconds in milliseconds; undefined for what is not a moment any calendar can name. */
export function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : shownUnixTime(seconds)?.time;
}

/** A count; sent as text when `convert_props_types` was false. */
function numberOf(value: JsonValue): number | undefined {
  const number = Number(typeof value === 'number' || typeof value === 'string' ? value : NaN);
  return Number.isFinite(number) ? number : undefined;
}
