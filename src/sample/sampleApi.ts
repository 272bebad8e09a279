import type { AxiosAdapter } from 'axios';
import { ownApp } from '../dashly/address';
import { ApiError } from './apiError';
import { endpoints } from './endpoints';
import { Liveliness } from './liveliness';
import { Parameters } from './parameters';
import type { SampleApp } from './sampleApp';

/** The token that opens the sample app. */
export const sampleToken = 'app.sample.5f4dcc3b5aa765d61d8327deb882cf99';

/** An address for the sample app's client: nothing is ever sent there. */
export const sampleAddress = 'https://sample.invalid';

/** Answers requests as Dashly's Web API would. Where no document says how, it chooses; section 6 of API.md lists what. */
export class SampleApi {
  readonly token = sampleToken;
  private readonly liveliness: Liveliness | undefined;

  /** `live`: a few leads come and go as the clock moves, by what has passed at the next request; default false. */
  constructor(
    readonly app: SampleApp,
    options: { readonly live?: boolean } = {},
  ) {
    this.liveliness = options.live ? new Liveliness(app) : undefined;
  }

  /** The answer to a request, whatever host it is for. */
  handle(request: Request): Response {
    this.liveliness?.catchUp();
    try {
      return jsonResponse(200, this.answer(request));
    } catch (error) {
      if (error instanceof ApiError) {
        return jsonResponse(error.status, error.toBody());
      }
      throw error;
    }
  }

  private answer(request: Request): string {
    const { pathname, searchParams } = new URL(request.url);
    // `%24self_app` and a trailing slash are accepted: chosen (API.md, section 6).
    const [, collection, step, part] = /^\/(apps|users|conversations)\/([^/]+)(?:\/([^/]+))?\/?$/.exec(pathname) ?? [];
    const id = step === undefined ? undefined : decodePath(step);
    const endpoint = endpoints[`${collection} ${part ?? ''}`.trimEnd()];
    if (!endpoint || id === undefined) {
      throw new ApiError('Error404', 'No such method');
    }
    if (request.method !== 'GET') {
      throw new ApiError('MethodNotAllowed', `${request.method} is not allowed here`);
    }
    this.authenticate(request, searchParams);
    const parameters = new Parameters(searchParams);
    const app = collection === 'apps' ? id : parameters.text('app');
    if (app !== undefined && app !== ownApp && app !== this.app.appId) {
      // Another app's id: chosen (API.md, section 6).
      throw new ApiError('PermissionDeniedError', 'No permission to read the leads of this app');
    }
    return endpoint({ app: this.app, parameters, id });
  }

  /**
   * Section 2. `auth_token` is accepted: chosen (API.md, section 6). A bad token is 401: chosen, old documentation says
   * 403.
   */
  private authenticate(request: Request, params: URLSearchParams): void {
    const header = request.headers.get('authorization');
    const token = /^(?:Token|Bearer)\s+(\S+)$/i.exec(header ?? '')?.[1] ?? (header ? '' : params.get('auth_token'));
    if (token === null) {
      throw new ApiError('NotAuthenticated', 'Authentication credentials were not provided');
    }
    if (token !== this.token) {
      throw new ApiError('NotAuthenticated', 'Invalid token');
    }
  }
}

/** A path without its percent-encoding; one that is encoded wrongly as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** An answer of the API, its length announced as a real server does. */
export function jsonResponse(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(body);
  const sent = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(bytes.length),
    ...headers,
  };
  return new Response(bytes, { status, headers: sent });
}

/** What answers requests: `SampleApi`. */
export interface RequestHandler {
  handle(request: Request): Response | Promise<Response>;
}

/**
 * An axios adapter that asks the sample API instead of the network: axios's own fetch adapter over a `fetch` that is the
 * API, so that errors, size limits, time-outs and aborts are those of real requests.
 */
export function sampleAdapter(api: RequestHandler): AxiosAdapter {
  const fetch = async (input: URL | Request | string, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    // Awaited, because an answer comes later than its question even when nothing is on the way.
    const response = await api.handle(request);
    request.signal.throwIfAborted();
    return response;
  };
  return async (config) => {
    const { default: axios } = await import('axios');
    return axios.getAdapter('fetch', { ...config, env: { ...config.env, fetch } })(config);
  };
}
