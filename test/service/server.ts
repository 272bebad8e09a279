import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { RequestHandler } from '../../src/sample/sampleApi';
import type { Certificate } from './certificates';
import { NoAnswer } from './faults';

export interface SampleServer {
  /** `http://127.0.0.1:<port>`; `https:` with a certificate */
  readonly address: string;
  readonly token: string;
  /** Cuts open connections. */
  close(): Promise<void>;
}

/**
 * Serves an API on loopback; `port` 0 or none takes a free one; over TLS with a `certificate`. Rejects when the port is
 * taken.
 */
export function serveSampleApi(
  api: RequestHandler & { readonly token: string },
  options: { readonly port?: number; readonly certificate?: Certificate } = {},
): Promise<SampleServer> {
  const { certificate } = options;
  const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(api, request, response);
  const server = certificate
    ? createSecureServer({ keepAlive: true, noDelay: true, ...certificate }, listener)
    : createServer({ keepAlive: true, noDelay: true }, listener);
  // Longer than clients keep an idle connection: a connection that the server closes as a request is on its way looks
  // like a reset that no test asked for.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      const { port } = server.address() as AddressInfo;
      resolve({
        address: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
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

async function answer(api: RequestHandler, message: IncomingMessage, output: ServerResponse): Promise<void> {
  const gone = new AbortController();
  output.once('close', () => gone.abort(new Error('The client has gone.')));
  message.resume();
  try {
    const response = await api.handle(toRequest(message, gone.signal));
    output.writeHead(response.status, Object.fromEntries(response.headers));
    for await (const chunk of response.body ?? []) {
      if (!output.write(chunk)) await once(output, 'drain', { signal: gone.signal });
    }
    output.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    if (error instanceof NoAnswer) {
      if (error.instead === undefined) cut(message.socket);
      else message.socket.end(error.instead);
    } else if (output.headersSent) {
      // The body broke off: what was written must be on its way before the connection is cut.
      output.write('', () => message.socket.destroy());
    } else {
      output.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  }
}

/** Node.js resets plain connections only. */
function cut(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function toRequest({ method, url, headers }: IncomingMessage, signal: AbortSignal): Request {
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new Request(`http://127.0.0.1${url ?? '/'}`, { method, headers: sent, signal });
}
