/** Runs inside the extension host: reads leads by the client and by bare `fetch`, in turns, and says what each took. */
import * as vscode from 'vscode';
import { DashlyClient } from '../../../src/dashly/client';
import { maxPageSize, queryCap } from '../../../src/dashly/lead';
import { LeadList } from '../../../src/leads/leadList';
import { startProxy } from '../../service/relay';
import { trustSystemAuthority } from '../../vscode/systemAuthority';
import { testOutputMark } from '../../vscode/testOutput';

/** A way to the service. */
export interface Place {
  readonly title: string;
  /** The address for our client, and another one for bare `fetch`. */
  readonly ours: string;
  readonly bare: string;
}

export interface NetworkTask {
  /** The certificate, as PEM, of the authority that vouches for the service. */
  readonly authority: string;
  readonly token: string;
  readonly places: readonly Place[];
  /** An address that only a proxy knows, and where it leads. */
  readonly behindProxy: { readonly address: string; readonly service: string };
}

/** `client` and `bare` read 200 pages, 4 at a time; `loadAll` as many leads through the list. */
export type Way = 'client' | 'bare' | 'loadAll';

export interface Measured {
  readonly times: readonly { readonly place: string; readonly way: Way; readonly milliseconds: number }[];
  /** How many requests our client sent in one place. */
  readonly requests: number;
  readonly tunnels: { readonly oneByOne: number; readonly atOnce: number };
}

declare const TASK: NetworkTask;

const turns = 5;
const pages = 200;
const atOnce = 4;
const limit = queryCap / pages;
const offsets = Array.from({ length: pages }, (_, page) => page * limit);

export async function run(): Promise<void> {
  trustSystemAuthority(TASK.authority);
  const times: Measured['times'][number][] = [];
  let requests = 0;
  for (const { title, ours, bare } of TASK.places) {
    requests = 0;
    const client = new DashlyClient({ address: ours, token: TASK.token, app: '$self_app', log: () => requests++ });
    const ways: Readonly<Record<Way, () => Promise<number>>> = {
      client: () => byClient(client),
      bare: () => byFetch(bare),
      loadAll: () => loadAll(client),
    };
    // The first turn makes the connections and warms the code of all.
    for (let turn = 0; turn <= turns; turn++) {
      for (const way of Object.keys(ways) as Way[]) {
        const start = performance.now();
        const leads = await ways[way]();
        const milliseconds = performance.now() - start;
        if (leads !== queryCap) throw new Error(`${way} read ${leads} leads.`);
        if (turn > 0) times.push({ place: title, way, milliseconds });
      }
    }
  }
  const measured: Measured = { times, requests, tunnels: await countTunnels() };
  console.log(testOutputMark + JSON.stringify(measured));
}

async function byClient(client: DashlyClient): Promise<number> {
  const read = await Promise.all(
    offsets.map((offset) => client.listLeads({ offset, limit }, new AbortController().signal)),
  );
  return read.reduce((sum, { leads }) => sum + leads.length, 0);
}

async function byFetch(address: string): Promise<number> {
  const left = [...offsets];
  let leads = 0;
  const worker = async (): Promise<void> => {
    for (let offset = left.shift(); offset !== undefined; offset = left.shift()) {
      const url = `${address}/apps/$self_app/users?offset=${offset}&limit=${limit}&id_as_string=true`;
      const answer = await fetch(url, { headers: { Authorization: `Token ${TASK.token}` } });
      const { data } = (await answer.json()) as { data: { users: unknown[] } };
      leads += data.users.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return leads;
}

async function loadAll(client: DashlyClient): Promise<number> {
  const list = new LeadList(client, {}, maxPageSize);
  await list.loadAll(new AbortController().signal);
  list.dispose();
  return list.leads.length;
}

async function countTunnels(): Promise<Measured['tunnels']> {
  const { address, service } = TASK.behindProxy;
  const proxy = await startProxy({ address: service });
  const http = vscode.workspace.getConfiguration('http');
  await http.update('proxy', `http://127.0.0.1:${proxy.port}`, vscode.ConfigurationTarget.Global);
  const client = new DashlyClient({ address, token: TASK.token, app: '$self_app' });
  for (let request = 0; request < 8; request++) await client.countLeads(undefined, new AbortController().signal);
  const oneByOne = proxy.connections;
  await byClient(client);
  const tunnels = { oneByOne, atOnce: proxy.connections };
  await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
  await proxy.close();
  return tunnels;
}
