import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownApp } from '../../src/dashly/address';
import { buildInto } from '../vscode/build';
import { cacheFolder } from '../vscode/folders';
import { startBenchServer } from './benchServer';
import { runProbe } from './probe';
import type { Look } from './probes/lifecycleProbe';
import type { Benchmark } from './result';

const warmUpRounds = 200;
const rounds = 1000;
const mostGrowth = 5;
const bareView = 'bench.bareTree';

/**
 * What a long day keeps of the extension host's heap. VS Code itself keeps some 200 bytes of every row that is drawn until
 * the view is disposed of: `ExtHostTreeView` (1.105.1, 1.139.1) registers a `DisposableStore` for each in `createTreeNode`,
 * also where it draws a row anew that it knows, and takes none out (microsoft/vscode#207308). Whatever a row is made of, and
 * however VS Code is told that it has changed, that cannot be avoided, and a view that is disposed of loses its place and
 * selection before one's eyes. So a bare tree tells how much it is.
 *
 * During the first 200 rounds functions are compiled that run for the first time: the printed lines show it.
 */
const benchmark: Benchmark = async () => {
  const extension = join(cacheFolder, 'bench', 'lifecycle');
  await buildInto(extension);
  await addBareView(join(extension, 'package.json'));
  const servers = [await startBenchServer({ leads: 200 }), await startBenchServer({ leads: 200 })];
  try {
    const apps = servers.map(({ address, token }, place) => ({ address, token, app: ownApp, name: `App ${place}` }));
    const define = { APPS: apps, BARE_VIEW: bareView, WARM_UP_ROUNDS: warmUpRounds, ROUNDS: rounds };
    const timeLimit = 45 * 60_000;
    const looks = await runProbe<Look>('lifecycleProbe', define, { extension, timeLimit });
    for (const { of, rounds, heap, rows } of looks)
      console.log(`  after ${rounds} rounds (${of}): ${(heap / 1e6).toFixed(2)} MB, ${rows} rows drawn`);
    const [ours, bare] = [grown(looks, 'rounds'), grown(looks, 'bare tree')];
    const percent = (bytes: number): number => (100 * bytes) / ours.from;
    const what = `Growth of the heap by ${rounds.toLocaleString('en')} rounds of switching the app, a refresh, a search and a card, after ${warmUpRounds} of them`;
    const judged = (name: string, value: number) => ({
      name,
      host: 'extension host',
      value,
      unit: '%',
      goal: `≤ ${mostGrowth}`,
      met: value <= mostGrowth,
    });
    return [
      judged(`${what}, all of it`, percent(ours.bytes)),
      judged(
        `${what}, without the ${(bare.bytes / bare.rows).toFixed(0)} bytes a row that VS Code keeps of a bare tree whose rows are drawn as often`,
        percent(ours.bytes - (bare.bytes / bare.rows) * ours.rows),
      ),
    ];
  } finally {
    for (const server of servers) await server.close();
  }
};

/** By how much the heap grew after the warm-up, from how many bytes on, and with how many rows drawn. */
function grown(looks: readonly Look[], of: Look['of']): { from: number; bytes: number; rows: number } {
  const [before] = looks.filter((look) => look.of === of && look.rounds >= warmUpRounds);
  const after = looks.findLast((look) => look.of === of);
  if (!before || !after) throw new Error(`The heap was not looked at (${of}).`);
  return { from: before.heap, bytes: after.heap - before.heap, rows: after.rows - before.rows };
}

/** Adds a tree view of the bare tree to a manifest, out of sight while another container is. */
async function addBareView(file: string): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { contributes: { views: Record<string, unknown[]> } };
  manifest.contributes.views.explorer = [{ id: bareView, name: 'Bare Tree' }];
  await writeFile(file, JSON.stringify(manifest));
}

export default benchmark;
