import type { JsonValue } from '../../../src/dashly/json';
import type { Lead, LeadsPage, LeadsPageQuery } from '../../../src/dashly/lead';
import type { LeadList } from '../../../src/leads/leadList';
import type { LeadSource } from '../../../src/leads/pageReader';

/** A lead as the client would have decoded it. */
export function leadOf(id: string | number, props: Record<string, JsonValue> = {}, presence = 'offline'): Lead {
  return { id: String(id), presence, props, record: { id: String(id), presence, props } };
}

/** A service in memory: sorted by one property, paged by offset, changed between the requests as a test likes. */
export class LeadsModel implements LeadSource {
  readonly values = new Map<string, number | undefined>();
  readonly requests: LeadsPageQuery[] = [];
  /** Called before each answer is made, with the number of the request from 0. May throw or wait. */
  beforeAnswer: (request: number) => void | Promise<void> = () => undefined;
  /** Changes an answer on its way. */
  spoil: (page: LeadsPage) => LeadsPage = (page) => page;
  concurrency = 4;
  private lastId = 0;

  constructor(
    readonly sortOrder: 'asc' | 'desc' = 'desc',
    readonly cap = 10_000,
    readonly maxPage = 50,
  ) {}

  add(value: number | undefined): string {
    const id = String(++this.lastId);
    this.values.set(id, value);
    return id;
  }

  /** All ids in the order of the list: leads without the value last in both orders, ties by id (API.md, section 6). */
  ids(): string[] {
    const sign = this.sortOrder === 'desc' ? -1 : 1;
    return [...this.values]
      .sort(([idA, a], [idB, b]) => {
        if (a === b) {
          return Number(idA) - Number(idB);
        }
        return a === undefined ? 1 : b === undefined ? -1 : sign * (a - b);
      })
      .map(([id]) => id);
  }

  async listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    const request = this.requests.push(query) - 1;
    if (query.offset < 0 || query.limit < 1 || query.limit > this.maxPage || query.offset + query.limit > this.cap) {
      throw new Error(`The service refuses offset ${query.offset}, limit ${query.limit}`);
    }
    await this.beforeAnswer(request);
    signal.throwIfAborted();
    const leads = this.ids()
      .slice(query.offset, query.offset + query.limit)
      .map((id) => {
        const value = this.values.get(id);
        return leadOf(id, value === undefined ? {} : { $last_seen: value });
      });
    return this.spoil({ total: this.values.size, leads, received: leads.length, skipped: [] });
  }
}

/** A model with `count` leads, the last added at the top. */
export function modelOf(count: number, cap = 10_000): LeadsModel {
  const model = new LeadsModel('desc', cap);
  for (let value = 1; value <= count; value++) {
    model.add(value);
  }
  return model;
}

export function idsOf(list: LeadList): string[] {
  return list.leads.map((lead) => lead.id);
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

/** A source whose answers a test gives by hand. */
export class HeldAnswers {
  concurrency = 4;
  readonly held: { readonly signal: AbortSignal; answer: () => void; fail: (error: Error) => void }[] = [];

  constructor(private readonly model: LeadsModel) {}

  listLeads(query: Parameters<LeadsModel['listLeads']>[0], signal: AbortSignal): Promise<LeadsPage> {
    return new Promise((resolve, reject) => {
      // A source that pays no attention to the signal is the worst case.
      const answer = (): void => resolve(this.model.listLeads(query, never()));
      this.held.push({ signal, answer, fail: reject });
    });
  }
}
