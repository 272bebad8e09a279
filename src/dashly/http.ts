import type * as axiosTypes from 'axios';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import { DashlyError, type DashlyErrorKind } from './errors';
import { fetchAdapter } from './fetchAdapter';
import { maxAnswerBytes } from './lead';
import { runsInNode } from './platform';
import { parseRetryAfter } from './retry';

export interface HttpRequest {
  readonly url: string;
  /** For errors and the log: method and endpoint (`GET /users/{id}`). The address itself may hold contacts. */
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
  /** How long `Retry-After` asks to wait, in ms. */
  readonly retryAfter: number | undefined;
  readonly text: string;
}

/**
 * Sends a GET request. Any status is an answer; redirects are not followed, because the token must not follow one.
 * @throws DashlyError when no complete answer came. Nothing of axios's error, which holds the token, gets out of here.
 */
export async function get({ url, title, token, signal, timeout, adapter }: HttpRequest): Promise<HttpAnswer> {
  const late = AbortSignal.timeout(timeout);
  const ended = AbortSignal.any([signal, late]);
  try {
    ended.throwIfAborted();
    return toAnswer(await untilAborted(send(url, token, adapter, ended), ended));
  } catch (error) {
    // The reason is told by what ended it, not by what axios or an adapter makes of it.
    if (signal.aborted) throw new DashlyError('cancelled', { detail: title });
    // eslint-disable-next-line no-restricted-syntax -- for the log
    if (late.aborted) throw new DashlyError('timeout', { detail: `${title}, ${timeout} ms` });
    throw connectionError(error, title);
  }
}

/** Kept, because asking for a module again is no small part of a request. */
let axiosModule: Promise<typeof axiosTypes> | undefined;

/** Loads axios ahead of the first request, which would otherwise wait for it. */
export function loadAxios(): Promise<typeof axiosTypes> {
  return (axiosModule ??= import('axios'));
}

const overFetch = fetchAdapter();

async function send(
  url: string,
  token: string,
  adapter: AxiosAdapter | undefined,
  signal: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  const { default: axios } = await loadAxios();
  return axios.request({
    url,
    adapter: adapter ?? overFetch,
    maxContentLength: maxAnswerBytes,
    // eslint-disable-next-line no-restricted-syntax -- HTTP
    headers: { Authorization: `Token ${token}`, Accept: 'application/json' },
    signal,
    responseType: 'text',
    // The text as it came: axios would read it as JSON and lose digits.
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
}

/** Rejects as soon as the signal is aborted, whatever the adapter does about it: VS Code looks for a proxy first. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
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
    retryAfter: parseRetryAfter(header('retry-after'), header('date')),
    text: typeof data === 'string' ? data : '',
  };
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
 * a refused tunnel tell it; else it is `network`, whose sentence names the proxy too. A browser gives no reason at all: a
 * service that does not permit pages of other addresses looks like none (Fetch standard, CORS check).
 * @param error what axios threw; it holds the token and is dropped here
 * @param title method and endpoint of the request
 */
export function connectionError(error: unknown, title: string, inNode = runsInNode()): DashlyError {
  if (error instanceof DashlyError) return error;
  const reasons = reasonsOf(error);
  const told = reasons.join(' ');
  const kind = causes.find(([pattern]) => pattern.test(told))?.[1] ?? (inNode ? 'network' : 'browser');
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
