import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { DashlyClient } from '../../src/dashly/client';
import { maxPageSize, queryCap } from '../../src/dashly/limits';
import { LeadList } from '../../src/leads/leadList';
import { startBenchServer, type BenchServer } from './benchServer';
import type { HeapAnswer } from './leadListHeap';
import type { BenchResult, Benchmark } from './result';

const pairs = 7;
const maxTimeRatio = 1.15;
const maxHeapRatio = 2.5;

/** 10,000 leads through the list against the bare minimum over the same pages; and the heap they hold. */
const benchmark: Benchmark = async () => {
  const server = await startBenchServer();
  try {
    return [await timeRatio(server), await heapRatio(server)];
  } finally {
    await server.close();
  }
};

async function timeRatio(server: BenchServer): Promise<BenchResult> {
  const client = new DashlyClient({ address: server.address, app: '$self_app', token: server.token });
  const ratios: number[] = [];
  // The first pair warms both up. Pairs, so that what else the machine does falls on both sides alike.
  for (let pair = 0; pair <= pairs; pair++) {
    const bare = await timed(() => readBare(server));
    const list = await timed(() => readList(client));
    if (pair > 0) {
      ratios.push(list / bare);
    }
  }
  const value = ratios.sort((one, other) => one - other)[Math.floor(pairs / 2)] ?? NaN;
  return {
    name: '10,000 leads through LeadList, against fetch + JSON.parse over the same pages (time)',
    value,
    unit: 'times',
    goal: `≤ ${maxTimeRatio}`,
    met: value <= maxTimeRatio,
  };
}

async function heapRatio(server: BenchServer): Promise<BenchResult> {
  const child = fork(path.join(__dirname, 'leadListHeap.ts'), [server.address, server.token], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [answer] = await once(child, 'message') as [HeapAnswer];
  assert.equal(answer.leads, queryCap);
  const value = answer.heap / answer.json;
  return {
    name: 'heap held by 10,000 loaded leads, against the bytes of their JSON',
    value,
    unit: 'times',
    goal: `≤ ${maxHeapRatio}`,
    met: value <= maxHeapRatio,
  };
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

async function readBare({ address, token }: BenchServer): Promise<number> {
  let leads = 0;
  for (let offset = 0; offset < queryCap; offset += maxPageSize) {
    const url = `${address}/apps/%24self_app/users?offset=${offset}&limit=${maxPageSize}&id_as_string=true`;
    const response = await fetch(url, { headers: { Authorization: `Token ${token}` } });
    const answer = JSON.parse(await response.text()) as { data: { users: unknown[] } };
    leads += answer.data.users.length;
  }
  return leads;
}

export default benchmark;
