import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { queryCap } from '../../src/dashly/lead';
import { startBenchServer, type BenchServer } from './benchServer';
import { Curl } from './curl';
import type { HeapAnswer } from './leadListHeap';
import type { TimeAnswer, TimeRequest } from './leadListTime';
import { type BenchResult, type Benchmark, median } from './result';

const maxTimeRatio = 1.15;
const maxHeapRatio = 2.2;
const rounds = 5;
const roundTrip = 50;
/** As many requests at the same time as `dashlyLeads.concurrency` allows by default. */
const atOnce = 4;

/** 10,000 leads through the list against the bare minimum over the same pages; and the heap they hold. */
const benchmark: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dashly-leads-bench-'));
  try {
    const child = await buildTimeChild(folder);
    return [
      ...(await withServer(undefined, async (server) => [
        await againstBare(child, server, atOnce),
        await againstBare(child, server, 1),
        await heapRatio(server),
      ])),
      ...(await withServer(roundTrip, async (server) => [await againstCurl(child, server, folder)])),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

async function withServer(
  roundTrip: number | undefined,
  measure: (server: BenchServer) => Promise<BenchResult[]>,
): Promise<BenchResult[]> {
  const server = await startBenchServer({ roundTrip });
  try {
    return await measure(server);
  } finally {
    await server.close();
  }
}

/** Measured as it is shipped, bundled: what runs the TypeScript of the tests would slow down every `import()`. */
async function buildTimeChild(folder: string): Promise<string> {
  const outfile = join(folder, 'leadListTime.js');
  await build({
    entryPoints: [join(__dirname, 'leadListTime.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'cjs',
    external: ['node:*'],
    target: 'es2022',
  });
  return outfile;
}

async function time(child: string, request: TimeRequest, environment: NodeJS.ProcessEnv = {}): Promise<TimeAnswer> {
  const { address, token, what, atOnce } = request;
  const given = JSON.stringify({ address, token, what, atOnce } satisfies TimeRequest);
  const process = fork(child, [given], { execArgv: [], env: { ...globalThis.process.env, ...environment } });
  const [answer] = (await once(process, 'message')) as [TimeAnswer];
  return answer;
}

async function againstBare(child: string, server: BenchServer, atOnce: number): Promise<BenchResult> {
  const { bare, list } = await time(child, { ...server, what: 'pairs', atOnce });
  console.log(`  ${atOnce} at a time: list ${median(list).toFixed(0)} ms, bare ${median(bare).toFixed(0)} ms`);
  return ratio(
    `10,000 leads through LeadList, against fetch + JSON.parse of the same leads, ${atOnce} at a time (median of ${bare.length} pairs)`,
    bare.map((time, pair) => (list[pair] ?? NaN) / time),
  );
}

/** In turns, each in a process of its own. */
async function againstCurl(child: string, server: BenchServer, folder: string): Promise<BenchResult> {
  const curl = await Curl.of(server, folder);
  const authority = join(folder, 'trusted.pem');
  await writeFile(authority, server.authority ?? '');
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const request = { ...server, what: 'loadAll', atOnce } as const;
    ours.push(median((await time(child, request, { NODE_EXTRA_CA_CERTS: authority })).list));
    bare.push(await curl.allPages(atOnce));
  }
  console.log(`  over https: Load All ${median(ours).toFixed(0)} ms, curl ${median(bare).toFixed(0)} ms`);
  return ratio(
    `Load All of 10,000 leads over https with ${roundTrip} ms of round trip, against curl --parallel-max ${atOnce} (median of ${rounds} turns)`,
    bare.map((time, round) => (ours[round] ?? NaN) / time),
  );
}

function ratio(name: string, ratios: readonly number[]): BenchResult {
  const value = median(ratios);
  return { name, value, unit: 'times', goal: `≤ ${maxTimeRatio}`, met: value <= maxTimeRatio };
}

async function heapRatio(server: BenchServer): Promise<BenchResult> {
  const child = fork(join(__dirname, 'leadListHeap.ts'), [server.address, server.token], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [answer] = (await once(child, 'message')) as [HeapAnswer];
  assert.equal(answer.leads, queryCap);
  const value = answer.heap / answer.json;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  console.log(`  ${megabytes(answer.heap)} MB of heap for ${megabytes(answer.json)} MB of JSON`);
  return {
    name: 'heap held by 10,000 loaded leads, against the bytes of their JSON',
    value,
    unit: 'times',
    goal: `≤ ${maxHeapRatio}`,
    met: value <= maxHeapRatio,
  };
}

export default benchmark;
