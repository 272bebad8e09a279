import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { queryCap } from '../../src/dashly/lead';
import { startBenchServer, type BenchServer } from './benchServer';
import type { HeapAnswer } from './leadListHeap';
import type { TimeAnswer } from './leadListTime';
import type { BenchResult, Benchmark } from './result';

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

/** Measured as it is shipped, bundled: what runs the TypeScript of the tests would slow down every `import()`. */
async function timeRatio(server: BenchServer): Promise<BenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dashly-leads-bench-'));
  const file = path.join(folder, 'leadListTime.js');
  await build({
    entryPoints: [path.join(__dirname, 'leadListTime.ts')],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'cjs',
    external: ['node:*'],
    target: 'es2022',
  });
  const child = fork(file, [server.address, server.token], { execArgv: [] });
  const [{ bare, list }] = (await once(child, 'message')) as [TimeAnswer];
  await rm(folder, { recursive: true });
  const ratios = bare.map((time, pair) => (list[pair] ?? NaN) / time).sort((one, other) => one - other);
  const value = ratios[Math.floor(ratios.length / 2)] ?? NaN;
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
  const [answer] = (await once(child, 'message')) as [HeapAnswer];
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

export default benchmark;
