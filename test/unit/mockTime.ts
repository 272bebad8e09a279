import { mock } from 'node:test';

/** Time stands still from here on, until `pass` moves it; to be ended by `mock.timers.reset()`. */
export function stopTime(now = 0): void {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now });
}

/**
 * Lets so much time pass. Whatever falls due runs in order, and so do the promises it settles.
 * @param step how finely, in ms: a promise's own timers begin at the end of the step in which it was settled
 */
export async function pass(milliseconds: number, step = 1): Promise<void> {
  await settle();
  for (let left = milliseconds; left > 0; left -= step) {
    mock.timers.tick(Math.min(step, left));
    await settle();
  }
}

/** Lets everything that waits for promises go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
