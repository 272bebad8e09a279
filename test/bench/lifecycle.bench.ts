import { join } from 'node:path';
import { ownApp } from '../../src/account/account';
import { buildInto } from '../vscode/build';
import { cacheFolder } from '../vscode/folders';
import { startBenchServer } from './benchServer';
import { runProbe } from './probe';
import type { Benchmark } from './result';

const warmUpRounds = 100;
const rounds = 1000;
const mostGrowth = 5;

/**
 * What a long day keeps of the extension host's heap. VS Code itself keeps about 300 bytes of every row that is drawn until
 * the view is disposed of (`ExtHostTreeView` registers a store for each, 1.105 and 1.139): 50 and more in each round.
 */
const benchmark: Benchmark = async () => {
  const extension = join(cacheFolder, 'bench', 'lifecycle');
  await buildInto(extension);
  const servers = [await startBenchServer({ leads: 200 }), await startBenchServer({ leads: 200 })];
  try {
    const apps = servers.map(({ address, token }, place) => ({ address, token, app: ownApp, name: `App ${place}` }));
    const define = { APPS: apps, WARM_UP_ROUNDS: warmUpRounds, ROUNDS: rounds };
    const timeLimit = 30 * 60_000;
    const heaps = await runProbe<{ rounds: number; heap: number }>('lifecycleProbe', define, { extension, timeLimit });
    for (const { rounds, heap } of heaps) console.log(`  after ${rounds} rounds: ${(heap / 1e6).toFixed(1)} MB`);
    const [before, after] = [heaps[0]?.heap ?? NaN, heaps.at(-1)?.heap ?? NaN];
    const growth = (100 * (after - before)) / before;
    return [
      {
        name: 'Growth of the heap by 1,000 rounds of switching the app, a refresh, a search and a card, after 100 of them',
        host: 'extension host',
        value: growth,
        unit: '%',
        goal: `≤ ${mostGrowth}`,
        met: growth <= mostGrowth,
      },
    ];
  } finally {
    for (const server of servers) await server.close();
  }
};

export default benchmark;
