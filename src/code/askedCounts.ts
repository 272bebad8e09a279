import type { DashlyClient } from '../dashly/client';
import { condition, filtersOf } from '../dashly/conditions';
import { parseDate } from '../dashly/dates';
import type { CurrentLeads } from '../leads/currentLeads';
import { type Disposable, Emitter } from '../leads/event';
import { eventProperty } from '../leads/properties';

/** What the service has said of the leads that have a property. */
export interface AskedNumbers {
  /** How many have it. */
  readonly leads: number;
  /** Of an event: when it came last, in ms since 1970; undefined where that was not asked for, or nobody has it. */
  readonly last?: number;
}

/**
 * How many leads have a property, as far as somebody has asked: whenever the list shows those that have it, it knows, and
 * `ask` makes one request.
 */
export class AskedCounts implements Disposable {
  private readonly changed = new Emitter();
  /** Of each client: two apps that only their tokens tell apart have one key. */
  private readonly counts = new WeakMap<DashlyClient, Map<string, AskedNumbers>>();
  private readonly subscription: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly current: CurrentLeads) {
    this.subscription = current.onDidChange(() => this.look());
    this.look();
  }

  /** Undefined until it was asked for in this window. */
  of(property: string): AskedNumbers | undefined {
    const { connection } = this.current;
    return connection && this.counts.get(connection.client)?.get(property);
  }

  /**
   * Asks how many leads have the property, in one request; of the count of an event also when that came last, which the
   * lead tells who had it last.
   * @throws what the client throws
   */
  async ask(client: DashlyClient, property: string, signal: AbortSignal): Promise<void> {
    const event = eventProperty(property);
    const lastProperty = event && `$event_${event.eventId}_last`;
    const filters = filtersOf('and', [condition.none('known', property)]);
    const order = { sortProp: lastProperty, sortOrder: 'desc' } as const;
    const { total, leads } = await client.listLeads({ filters, ...order, offset: 0, limit: 1 }, signal);
    const last = lastProperty === undefined ? undefined : leads[0]?.props[lastProperty];
    this.keep(client, property, {
      leads: total,
      last: typeof last === 'string' ? parseDate(last)?.time : undefined,
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private look(): void {
    const { list, connection } = this.current;
    const [first, ...others] = list?.query.filters?.filters ?? [];
    if (!connection || first?.type !== 'known' || others.length > 0) return;
    if (list?.query.presence || list?.total === undefined) return;
    const known = this.of(first.property_name);
    if (known?.leads !== list.total) this.keep(connection.client, first.property_name, { ...known, leads: list.total });
  }

  private keep(client: DashlyClient, property: string, numbers: AskedNumbers): void {
    const counts = this.counts.get(client) ?? new Map<string, AskedNumbers>();
    this.counts.set(client, counts.set(property, numbers));
    this.changed.fire();
  }
}
