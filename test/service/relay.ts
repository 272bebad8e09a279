/** What lies between a client and a service: a way that takes time, and a forward proxy. On loopback only. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Connections, or requests for one to a proxy, that were made until now. */
  readonly connections: number;
  /** Closes the open connections; new ones can be made. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Hands bytes on to a service, later.
 * @param delay of each direction in ms: half a round trip
 * @param host where clients find it
 */
export async function startRelay(to: { readonly address: string }, delay: number, host: string): Promise<Relay> {
  let connections = 0;
  const server = createServer({ noDelay: true }, (client) => {
    connections++;
    const service = connect({ ...target(to), noDelay: true });
    handOn(client, service, delay);
    handOn(service, client, delay);
  });
  return listening(server, host, () => connections);
}

/** Timers of the same length fire in the order in which they were set, so bytes stay in order. */
function handOn(from: Socket, to: Socket, delay: number): void {
  from.on('data', (bytes) => setTimeout(() => to.write(bytes), delay));
  from.on('end', () => setTimeout(() => to.end(), delay));
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), delay));
}

/**
 * A forward proxy that knows one service by any name.
 * @param credentials `user:password` that it asks for
 */
export async function startProxy(to: { readonly address: string }, credentials?: string): Promise<Relay> {
  let connections = 0;
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createHttpServer((_, response) => response.writeHead(501).end());
  server.on('connect', (request, client: Socket) => {
    connections++;
    client.on('error', () => undefined);
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const service = connect({ ...target(to), noDelay: true }, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(service).pipe(client);
    });
    service.on('error', () => client.destroy());
    client.on('close', () => service.destroy());
  });
  return listening(server, '127.0.0.1', () => connections);
}

function target({ address }: { readonly address: string }): { host: string; port: number } {
  const { hostname, port } = new URL(address);
  return { host: hostname, port: Number(port) };
}

async function listening(server: Server, host: string, connections: () => number): Promise<Relay> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections();
    },
    cut,
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
