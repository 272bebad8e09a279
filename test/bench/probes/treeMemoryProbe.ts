/** Runs inside the extension host: how much memory is not given back by a refresh of a tree with 10,000 rows. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { sampleAccount } from '../../../src/account/account';
import { activatedParts } from '../../host/helpers/activatedParts';
import { testOutputMark } from '../../vscode/testOutput';

const rounds = 10;
const warmUps = 3;

export async function run(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const parts = await activatedParts();
  await parts.store.add(sampleAccount);
  await vscode.commands.executeCommand('dashlyLeads.leads.focus');
  await vscode.commands.executeCommand('dashlyLeads.loadAll');
  const { list } = parts.current;
  if (!list || list.leads.length < 9_900) throw new Error(`Only ${list?.leads.length} leads are loaded.`);
  // VS Code puts events of a tree together for 200 ms, and draws 10,000 rows in some 400.
  const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2000));
  const heapAfter = async (refresh: () => Promise<void>): Promise<number> => {
    await refresh();
    await drawn();
    collect();
    await drawn();
    collect();
    return process.memoryUsage().heapUsed;
  };
  const growth = async (refresh: () => Promise<void>): Promise<number> => {
    for (let round = 0; round < warmUps; round++) await heapAfter(refresh);
    const before = await heapAfter(refresh);
    let after = before;
    for (let round = 0; round < rounds; round++) after = await heapAfter(refresh);
    return (after - before) / rounds;
  };
  let masked = false;
  const kept = await growth(async () => {
    await list.refresh();
    parts.masking.set((masked = !masked));
  });
  console.log(testOutputMark + JSON.stringify({ kept }));
}
