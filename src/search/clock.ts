import type { Disposable } from '../leads/event';

/** Starts waits; tests give one whose time they move. */
export interface Clock {
  /** Calls back once after `milliseconds`, unless disposed before. */
  wait(milliseconds: number, run: () => void): Disposable;
}

/** The machine's own time. */
export const systemClock: Clock = {
  wait(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};
