import * as l10n from '@vscode/l10n';
import { parseDate } from '../dashly/dates';
import { decodeNumber } from '../dashly/decode';
import type { Props } from '../dashly/lead';
import type { EventTotal } from '../dashly/leadDetails';
import { parseUnixTime } from '../leads/dates';
import { type EventNames, eventProperty } from '../leads/properties';
import type { CardFacts } from './facts';
import type { EventHistory } from './leadRequests';
import type { ShownEvent, ShownHistory } from './shownCard';

/**
 * What the lead has done, out of the details where they are read, and out of the `$event_<id>_first|last|count`
 * properties of the list where not.
 * @param names of event types by their ids, as far as they are known
 */
export function cardEvents(
  totals: readonly EventTotal[] | undefined,
  props: Props,
  names: EventNames,
  facts: CardFacts,
): ShownEvent[] {
  const events = new Map<string, ShownEvent>();
  for (const [name, value] of Object.entries(props)) {
    const property = eventProperty(name);
    if (!property) continue;
    const { eventId: id, part } = property;
    const known = events.get(id) ?? { id, name: eventName(id, names.get(id) ?? '', facts) };
    const shown =
      part === 'count' ? decodeNumber(value) : typeof value === 'string' ? parseDate(value)?.time : undefined;
    events.set(id, { ...known, [part]: shown });
  }
  for (const { id, first, last, count } of totals ?? []) {
    const known = events.get(id);
    events.set(id, {
      id,
      name: eventName(id, names.get(id) ?? '', facts),
      first: milliseconds(first) ?? known?.first,
      last: milliseconds(last) ?? known?.last,
      count: count ?? known?.count,
    });
  }
  return [...events.values()];
}

/** The names of event types by their ids, as the details tell them. */
export function eventNames(totals: readonly EventTotal[] | undefined): EventNames {
  return new Map((totals ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
}

/** What happened one by one, as far as it was asked for. */
export function cardHistory(
  { state, value, error, only }: EventHistory,
  facts: CardFacts,
  sentence: (error: unknown) => string,
): ShownHistory {
  const { items = [], next = null, arrived } = value ?? {};
  return {
    state,
    only: only === undefined ? undefined : facts.text(only),
    occurrences: items.map(({ id, typeId, name, created, props }) => ({
      id,
      name: eventName(typeId, name, facts),
      time: milliseconds(created),
      facts: facts.fields(`event:${id}.`, props, { by: 'site' }),
      arrived: arrived?.has(id) ?? false,
    })),
    more: next !== null,
    message: state === 'failed' ? sentence(error) : undefined,
  };
}

/** @param name of the event type; empty when it is not known. It may hold a contact. */
function eventName(typeId: string, name: string, facts: CardFacts): string {
  return name === '' ? l10n.t('Event {0}', typeId) : facts.text(name);
}

/** Unix seconds in milliseconds; undefined for what is not a moment any calendar can name. */
function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : parseUnixTime(seconds)?.time;
}
