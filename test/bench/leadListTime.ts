import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { DashlyClient } from '../../src/dashly/client';
import { maxPageSize, queryCap } from '../../src/dashly/lead';
import { LeadList } from '../../src/leads/leadList';

const pairs = 9;

/** Times of the list over those of the bare loop, pair by pair, in milliseconds. */
export interface TimeAnswer {
  readonly bare: readonly number[];
  readonly list: readonly number[];
}

/** In pairs, so that what else the machine does falls on both sides alike; the first pair warms both up. */
async function measure(address: string, token: string): Promise<TimeAnswer> {
  const client = new DashlyClient({ address, app: '$self_app', token });
  const answer: { bare: number[]; list: number[] } = { bare: [], list: [] };
  for (let pair = 0; pair <= pairs; pair++) {
    const bare = await timed(() => readBare(address, token));
    const list = await timed(() => readList(client));
    if (pair === 0) continue;
    answer.bare.push(bare);
    answer.list.push(list);
  }
  return answer;
}

async function timed(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  assert.equal(await run(), queryCap);
  return performance.now() - start;
}

async function readList(client: DashlyClient): Promise<number> {
  const list = new LeadList(client, {}, maxPageSize);
  await list.loadAll(new AbortController().signal);
  list.dispose();
  return list.leads.length;
}

async function readBare(address: string, token: string): Promise<number> {
  let leads = 0;
  for (let offset = 0; offset < queryCap; offset += maxPageSize) {
    const url = `${address}/apps/%24self_app/users?offset=${offset}&limit=${maxPageSize}&id_as_string=true`;
    const response = await fetch(url, { headers: { Authorization: `Token ${token}` } });
    const answer = JSON.parse(await response.text()) as { data: { users: unknown[] } };
    leads += answer.data.users.length;
  }
  return leads;
}

const [, , address, token] = process.argv;
if (process.send && address && token) {
  void measure(address, token).then((answer) => process.send?.(answer, () => process.disconnect()));
}
