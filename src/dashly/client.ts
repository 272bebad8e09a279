import type { AxiosAdapter } from 'axios';
import type { Clock } from './clock';
import type { Filters, LeadsPage, LeadsPageQuery } from './lead';
import type { LeadConversations } from './leadConversations';
import type { LeadDetails } from './leadDetails';
import type { EventsPage, LeadEventsQuery } from './leadEvents';
import type { RequestPriority, RequestQueue } from './requestQueue';

export interface DashlyClientOptions {
  /** Where the service is: `https://api.dashly.app`; a path in front of the service's own is kept. */
  readonly address: string;
  /** App id, or `$self_app`. */
  readonly app: string;
  /** Goes into the `Authorization` header of requests to `address`, and nowhere else. */
  readonly token: string;
  /** Answers in place of the network: the sample app's. */
  readonly adapter?: AxiosAdapter;
  /** Shared by all clients of the extension; without it, a queue of its own. */
  readonly queue?: RequestQueue;
  /** Gets one line for each request and each retry, without token or contact data. */
  readonly log?: (line: string) => void;
  /** How long one answer is waited for, in ms. */
  readonly timeout?: number;
  readonly clock?: Clock;
  /** 0 ≤ x < 1 */
  readonly random?: () => number;
}

/** Asks the service about one app. Every method rejects with a `DashlyError`; an aborted one of the kind `cancelled`. */
export class DashlyClient {
  readonly app: string;
  readonly address: string;

  constructor(options: DashlyClientOptions) {
    this.app = options.app;
    this.address = options.address;
  }

  /** One page of the app's leads. */
  listLeads(_query: LeadsPageQuery, _signal: AbortSignal, _priority?: RequestPriority): Promise<LeadsPage> {
    return Promise.reject(new Error('Being written'));
  }

  /** How many leads satisfy the filters; all of the app's without. */
  countLeads(_filters: Filters | undefined, _signal: AbortSignal, _priority?: RequestPriority): Promise<number> {
    return Promise.reject(new Error('Being written'));
  }

  /** Everything known about one lead, except its single events and conversations. */
  getLead(_id: string, _signal: AbortSignal): Promise<LeadDetails> {
    return Promise.reject(new Error('Being written'));
  }

  /** What a lead did, newest first, page by page. */
  getLeadEvents(_id: string, _query: LeadEventsQuery, _signal: AbortSignal): Promise<EventsPage> {
    return Promise.reject(new Error('Being written'));
  }

  /** The conversations of a lead. */
  getLeadConversations(_id: string, _signal: AbortSignal): Promise<LeadConversations> {
    return Promise.reject(new Error('Being written'));
  }
}
