import type { AxiosAdapter } from 'axios';
import { ConnectionReset } from './faults';
import type { SampleApi, SampleResponse } from './sampleApi';

/** An address for the sample app's client: nothing is ever sent there. */
export const sampleAddress = 'https://sample.invalid';

/**
 * An axios adapter that asks the sample API instead of the network: axios's own fetch adapter over a `fetch` that is the
 * API, so that errors, size limits, time-outs and aborts are those of real requests.
 */
export function sampleAdapter(api: SampleApi): AxiosAdapter {
  const fetch = sampleFetch(api);
  return async (config) => {
    const { default: axios } = await import('axios');
    return axios.getAdapter('fetch', { ...config, env: { ...config.env, fetch } })(config);
  };
}

/** A `fetch` that asks the sample API. Fails as Node's does: `TypeError` with the cause, or the signal's reason. */
export function sampleFetch(api: SampleApi): (input: URL | Request | string, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    let response: SampleResponse;
    try {
      response = await api.handle({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        signal,
      });
    } catch (error) {
      throw error instanceof ConnectionReset ? networkError('fetch failed', 'ECONNRESET', 'read ECONNRESET') : error;
    }
    // An answer comes later than its question even when nothing is on the way.
    await Promise.resolve();
    signal.throwIfAborted();
    return toResponse(response);
  };
}

function networkError(message: string, code: string, cause: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(cause), { code }) });
}

function toResponse({ status, headers, body, cutAfter }: SampleResponse): Response {
  const bytes = new TextEncoder().encode(body);
  const sent = { ...headers, 'content-length': String(bytes.length) };
  if (cutAfter === undefined) {
    return new Response(bytes, { status, headers: sent });
  }
  let pulled = false;
  const cut = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulled) {
        controller.error(networkError('terminated', 'UND_ERR_SOCKET', 'other side closed'));
      } else {
        pulled = true;
        controller.enqueue(bytes.subarray(0, Math.floor(bytes.length * cutAfter)));
      }
    },
  });
  return new Response(cut, { status, headers: sent });
}
