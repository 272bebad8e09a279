import type * as axiosTypes from 'axios';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import { DashlyError, type DashlyErrorKind } from './errors';
import { maxAnswerBytes } from './lead';

export interface HttpRequest {
  readonly url: string;
  /** For errors and the log: method and path, without the query, which may hold contacts. */
  readonly title: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** For the whole answer, in ms. */
  readonly timeout: number;
  readonly adapter?: AxiosAdapter;
}

export interface HttpAnswer {
  readonly status: number;
  /** In lower case; empty when there is none. */
  readonly contentType: string;
  /** The header `Retry-After`. */
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/**
 * Sends a GET request. Any status is an answer; redirects are not followed, because the token must not follow one.
 * @throws DashlyError when no complete answer came. Nothing of axios's error, which holds the token, gets out of here.
 */
export async function get({ url, title, token, signal, timeout, adapter }: HttpRequest): Promise<HttpAnswer> {
  const ended = new AbortController();
  const abort = (): void => ended.abort();
  // The reason is told by what ended it, not by what axios or an adapter makes of it.
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    ended.abort();
  }, timeout);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) throw new DashlyError('cancelled', { detail: title });
    return toAnswer(await raceAbort(send(url, token, adapter, ended.signal), ended.signal));
  } catch (error) {
    if (signal.aborted) throw new DashlyError('cancelled', { detail: title });
    if (late.signal.aborted) throw new DashlyError('timeout', { detail: `${title}, ${timeout} ms` });
    throw connectionError(error, title);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Loaded at the first request, not at activation; kept, because asking for a module again is no small part of a request. */
let axiosModule: Promise<typeof axiosTypes> | undefined;

async function send(
  url: string,
  token: string,
  adapter: AxiosAdapter | undefined,
  signal: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  const { default: axios } = await (axiosModule ??= import('axios'));
  return axios.request({
    url,
    method: 'get',
    ...(adapter ? { adapter, maxContentLength: maxAnswerBytes } : { adapter: 'fetch', env: { fetch: boundedFetch } }),
    proxy: false,
    maxRedirects: 0,
    withCredentials: false,
    headers: { Authorization: `Token ${token}`, Accept: 'application/json' },
    signal,
    responseType: 'text',
    // The text as it came: axios would read it as JSON and lose digits.
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
}

/** Rejects as soon as the signal is aborted, whatever the adapter does about it. */
async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error('The request was aborted.'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

function toAnswer({ status, headers, data }: AxiosResponse<unknown>): HttpAnswer {
  const header = (name: string): string | undefined => {
    const value: unknown = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    status,
    contentType: header('content-type')?.toLowerCase() ?? '',
    retryAfter: header('retry-after'),
    text: typeof data === 'string' ? data : '',
  };
}

/**
 * The `fetch` of this moment, whose answers cannot be larger than `maxAnswerBytes`. VS Code puts its own `fetch`, which
 * knows the user's proxy, in place of the global one: so it is looked up at each request.
 *
 * axios's `maxContentLength` counts by passing every answer through a stream of its own, which costs as much as decoding
 * it. HTTP holds a server to the length it announces: only an answer of unknown or compressed length must be counted.
 */
export async function boundedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const { headers, body } = response;
  const announced = headers.get('content-length');
  if (announced !== null && Number(announced) > maxAnswerBytes) {
    await body?.cancel();
    throw tooLarge();
  }
  if (body === null || (announced !== null && !headers.has('content-encoding'))) return response;
  let bytes = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxAnswerBytes) throw tooLarge();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { status: response.status, statusText: response.statusText, headers });
}

function tooLarge(): Error {
  return new Error('maxContentLength exceeded');
}

/**
 * What kept a request from being answered, by the codes of Node (`ECONNREFUSED`), of its `fetch` (`UND_ERR_…`), of
 * Electron's (`net::ERR_…`) and by words where there is no code. The first that fits counts.
 */
const causes: readonly (readonly [RegExp, DashlyErrorKind])[] = [
  [/maxContentLength/, 'tooLarge'],
  [/\b407\b|proxy authentication|ERR_PROXY_AUTH/i, 'proxyAuthentication'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED/, 'connectionRefused'],
  [/ENOTFOUND|EAI_[A-Z]+|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'dns'],
  [
    /CERT_|_CERT|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF|SELF_SIGNED|HOSTNAME_MISMATCH|certificate/i,
    'tls',
  ],
  [/ETIMEDOUT|UND_ERR_[A-Z]+_TIMEOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT/, 'timeout'],
  [
    /ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH|terminated|socket hang up/,
    'reset',
  ],
  [/redirect/i, 'redirect'],
];

/**
 * The error for a request that got no complete answer. A 407 that comes as a plain answer is among them: `fetch` turns it
 * into a network error without a reason (Fetch standard, HTTP-network-or-cache fetch), so that only Electron's codes and
 * a refused tunnel tell it; else it is `network`, whose sentence names the proxy too.
 * @param error what axios threw; it holds the token and is dropped here
 * @param title method and path of the request, without the query
 */
export function connectionError(error: unknown, title: string): DashlyError {
  if (error instanceof DashlyError) return error;
  const reasons = reasonsOf(error);
  const told = reasons.join(' ');
  const kind = causes.find(([pattern]) => pattern.test(told))?.[1] ?? 'network';
  // Only codes go to the log: messages may quote the address with its query.
  const codes = reasons.filter((reason) => /^[A-Z][A-Z0-9_]+$/.test(reason));
  return new DashlyError(kind, { detail: [title, ...new Set(codes)].join(', ') });
}

/** Codes and messages of an error and of what caused it. */
function reasonsOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const { code, errors } = error as Error & { code?: unknown; errors?: unknown };
  return [
    ...(typeof code === 'string' ? [code] : []),
    error.message,
    // Node tries all addresses of a name and tells what became of each.
    ...(Array.isArray(errors) ? errors.flatMap((one) => reasonsOf(one, depth + 1)) : []),
    ...reasonsOf(error.cause, depth + 1),
  ];
}
