import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Authority } from '../service/certificates';
import { fault } from '../service/faults';
import { startRelay } from '../service/relay';
import { serveSampleApi } from '../service/server';
import { TestApi } from '../service/testApi';
import { TestApp } from '../service/testApp';

/** The sample API in a process of its own, so that it takes no time and no memory from what is measured. */
export interface BenchServer {
  readonly address: string;
  readonly token: string;
  /** The certificate, as PEM, of the private authority that vouches for it; only over https. */
  readonly authority?: string;
  close(): Promise<void>;
}

interface BenchServerOptions {
  readonly leads?: number;
  /** By how many ms each answer comes later. */
  readonly delay?: number;
  /** Serves over https, behind a way on which each round trip takes so many ms; left out, over http and without one. */
  readonly roundTrip?: number;
}

/** 127.0.0.1 and `localhost` are special to VS Code, other addresses of loopback are not. */
const relayHost = '127.0.0.2';

const childFlag = '--serve-sample-api';
const thisFile = __filename;

export async function startBenchServer(options: BenchServerOptions = {}): Promise<BenchServer> {
  const child = fork(thisFile, [childFlag, JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
  const [served] = (await once(child, 'message')) as [Omit<BenchServer, 'close'>];
  const exited = once(child, 'exit');
  return {
    ...served,
    async close() {
      child.disconnect();
      await exited;
    },
  };
}

async function serve({ leads = 12_345, delay = 0, roundTrip }: BenchServerOptions): Promise<void> {
  const api = new TestApi(new TestApp({ leads }));
  if (delay > 0) api.faults.add(fault.delay(delay));
  const authority = roundTrip === undefined ? undefined : new Authority();
  const server = await serveSampleApi(api, authority && { certificate: authority.issue([relayHost]) });
  const relay = roundTrip === undefined ? undefined : await startRelay(server, roundTrip / 2, relayHost);
  process.once('disconnect', () => {
    void relay?.close();
    void server.close();
  });
  process.send?.({
    address: relay ? `https://${relayHost}:${relay.port}` : server.address,
    token: server.token,
    authority: authority?.cert,
  });
}

if (process.argv[2] === childFlag) {
  void serve(JSON.parse(process.argv[3] ?? '{}') as BenchServerOptions);
}
