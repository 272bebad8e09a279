import { DashlyError } from '../../../src/dashly/errors';
import type { Condition, Filters, Lead, LeadsPage, LeadsPageQuery, LeadsQuery } from '../../../src/dashly/lead';
import { Emitter } from '../../../src/leads/event';
import type { SearchedLeads, SearchedService } from '../../../src/search/textSearch';

export function lead(id: string, props: Lead['props'] = {}): Lead {
  return { id, presence: 'offline', props, record: { id, presence: 'offline', props: { ...props } } };
}

/** One request that a `Service` got. */
export interface Asked {
  readonly what: string;
  readonly signal: AbortSignal;
}

/** The service's side of a search over leads in memory, answering after a delay. */
export class Service implements SearchedService {
  readonly asked: Asked[] = [];
  /** How long the next answer takes, in ms. */
  delay: () => number = () => 100;
  /** Rejects the next answers with what it gives. */
  fault: (() => Error) | undefined;

  appId: string | undefined = '8123';
  /** The leads of conversations by the conversations' ids. */
  readonly conversations = new Map<string, string>();
  /** The ids of leads that were merged into others. */
  readonly merged = new Set<string>();

  constructor(readonly leads: readonly Lead[]) {}

  listLeads({ filters, offset, limit }: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    return this.answer(`${JSON.stringify(filters)} ${offset}`, signal, () => {
      const found = this.leads.filter((one) => satisfies(one, filters));
      const leads = found.slice(offset, offset + limit);
      return { total: found.length, leads, received: leads.length, skipped: [] };
    });
  }

  getLead(id: string, signal: AbortSignal): Promise<{ lead: Lead; removed?: string }> {
    return this.answer(`id ${id}`, signal, () => {
      const found = this.leads.find((one) => one.id === id);
      if (!found) throw new DashlyError('notFound');
      return { lead: found, removed: this.merged.has(id) ? '2026-01-01T00:00:00' : undefined };
    });
  }

  getConversationLead(id: string, signal: AbortSignal): Promise<string | undefined> {
    return this.answer(`conversation ${id}`, signal, () => {
      if (!this.conversations.has(id)) throw new DashlyError('notFound');
      return this.conversations.get(id);
    });
  }

  /** As of the service: the User ID is not among the properties that a list has. */
  findByUserId(userId: string, signal: AbortSignal): Promise<string | undefined> {
    return this.answer(`User ID ${userId}`, signal, () => {
      const found = this.leads.find(({ record }) => record.user_id === userId);
      if (!found) throw new DashlyError('notFound');
      return found.id;
    });
  }

  private answer<T>(what: string, signal: AbortSignal, make: () => T): Promise<T> {
    this.asked.push({ what, signal });
    const { fault } = this;
    return new Promise<T>((resolve, reject) => {
      // Answers come although the request was aborted: the worst a transport can do.
      setTimeout(() => {
        try {
          if (fault) throw fault();
          resolve(make());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }, this.delay());
    });
  }
}

/** The leads that are searched, with nothing of VS Code. */
export class Searched implements SearchedLeads {
  private readonly listChanged = new Emitter<unknown>();
  private readonly changed = new Emitter();
  connection: SearchedLeads['connection'];
  query: LeadsQuery = {};
  list: { leads: readonly Lead[] } | undefined = { leads: [] };
  readonly onDidChangeList = this.listChanged.event;
  readonly onDidChange = this.changed.event;

  constructor(service: Service, key = 'one', loaded: readonly Lead[] = []) {
    this.connection = { key, client: service };
    this.list = { leads: loaded };
  }

  find(id: string): Lead | undefined {
    return this.list?.leads.find((one) => one.id === id);
  }

  load(leads: readonly Lead[]): void {
    this.list = { leads };
    this.changed.fire();
  }

  look(query: LeadsQuery): void {
    this.query = query;
    this.listChanged.fire(undefined);
    this.changed.fire();
  }

  connect(service: Service | undefined, key = 'two', loaded: readonly Lead[] = []): void {
    this.connection = service && { key, client: service };
    this.list = { leads: loaded };
    this.listChanged.fire(undefined);
    this.changed.fire();
  }
}

/** Section 4 of API.md, as far as a search uses it. */
function satisfies({ props }: Lead, filters: Filters | undefined): boolean {
  const holds = ({ type, property_name, value }: Condition): boolean => {
    const sent = props[property_name];
    if (type === 'known') return sent !== undefined;
    if (type === 'unknown') return sent === undefined;
    if (type !== 'str_contains') throw new Error(`not modelled: ${type}`);
    return (
      typeof sent === 'string' &&
      typeof value.value === 'string' &&
      sent.toLowerCase().includes(value.value.toLowerCase())
    );
  };
  if (!filters || filters.filters.length === 0) return true;
  return filters.type === 'and' ? filters.filters.every(holds) : filters.filters.some(holds);
}
