import { DashlyClient } from '../../src/dashly/client';
import { stringifyJson } from '../../src/dashly/jsonWriter';
import { LeadList } from '../../src/leads/leadList';

/** What the child process of the heap benchmark answers. */
export interface HeapAnswer {
  readonly leads: number;
  /** Bytes on the heap that are there only because the leads are loaded. */
  readonly heap: number;
  /** Bytes of the leads' records as compact JSON. */
  readonly json: number;
}

async function loadedList(client: DashlyClient): Promise<LeadList> {
  const list = new LeadList(client, {}, 50);
  await list.loadAll(new AbortController().signal);
  if (list.state !== 'ready') {
    throw list.error;
  }
  return list;
}

/** A function of its own: the caller's frame would hold the list. */
async function loadAndDrop(client: DashlyClient): Promise<void> {
  const list = await loadedList(client);
  list.dispose();
}

async function heapUsed(): Promise<number> {
  for (let times = 0; times < 4; times++) {
    // What the last requests have left to do holds their answers.
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function measure(address: string, token: string): Promise<HeapAnswer> {
  const client = new DashlyClient({ address, app: '$self_app', token });
  // Code, connections and caches that are made once are no cost of the leads.
  await loadAndDrop(client);
  const before = await heapUsed();
  const list = await loadedList(client);
  const heap = (await heapUsed()) - before;
  const json = list.leads.reduce((bytes, lead) => bytes + Buffer.byteLength(stringifyJson(lead.record)), 0);
  return { leads: list.leads.length, heap, json };
}

const [, , address, token] = process.argv;
if (process.send && address && token) {
  void measure(address, token).then((answer) => process.send?.(answer, () => process.disconnect()));
}
