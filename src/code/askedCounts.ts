import type { CurrentLeads } from '../leads/currentLeads';
import { type Disposable, Emitter } from '../leads/event';

/**
 * How many leads have a property, as far as somebody has asked: whenever the list shows those that have it, it knows. No
 * request is made for it.
 */
export class AskedCounts implements Disposable {
  private readonly changed = new Emitter();
  /** Of each client: two apps that only their tokens tell apart have one key. */
  private readonly counts = new WeakMap<object, Map<string, number>>();
  private readonly subscription: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly current: CurrentLeads) {
    this.subscription = current.onDidChange(() => this.look());
    this.look();
  }

  /** Undefined until it was asked for in this window. */
  of(property: string): number | undefined {
    const { connection } = this.current;
    return connection && this.counts.get(connection.client)?.get(property);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private look(): void {
    const { list, connection } = this.current;
    const [condition, ...others] = list?.query.filters?.filters ?? [];
    if (!connection || condition?.type !== 'known' || others.length > 0) return;
    if (list?.query.presence || list?.total === undefined) return;
    const counts = this.counts.get(connection.client) ?? new Map<string, number>();
    this.counts.set(connection.client, counts);
    if (counts.get(condition.property_name) === list.total) return;
    counts.set(condition.property_name, list.total);
    this.changed.fire();
  }
}
