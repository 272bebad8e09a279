/**
 * Runs inside the extension host: rounds of switching the app, reading its list again, searching, opening a card and closing
 * it, and what they keep of the heap.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { Account } from '../../../src/account/account';
import type { ActivatedParts } from '../../../src/parts';
import { leadElement } from '../../../src/leads/leadElement';
import { activatedParts } from '../../host/helpers/activatedParts';
import { waitUntil } from '../../vscode/condition';
import { testOutputMark } from '../../vscode/testOutput';

/** Two apps that are switched between, with their tokens. */
declare const APPS: readonly (Account & { readonly token: string })[];
/** After these, and again each time as many were made, the heap is looked at. */
declare const WARM_UP_ROUNDS: number;
declare const ROUNDS: number;

export async function run(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const parts = await activatedParts();
  for (const { token, ...account } of APPS) await parts.store.add(account, token);
  await vscode.commands.executeCommand('dashlyLeads.leads.focus');
  const round = startRounds(parts);
  const heap = async (): Promise<number> => {
    // VS Code and Node.js give up what they hold for a moment only when they are idle.
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      collect();
    }
    return process.memoryUsage().heapUsed;
  };
  for (let rounds = 1; rounds <= WARM_UP_ROUNDS + ROUNDS; rounds++) {
    await round(rounds);
    if (rounds % WARM_UP_ROUNDS === 0) console.log(testOutputMark + JSON.stringify({ rounds, heap: await heap() }));
  }
}

function startRounds({ store, current, seen }: ActivatedParts): (number: number) => Promise<void> {
  let answers = 0;
  let cardsRead = 0;
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    const answer = await fetch(...args);
    answers++;
    return answer;
  };
  seen.event(() => cardsRead++);
  return async (number) => {
    const account = APPS[number % APPS.length]!;
    await store.activate(account);
    const list = await waitUntil(
      'the app is shown',
      () => current.connection?.name === account.name && current.list?.state === 'ready' && current.list,
    );
    await list.refresh();
    const answered = answers;
    void vscode.commands.executeCommand('dashlyLeads.search', `example ${number}`);
    await waitUntil('the search is answered', () => answers > answered);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const read = cardsRead;
    const lead = list.leads[number % list.leads.length]!;
    await vscode.commands.executeCommand('dashlyLeads.openCard', leadElement(lead));
    await waitUntil('the card is read', () => cardsRead > read);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await waitUntil('the card is closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
  };
}
