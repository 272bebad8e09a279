/** Runs inside the extension host: activates extensions and says what each took. */
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { testOutputMark } from '../../vscode/testOutput';
import { workedTime } from './workedTime';

declare const EXTENSION_IDS: string[];

export async function run(): Promise<void> {
  for (const id of EXTENSION_IDS) {
    const extension = vscode.extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not there.`);
    if (extension.isActive) throw new Error(`${id} is active already: nothing can be measured.`);
    await quiet();
    const worked = workedTime();
    const start = performance.now();
    await extension.activate();
    const elapsed = performance.now() - start;
    console.log(testOutputMark + JSON.stringify({ id, elapsed, worked: workedTime() - worked }));
  }
}

/** Waits until the host has done what a new window makes it do: it would be counted as the extension's. */
async function quiet(): Promise<void> {
  for (let calm = 0; calm < 5;) {
    const before = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, 200));
    calm = performance.eventLoopUtilization(before).utilization < 0.02 ? calm + 1 : 0;
  }
}
