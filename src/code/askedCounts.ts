import type { CurrentLeads } from '../leads/currentLeads';
import { type Disposable, Emitter } from '../leads/event';

/**
 * How many leads have a property, as far as somebody has asked: whenever the list shows those that have it, it knows. No
 * request is made for it.
 */
export class AskedCounts implements Disposable {
  private readonly changed = new Emitter();
  private readonly counts = new Map<string, number>();
  private readonly subscription: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly current: CurrentLeads) {
    this.subscription = current.onDidChange(() => this.look());
    this.look();
  }

  /** Undefined until it was asked for in this window. */
  of(property: string): number | undefined {
    return this.counts.get(this.keyOf(property));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private look(): void {
    const { list } = this.current;
    const [condition, ...others] = list?.query.filters?.filters ?? [];
    if (condition?.type !== 'known' || others.length > 0 || list?.query.presence || list?.total === undefined) return;
    const key = this.keyOf(condition.property_name);
    if (this.counts.get(key) === list.total) return;
    this.counts.set(key, list.total);
    this.changed.fire();
  }

  private keyOf(property: string): string {
    return `${this.current.connection?.key ?? ''} ${property}`;
  }
}
