import { ApiError } from './apiError';
import type { Answer, EndpointOptions } from './endpoints';
import { endpoints } from './endpoints';
import type { Fault } from './faults';
import { ConnectionReset, Faults, waitFor } from './faults';
import { itemToJson } from './leadJson';
import { Parameters } from './parameters';
import type { SampleApp } from './sampleApp';

/** One HTTP request, as far as the API looks at it. */
export interface SampleRequest {
  readonly method: string;
  /** Path and query, or an absolute URL. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Aborted when the client has gone: ends a delay or a silence. */
  readonly signal?: AbortSignal;
}

export interface SampleResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection is to be cut after this share (0 to 1) of the body, although its length was announced in full. */
  readonly cutAfter?: number;
}

/** A request that was seen, without its token. */
export interface SeenRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** Without `auth_token`. */
  readonly params: Readonly<Record<string, string>>;
  /** How it authenticated; the token itself is not kept. */
  readonly authentication: 'Token' | 'Bearer' | 'auth_token' | 'other' | 'none';
}

/** What the documents leave open and could break a client: each can be had both ways. */
export interface SampleApiOptions extends EndpointOptions {
  /** The token that opens the app; default `sampleToken`. */
  readonly token?: string;
  /** The answer to a bad token: today's 401, or the 403 of the old documentation. Default `NotAuthenticated`. */
  readonly badToken?: 'NotAuthenticated' | 'AuthenticationFailed';
}

/** The token that opens the sample app unless another is chosen. */
export const sampleToken = 'app.sample.5f4dcc3b5aa765d61d8327deb882cf99';

const keptRequests = 10_000;

/** Answers requests as Dashly's Web API would. */
export class SampleApi {
  readonly token: string;
  /** Switched on by tests. */
  readonly faults = new Faults();
  /** The requests seen, oldest first; the last 10,000. */
  readonly requests: SeenRequest[] = [];

  constructor(
    readonly app: SampleApp,
    private readonly options: SampleApiOptions = {},
  ) {
    this.token = options.token ?? sampleToken;
  }

  /** Rejects with `ConnectionReset` when a fault says so, or with the signal's reason when it is aborted. */
  async handle(request: SampleRequest): Promise<SampleResponse> {
    const url = new URL(request.url, 'http://sample.invalid');
    const path = decodePath(url.pathname);
    this.remember(request, path, url.searchParams);
    const faults = this.faults.take(path, url.searchParams);
    for (const fault of faults) {
      if (fault.kind === 'delay' || fault.kind === 'silence') {
        await waitFor(fault.kind === 'delay' ? fault.milliseconds : Infinity, request.signal);
      } else if (fault.kind === 'reset') {
        throw new ConnectionReset('The sample API resets this connection.');
      }
    }
    return truncate(this.respond(request, path, url.searchParams, faults), faults);
  }

  private respond(
    request: SampleRequest,
    path: string,
    params: URLSearchParams,
    faults: readonly Fault[],
  ): SampleResponse {
    this.app.settle();
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
    for (const fault of faults) {
      if (fault.kind === 'answer' || fault.kind === 'error') {
        if (fault.retryAfter !== undefined) {
          headers['retry-after'] = fault.retryAfter;
        }
        if (fault.kind === 'error') {
          const error = new ApiError(
            fault.error,
            fault.message ?? `The sample API was told to answer ${fault.error}.`,
            fault.fields,
          );
          return { status: error.status, headers, body: error.toBody() };
        }
        return { status: fault.status, headers: { ...headers, 'content-type': fault.contentType }, body: fault.body };
      }
    }
    try {
      const answer = this.answer(request, path, params);
      let items = answer.items;
      for (const fault of faults) {
        items = fault.kind === 'items' ? fault.edit(items) : items;
      }
      return { status: 200, headers, body: answer.write(items.map(itemToJson)) };
    } catch (error) {
      if (error instanceof ApiError) {
        return { status: error.status, headers, body: error.toBody() };
      }
      throw error;
    }
  }

  private answer(request: SampleRequest, path: string, params: URLSearchParams): Answer {
    // A trailing slash is accepted: chosen (section 6).
    const [, collection, id, part] = /^\/(apps|users)\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
    const endpoint = id === undefined ? undefined : endpoints[`${collection} ${part ?? ''}`.trimEnd()];
    if (!endpoint || id === undefined) {
      throw new ApiError('Error404', 'No such method');
    }
    if (request.method !== 'GET') {
      throw new ApiError('MethodNotAllowed', `${request.method} is not allowed here`);
    }
    this.authenticate(request, params);
    const parameters = new Parameters(params);
    const app = collection === 'apps' ? id : parameters.text('app');
    if (app !== undefined && app !== '$self_app' && app !== this.app.appId) {
      throw new ApiError('PermissionDeniedError', 'No permission to read the leads of this app');
    }
    return endpoint({ app: this.app, parameters, id, options: this.options });
  }

  /** Section 2. `auth_token` is accepted: chosen (section 6). */
  private authenticate(request: SampleRequest, params: URLSearchParams): void {
    const header = request.headers.authorization;
    const token =
      /^(?:Token|Bearer)\s+(\S+)$/i.exec(String(header ?? ''))?.[1] ?? (header ? '' : params.get('auth_token'));
    if (token === null) {
      throw new ApiError('NotAuthenticated', 'Authentication credentials were not provided');
    }
    if (token !== this.token) {
      throw new ApiError(this.options.badToken ?? 'NotAuthenticated', 'Invalid token');
    }
  }

  private remember(request: SampleRequest, path: string, params: URLSearchParams): void {
    const { auth_token: token, ...shown } = Object.fromEntries(params);
    const scheme = /^(Token|Bearer)\b/i.exec(String(request.headers.authorization ?? ''))?.[1]?.toLowerCase();
    const authentication =
      scheme === 'token'
        ? 'Token'
        : scheme === 'bearer'
          ? 'Bearer'
          : request.headers.authorization
            ? 'other'
            : token === undefined
              ? 'none'
              : 'auth_token';
    this.requests.push({ method: request.method, path, params: shown, authentication });
    if (this.requests.length > keptRequests) {
      this.requests.splice(0, keptRequests / 2);
    }
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function truncate(response: SampleResponse, faults: readonly Fault[]): SampleResponse {
  const fault = faults.find((other) => other.kind === 'truncation');
  if (fault?.kind !== 'truncation') {
    return response;
  }
  return fault.announced
    ? { ...response, cutAfter: fault.keep }
    : { ...response, body: response.body.slice(0, Math.floor(response.body.length * fault.keep)) };
}
