import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { DashlyClient } from '../../src/dashly/client';
import { maxPageSize, queryCap } from '../../src/dashly/lead';
import { RequestQueue } from '../../src/dashly/requestQueue';
import { LeadList } from '../../src/leads/leadList';

/** What the child process is to time, and from where. */
export interface TimeRequest {
  readonly address: string;
  readonly token: string;
  /**
   * `pairs`: the list and the bare reader in turns, often, once they are warm. `loadAll`: what *Load All* takes once, as in a
   * window whose first page has just come.
   */
  readonly what: 'pairs' | 'loadAll';
  /** How many requests at the same time. */
  readonly atOnce: number;
}

/** Times in milliseconds; pair by pair, where there are several. */
export interface TimeAnswer {
  readonly bare: readonly number[];
  readonly list: readonly number[];
}

const pairs = 9;

/** In pairs, so that what else the machine does falls on both sides alike; the first pair warms both up. */
async function measurePairs(request: TimeRequest): Promise<TimeAnswer> {
  const answer: { bare: number[]; list: number[] } = { bare: [], list: [] };
  const client = clientOf(request);
  for (let pair = 0; pair <= pairs; pair++) {
    const bare = await timed(() => readBare(request));
    const list = await timed(() => loadedAll(new LeadList(client, {}, maxPageSize)));
    if (pair === 0) continue;
    answer.bare.push(bare);
    answer.list.push(list);
  }
  return answer;
}

async function measureLoadAll(request: TimeRequest): Promise<TimeAnswer> {
  const list = new LeadList(clientOf(request), {}, maxPageSize);
  await list.loadMore();
  return { bare: [], list: [await timed(() => loadedAll(list))] };
}

function clientOf({ address, token, atOnce }: TimeRequest): DashlyClient {
  return new DashlyClient({ address, app: '$self_app', token, queue: new RequestQueue(atOnce) });
}

async function timed(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  assert.equal(await run(), queryCap);
  return performance.now() - start;
}

async function loadedAll(list: LeadList): Promise<number> {
  await list.loadAll(new AbortController().signal);
  list.dispose();
  return list.leads.length;
}

async function readBare({ address, token, atOnce }: TimeRequest): Promise<number> {
  let leads = 0;
  let next = 0;
  const readOn = async (): Promise<void> => {
    while (next < queryCap) {
      const url = `${address}/apps/%24self_app/users?offset=${next}&limit=${maxPageSize}&id_as_string=true`;
      next += maxPageSize;
      const response = await fetch(url, { headers: { Authorization: `Token ${token}` } });
      const answer = JSON.parse(await response.text()) as { data: { users: unknown[] } };
      leads += answer.data.users.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  return leads;
}

const [, , given] = process.argv;
if (process.send && given) {
  const request = JSON.parse(given) as TimeRequest;
  const measure = request.what === 'pairs' ? measurePairs : measureLoadAll;
  void measure(request).then((answer) => process.send?.(answer, () => process.disconnect()));
}
