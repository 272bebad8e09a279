import type { AxiosAdapter } from 'axios';
import { resolveDates } from './listRequest';
import { pathStep, ServiceAddress } from './address';
import { systemClock, type Clock } from './clock';
import { readEnvelope, type Envelope } from './envelope';
import { DashlyError } from './errors';
import { get } from './http';
import { stringifyJson } from './json';
import type { Filters, LeadsPage, LeadsPageQuery } from './lead';
import { decodeConversations, type LeadConversations } from './leadDetails';
import { decodeLeadsPage } from './lead';
import { decodeLeadDetails, detailParts, type LeadDetails } from './leadDetails';
import { decodeEventsPage, type EventsPage, type LeadEventsQuery } from './leadDetails';
import { defaultTimeout } from './lead';
import { RequestQueue, type RequestPriority } from './requestQueue';
import { withRetries } from './retry';

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

/** A request to the service. */
interface Call {
  readonly path: readonly string[];
  /** Made for each attempt: what is counted back from now must not be as old as the first one. */
  readonly params: () => Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly priority?: RequestPriority;
}

/**
 * Asks the service about one app. Every method rejects with a `DashlyError`; with one of the kind `cancelled`, and at
 * once, when its signal is aborted.
 */
export class DashlyClient {
  readonly app: string;
  readonly address: string;
  private readonly service: ServiceAddress;
  private readonly clock: Clock;
  private readonly queue: RequestQueue;

  /** @throws TypeError for an address that a token must not be sent to */
  constructor(private readonly options: DashlyClientOptions) {
    this.app = options.app;
    this.address = options.address;
    this.service = new ServiceAddress(options.address);
    this.clock = options.clock ?? systemClock;
    this.queue = options.queue ?? new RequestQueue(undefined, this.clock);
  }

  /** One page of the app's leads (`GET /apps/{id}/users`, section 1 of API.md). */
  listLeads(query: LeadsPageQuery, signal: AbortSignal, priority?: RequestPriority): Promise<LeadsPage> {
    const { filters, sortProp, sortOrder, offset, limit, convertPropsTypes } = query;
    const params = () => ({
      filters: filters && stringifyJson(resolveDates(filters, this.clock.now())),
      sort_prop: sortProp,
      sort_order: sortOrder,
      offset: String(offset),
      limit: String(limit),
      convert_props_types: convertPropsTypes === false ? 'false' : undefined,
      id_as_string: 'true',
    });
    return this.ask({ path: ['apps', this.app, 'users'], params, signal, priority }, ({ data }) =>
      decodeLeadsPage(data),
    );
  }

  /** How many leads satisfy the filters; all of the app's without. */
  async countLeads(filters: Filters | undefined, signal: AbortSignal, priority?: RequestPriority): Promise<number> {
    return (await this.listLeads({ filters, offset: 0, limit: 1 }, signal, priority)).total;
  }

  /** Everything known about one lead, except its single events and conversations (`GET /users/{id}`, section 5). */
  getLead(id: string, signal: AbortSignal, priority?: RequestPriority): Promise<LeadDetails> {
    const params = {
      ...Object.fromEntries(detailParts.map((part) => [part, 'true'])),
      app: this.app,
      id_as_string: 'true',
    };
    return this.ask({ path: ['users', id], params: () => params, signal, priority }, ({ data }) =>
      decodeLeadDetails(data, id),
    );
  }

  /** What a lead did, newest first, page by page (`GET /users/{id}/events`, section 5). */
  getLeadEvents(
    id: string,
    query: LeadEventsQuery,
    signal: AbortSignal,
    priority?: RequestPriority,
  ): Promise<EventsPage> {
    const params = {
      paginate_position: query.before === undefined ? undefined : stringifyJson(query.before),
      paginate_count: query.limit === undefined ? undefined : String(query.limit),
      app: this.app,
      id_as_string: 'true',
    };
    return this.ask({ path: ['users', id, 'events'], params: () => params, signal, priority }, ({ data, meta }) =>
      decodeEventsPage(data, meta),
    );
  }

  /** The conversations of a lead (`GET /users/{id}/conversations`, section 5). */
  getLeadConversations(id: string, signal: AbortSignal, priority?: RequestPriority): Promise<LeadConversations> {
    const params = { app: this.app, id_as_string: 'true' };
    return this.ask(
      { path: ['users', id, 'conversations'], params: () => params, signal, priority },
      ({ data, meta }) => decodeConversations(data, meta),
    );
  }

  /** Sends a request, again where that may help, and decodes the answer. */
  private async ask<T>(call: Call, decode: (envelope: Envelope) => T | undefined): Promise<T> {
    const { signal, priority } = call;
    const title = `GET /${call.path.join('/')}`;
    const attempt = async (): Promise<T> => {
      try {
        return await this.attempt(call, title, decode);
      } catch (error) {
        // Before this request gives its place in the queue to the next one.
        if (error instanceof DashlyError && error.kind === 'tooManyRequests')
          this.queue.slowDown(error.retryAfter ?? 0);
        throw error;
      }
    };
    try {
      return await withRetries(() => this.queue.run(attempt, signal, priority), {
        signal,
        clock: this.clock,
        random: this.options.random ?? Math.random,
        onRetry: (error, wait) => {
          if (error.kind === 'tooManyRequests') this.queue.slowDown(wait);
          this.options.log?.(`${title}: ${error.kind}, again in ${Math.round(wait)} ms`);
        },
      });
    } catch (error) {
      if (signal.aborted && !(error instanceof DashlyError)) throw new DashlyError('cancelled', { detail: title });
      throw error;
    }
  }

  private async attempt<T>(call: Call, title: string, decode: (envelope: Envelope) => T | undefined): Promise<T> {
    const steps = call.path.map(pathStep);
    if (steps.includes(undefined)) throw new DashlyError('wrongPath', { detail: title });
    const started = this.clock.now();
    const answer = await get({
      url: this.service.url(`/${steps.join('/')}`, call.params()),
      title,
      token: this.options.token,
      signal: call.signal,
      timeout: this.options.timeout ?? defaultTimeout,
      adapter: this.options.adapter,
    });
    this.options.log?.(
      `${title}: ${answer.status}, ${answer.text.length} characters, ${this.clock.now() - started} ms`,
    );
    const decoded = decode(readEnvelope(answer, title, this.clock.now()));
    if (decoded === undefined) throw new DashlyError('shape', { status: answer.status, detail: title });
    return decoded;
  }
}
