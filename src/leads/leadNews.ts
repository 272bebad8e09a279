import type { Lead } from '../dashly/lead';
import type { CurrentLeads } from './currentLeads';
import { Emitter, type Disposable } from './event';
import type { LeadList } from './leadList';

/** What is new about a lead: it was not among the leads before, or it came online. */
export type News = 'new' | 'online';

/** Which leads are new or came online since the list was read the time before, until somebody looks at them. */
export class LeadNews implements Disposable {
  private readonly changed = new Emitter();
  private readonly subscriptions: readonly Disposable[];
  private readonly marks = new Map<string, News>();
  /** Those of the marked leads that came since the rows were in sight. */
  private readonly unseenIds = new Set<string>();
  /** Whether the listeners know of every mark that was set or taken away. */
  private isTold = true;
  private list: LeadList | undefined;
  private leads: readonly Lead[] = [];
  private presences: ReadonlyMap<string, string> = new Map();

  readonly onDidChange = this.changed.event;

  constructor(private readonly current: CurrentLeads) {
    this.subscriptions = [current.onDidChange(() => this.compare())];
    this.compare();
  }

  /** How many leads have news that came since the rows were in sight. */
  get unseen(): number {
    return this.unseenIds.size;
  }

  of(id: string): News | undefined {
    return this.marks.get(id);
  }

  /** The rows are in sight: the leads keep their marks until somebody looks at them. */
  inSight(): void {
    this.unseenIds.clear();
  }

  /** Somebody looked at these leads, or at all. */
  seen(leads?: readonly Lead[]): void {
    for (const id of leads?.map((lead) => lead.id) ?? this.marks.keys()) this.unmark(id);
    this.tell();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private compare(): void {
    const { list } = this.current;
    if (list !== this.list) {
      this.list = list;
      this.remember(list?.leads ?? []);
      this.seen();
      return;
    }
    // A page that was appended brings leads nobody had read; only another reading of the same places can tell news.
    if (!list || list.leads === this.leads) return;
    const presences = new Map(this.leads.map((lead) => [lead.id, this.presences.get(lead.id) ?? lead.presence]));
    if (presences.size > 0) this.mark(list.leads, presences);
    this.remember(list.leads);
    this.tell();
  }

  private mark(leads: readonly Lead[], before: ReadonlyMap<string, string>): void {
    const loaded = new Set(leads.map(({ id }) => id));
    for (const id of this.marks.keys()) if (!loaded.has(id)) this.unmark(id);
    // Behind the last lead that was known come those that moved up because others were removed: they are not new.
    const lastKnown = leads.findLastIndex(({ id }) => before.has(id));
    for (const lead of leads.slice(0, lastKnown + 1)) {
      const presence = before.get(lead.id);
      if (presence === undefined) this.setMark(lead.id, 'new');
      else if (lead.presence === 'online' && presence !== 'online') this.setMark(lead.id, 'online');
      else if (lead.presence !== 'online' && this.marks.get(lead.id) === 'online') this.unmark(lead.id);
    }
  }

  private setMark(id: string, news: News): void {
    this.marks.set(id, news);
    this.unseenIds.add(id);
    this.isTold = false;
  }

  private unmark(id: string): void {
    this.unseenIds.delete(id);
    if (this.marks.delete(id)) this.isTold = false;
  }

  private tell(): void {
    if (this.isTold) return;
    this.isTold = true;
    this.changed.fire();
  }

  private remember(leads: readonly Lead[]): void {
    this.leads = leads;
    this.presences = new Map(leads.map(({ id, presence }) => [id, presence]));
  }
}
