import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionReset } from './faults';
import type { SampleApi } from './sampleApi';

export interface SampleServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  readonly token: string;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/** Serves the API on loopback; `port` 0 or none takes a free one. Rejects when the port is taken. */
export function serveSampleApi(api: SampleApi, options: { readonly port?: number } = {}): Promise<SampleServer> {
  const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
    void answer(api, request, response);
  });
  // Longer than clients keep an idle connection: a connection that the server closes as a request is on its way looks
  // like a reset that no test asked for.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve({
        address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        token: api.token,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(api: SampleApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('The client has gone.')));
  request.resume();
  try {
    const { status, headers, body, cutAfter } = await api.handle({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      signal: gone.signal,
    });
    const bytes = Buffer.from(body);
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    if (cutAfter === undefined) {
      response.end(bytes);
    } else {
      response.write(bytes.subarray(0, Math.floor(bytes.length * cutAfter)), () => request.socket.destroy());
    }
  } catch (error) {
    if (error instanceof ConnectionReset) {
      request.socket.resetAndDestroy();
    } else if (!gone.signal.aborted) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  }
}
