/** As much of Node's modules as the tests need that run in a web worker too: `assert`, the load of the machine, a timer. */

// @ts-expect-error It has no types: tests see those of Node's own.
export { default } from '@jspm/core/nodelibs/assert/strict';

/** A browser does not tell how busy the machine is. */
export const loadavg = (): number[] => [0];
export const availableParallelism = (): number => 1;

export const setTimeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds));
