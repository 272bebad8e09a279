import type * as axiosTypes from 'axios';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import { boundedFetch } from './boundedFetch';
import { connectionError } from './connectionError';
import { DashlyError } from './errors';
import { maxAnswerBytes } from './limits';

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
