import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fault } from '../service/faults';
import { TestApi } from '../service/testApi';
import { TestApp } from '../service/testApp';
import { serveSampleApi } from '../service/server';

/** The sample API in a process of its own, so that it takes no time and no memory from what is measured. */
export interface BenchServer {
  readonly address: string;
  readonly token: string;
  close(): Promise<void>;
}

const childFlag = '--serve-sample-api';
const thisFile = __filename;

/** @param delay by how many ms each answer comes later */
export async function startBenchServer(leads = 12_345, delay = 0): Promise<BenchServer> {
  const child = fork(thisFile, [childFlag, String(leads), String(delay)], { execArgv: ['--import', 'tsx'] });
  const [{ address, token }] = (await once(child, 'message')) as [{ address: string; token: string }];
  const exited = once(child, 'exit');
  return {
    address,
    token,
    async close() {
      child.disconnect();
      await exited;
    },
  };
}

async function serve(leads: number, delay: number): Promise<void> {
  const api = new TestApi(new TestApp({ leads }));
  if (delay > 0) api.faults.add(fault.delay(delay));
  const server = await serveSampleApi(api);
  process.once('disconnect', () => void server.close());
  process.send?.({ address: server.address, token: server.token });
}

if (process.argv[2] === childFlag) {
  void serve(Number(process.argv[3]), Number(process.argv[4]));
}
