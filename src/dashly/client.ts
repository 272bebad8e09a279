import type { AxiosAdapter } from 'axios';
import { decodeActiveUsers, type Visitor } from './activeUsers';
import { ownApp, pathStep, ServiceAddress } from './address';
import { type ConversationPart, decodeConversationLead, decodePartsPage } from './conversation';
import { type CursorPage, cursorParams, type CursorQuery } from './cursorPage';
import { readEnvelope, type Envelope } from './envelope';
import { DashlyError } from './errors';
import { get } from './http';
import { decodeLeadsPage, defaultTimeout, type Filters, type LeadsPage, type LeadsPageQuery } from './lead';
import {
  decodeConversations,
  decodeEventsLead,
  decodeEventsPage,
  decodeLeadDetails,
  detailParts,
  type LeadConversations,
  type LeadDetails,
  type LeadEvent,
} from './leadDetails';
import { listEndpoint, listParams, typesParam } from './listRequest';
import { RequestQueue, type RequestPriority } from './requestQueue';
import { withRetries } from './retry';
import { tokenEraser } from './tokenEraser';

export { prepareFetch } from './fetchAdapter';
export { loadAxios } from './http';

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
  /** Gets one line for each request and each retry, without the token and whatever may be a contact. */
  readonly log?: (line: string) => void;
  /** How long one answer is waited for, in ms; asked for each request. */
  readonly timeout?: () => number;
  /** The zone whose midnight `today` in a filter is, as an IANA name; this machine's own when left out or undefined. */
  readonly timeZone?: () => string | undefined;
  /** Whether values of properties come as numbers, truth values and lists; true when left out; asked for each request. */
  readonly convertPropsTypes?: () => boolean;
  /** 0 ≤ x < 1 */
  readonly random?: () => number;
}

/** A request to the service. */
interface Call {
  /** Under `/`, with `{id}` in the place of the id. All that the log gets: an id may be a phone number that was searched. */
  readonly endpoint: string;
  readonly id: string;
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
  private readonly queue: RequestQueue;
  private readonly withoutToken: (text: string) => string;

  /** @throws TypeError for an address that a token must not be sent to */
  constructor(private readonly options: DashlyClientOptions) {
    this.app = options.app;
    this.address = options.address;
    this.service = new ServiceAddress(options.address);
    this.queue = options.queue ?? new RequestQueue();
    this.withoutToken = tokenEraser(options.token);
  }

  private get timeout(): number {
    return this.options.timeout?.() ?? defaultTimeout;
  }

  /** The app's id; of `$self_app` what the token says (API.md, section 2), undefined where that says nothing. */
  get appId(): string | undefined {
    return this.app === ownApp ? /^app\.([^.]+)\./.exec(this.options.token)?.[1] : this.app;
  }

  /** How many requests may be under way at the same time now: fewer than allowed after the service had too many. */
  get concurrency(): number {
    return this.queue.currentLimit;
  }

  /** Until when no request is sent, because the service asked to wait: in ms since 1970; in the past when it does not. */
  get pausedUntil(): number {
    return this.queue.pausedUntil;
  }

  /** One page of the app's leads (API.md, section 1). */
  listLeads(query: LeadsPageQuery, signal: AbortSignal, priority?: RequestPriority): Promise<LeadsPage> {
    const params = () =>
      listParams(query, {
        now: Date.now(),
        within: this.timeout,
        timeZone: this.options.timeZone?.(),
        convertPropsTypes: this.options.convertPropsTypes?.(),
      });
    return this.ask({ endpoint: listEndpoint, id: this.app, params, signal, priority }, ({ data }) =>
      decodeLeadsPage(data),
    );
  }

  /** How many leads satisfy the filters; all of the app's without. */
  async countLeads(filters: Filters | undefined, signal: AbortSignal, priority?: RequestPriority): Promise<number> {
    return (await this.listLeads({ filters, offset: 0, limit: 1 }, signal, priority)).total;
  }

  /** One page of who is on the site now (API.md, section 7). */
  listActiveUsers(query: CursorQuery, signal: AbortSignal, priority?: RequestPriority): Promise<CursorPage<Visitor>> {
    const params = { ...cursorParams(query), id_as_string: 'true' };
    return this.ask(
      { endpoint: '/apps/{id}/activeusers', id: this.app, params: () => params, signal, priority },
      ({ data, meta }) => decodeActiveUsers(data, meta),
    );
  }

  /** Everything known about one lead, except its single events and conversations (API.md, section 5). */
  getLead(id: string, signal: AbortSignal, priority?: RequestPriority): Promise<LeadDetails> {
    const params = () => ({
      ...Object.fromEntries(detailParts.map((part) => [part, 'true'])),
      ...typesParam(this.options.convertPropsTypes?.()),
      app: this.app,
      id_as_string: 'true',
    });
    return this.ask({ endpoint: '/users/{id}', id, params, signal, priority }, ({ data }) =>
      decodeLeadDetails(data, id),
    );
  }

  /**
   * What a lead did, newest first, page by page (API.md, section 5).
   * @param query with `name` only the events that are called exactly so
   */
  getLeadEvents(
    id: string,
    query: CursorQuery & { readonly name?: string },
    signal: AbortSignal,
    priority?: RequestPriority,
  ): Promise<CursorPage<LeadEvent>> {
    const params = { ...cursorParams(query), filter_name: query.name, app: this.app, id_as_string: 'true' };
    return this.ask({ endpoint: '/users/{id}/events', id, params: () => params, signal, priority }, ({ data, meta }) =>
      decodeEventsPage(data, meta),
    );
  }

  /**
   * The id of the lead with this User ID, which one of its events tells: the only way that creates no lead where there is
   * none (API.md, section 5). Rejects with the kind `notFound` where nobody has the User ID.
   * @returns undefined for somebody without events
   */
  async findByUserId(userId: string, signal: AbortSignal, priority?: RequestPriority): Promise<string | undefined> {
    const params = { by_user_id: 'true', paginate_count: '1', app: this.app, id_as_string: 'true' };
    const { lead } = await this.ask(
      { endpoint: '/users/{id}/events', id: userId, params: () => params, signal, priority },
      ({ data }) => decodeEventsLead(data),
    );
    return lead;
  }

  /** The id of the lead that a conversation is with (API.md, section 7); undefined where the answer does not tell it. */
  async getConversationLead(id: string, signal: AbortSignal, priority?: RequestPriority): Promise<string | undefined> {
    const params = { id_as_string: 'true' };
    const { lead } = await this.ask(
      { endpoint: '/conversations/{id}', id, params: () => params, signal, priority },
      ({ data }) => decodeConversationLead(data),
    );
    return lead;
  }

  /** The conversations of a lead on the site, or in the mobile app (API.md, section 5). */
  getLeadConversations(
    id: string,
    { isMobile }: { readonly isMobile: boolean },
    signal: AbortSignal,
    priority?: RequestPriority,
  ): Promise<LeadConversations> {
    const params = { recipient_type: isMobile ? 'sdk' : undefined, app: this.app, id_as_string: 'true' };
    return this.ask(
      { endpoint: '/users/{id}/conversations', id, params: () => params, signal, priority },
      ({ data, meta }) => decodeConversations(data, meta),
    );
  }

  /** What was said and done in a conversation, newest first, page by page (API.md, section 7). */
  getConversationParts(
    id: string,
    query: CursorQuery,
    signal: AbortSignal,
    priority?: RequestPriority,
  ): Promise<CursorPage<ConversationPart>> {
    const params = { ...cursorParams(query), id_as_string: 'true' };
    return this.ask(
      { endpoint: '/conversations/{id}/parts', id, params: () => params, signal, priority },
      ({ data, meta }) => decodePartsPage(data, meta),
    );
  }

  /** Sends a request, again where that may help, and decodes the answer. */
  private async ask<T>(call: Call, decode: (envelope: Envelope) => T | undefined): Promise<T> {
    const { signal, priority } = call;
    // eslint-disable-next-line no-restricted-syntax -- for the log
    const title = `GET ${call.endpoint}`;
    const attempt = async (running: AbortSignal): Promise<T> => {
      try {
        return await this.attempt({ ...call, signal: running }, title, decode);
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
    const step = pathStep(call.id);
    if (step === undefined) throw new DashlyError('wrongPath', { detail: title });
    const started = Date.now();
    const answer = await get({
      url: this.service.url(
        call.endpoint.replace('{id}', () => step),
        call.params(),
      ),
      title,
      token: this.options.token,
      signal: call.signal,
      timeout: this.timeout,
      adapter: this.options.adapter,
    });
    this.options.log?.(`${title}: ${answer.status}, ${answer.text.length} characters, ${Date.now() - started} ms`);
    const decoded = decode(readEnvelope(answer, title, this.withoutToken));
    if (decoded === undefined) throw new DashlyError('shape', { status: answer.status, detail: title });
    return decoded;
  }
}
