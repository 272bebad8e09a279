import { mock } from 'node:test';

/** Puts time into the test's hands: it stands until `advance` moves it. `mock.timers.reset()` gives it back. */
export function stopTime(now = 0): void {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now });
}

/** Moves the time, and lets those act whose time has come. */
export async function advance(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds);
  await settled();
}

/** Until every promise that can be settled without time is. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
