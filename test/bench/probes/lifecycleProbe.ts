/**
 * Runs inside the extension host: rounds of switching the app, reading its list again, searching, opening a card and closing
 * it, and what they keep of the heap; then, as a control, what a bare tree keeps of as many rows drawn as often.
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
/** A tree view that is in the manifest and that nobody has given rows. */
declare const BARE_VIEW: string;
/** After these, the heap is looked at for the first time. */
declare const WARM_UP_ROUNDS: number;
declare const ROUNDS: number;

/** Each time as many rounds were made, the heap is looked at. */
const step = 100;

/** The heap after some rounds. */
export interface Look {
  readonly of: 'rounds' | 'bare tree';
  readonly rounds: number;
  /** In bytes. */
  readonly heap: number;
  /** How many rows were drawn so far. */
  readonly rows: number;
}

export async function run(): Promise<void> {
  const drawn = countRows();
  const parts = await activatedParts();
  for (const { token, ...account } of APPS) await parts.store.add(account, token);
  await vscode.commands.executeCommand('dashlyLeads.leads.focus');
  const looks = await watchHeap('rounds', startRounds(parts), drawn);
  const rows = looks.at(-1)!.rows - looks.find(({ rounds }) => rounds === WARM_UP_ROUNDS)!.rows;
  await watchHeap('bare tree', await startBareTree(Math.round(rows / ROUNDS)), drawn);
}

async function watchHeap(
  of: Look['of'],
  round: (number: number) => Promise<void>,
  drawn: () => number,
): Promise<Look[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const looks: Look[] = [];
  for (let rounds = 1; rounds <= WARM_UP_ROUNDS + ROUNDS; rounds++) {
    await round(rounds);
    if (rounds % step !== 0) continue;
    // VS Code and Node.js give up what they hold for a moment only when they are idle.
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      collect();
    }
    const look = { of, rounds, heap: process.memoryUsage().heapUsed, rows: drawn() };
    console.log(testOutputMark + JSON.stringify(look));
    looks.push(look);
  }
  return looks;
}

/** @returns how many rows of trees were given to VS Code so far: each has an id */
function countRows(): () => number {
  let rows = 0;
  Object.defineProperty(vscode.TreeItem.prototype, 'id', {
    set(this: vscode.TreeItem, value: string) {
      rows++;
      Object.defineProperty(this, 'id', { value, writable: true, enumerable: true, configurable: true });
    },
  });
  return () => rows;
}

/** A tree of nothing but labels. @returns what draws it anew */
async function startBareTree(rows: number): Promise<() => Promise<void>> {
  const changed = new vscode.EventEmitter<undefined>();
  const elements = Array.from({ length: rows }, (_, index) => ({ id: String(index) }));
  let read = (): void => undefined;
  const next = (): Promise<void> => new Promise((resolve) => (read = resolve));
  const first = next();
  vscode.window.createTreeView<{ id: string }>(BARE_VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren() {
        read();
        return elements;
      },
      getTreeItem: ({ id }) => Object.assign(new vscode.TreeItem(`Row ${id}`), { id }),
    },
  });
  await vscode.commands.executeCommand(`${BARE_VIEW}.focus`);
  await first;
  return async () => {
    const again = next();
    changed.fire(undefined);
    await again;
  };
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
