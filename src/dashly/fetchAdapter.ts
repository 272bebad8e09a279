import type { AxiosAdapter } from 'axios';
import { runsInNode } from './platform';

/** What sends: the platform's `fetch`, or what answers in its place. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/**
 * An axios adapter for GET requests over `fetch`. axios's own passes each answer through streams that count it, which costs
 * as much as decoding it; this one reads the stream once, and counts on the way (`npm run bench -- leadList`).
 *
 * Never follows a redirect: the token must not go there. Sends no cookies, and leaves no leads in a cache. Stops at once
 * when `config.signal` is aborted. Rejects with what `fetch` rejects with; an answer larger than `config.maxContentLength`
 * bytes, after decompression, with an `Error` that names that limit.
 *
 * @param send by default the `fetch` of the moment of each request: VS Code puts its own, which knows the user's proxy, in
 *   place of the global one
 */
export function fetchAdapter(send: Fetch = (input, init) => fetch(input, init)): AxiosAdapter {
  return async (config) => {
    // The types of Node leave `cache` out.
    const init: RequestInit & { readonly cache: 'no-store' } = {
      headers: config.headers.toJSON(true),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal: config.signal as AbortSignal,
    };
    const response = await send(config.url ?? '', init);
    const { status, statusText, headers } = response;
    const data = await readText(response, config.maxContentLength ?? Infinity);
    await connectionIsFree();
    return { data, status, statusText, headers: Object.fromEntries(headers), config };
  };
}

/**
 * Lets the platform make ready what its first `fetch` waits for: Node its HTTP client, VS Code the proxy and the certificates
 * of the machine. Sends nothing: a `data:` address is not on the network.
 */
export function prepareFetch(): void {
  if (runsInNode()) fetch('data:,').catch(() => undefined);
}

/**
 * Node's `fetch` ends an answer's body first and takes its connection back in a later task (`onMessageComplete` of undici's
 * `lib/dispatcher/client-h1.js`): a request sent before that opens another connection, with a handshake of its own.
 */
function connectionIsFree(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
}

/** @param most how many bytes are read */
async function readText({ body, headers }: Response, most: number): Promise<string> {
  if (body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  let tooLarge = Number(headers.get('content-length')) > most;
  while (!tooLarge) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    tooLarge = bytes > most;
    if (!tooLarge) text += decoder.decode(value, { stream: true });
  }
  // Closes the connection. Not awaited: nothing depends on how the other side takes it.
  reader.cancel().catch(() => undefined);
  throw new Error(`The answer exceeds maxContentLength, ${most} bytes.`);
}
