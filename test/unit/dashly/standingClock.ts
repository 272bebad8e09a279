import type { Clock } from '../../../src/dashly/clock';

/** A clock that stands until it is moved. */
export class StandingClock implements Clock {
  private time = 0;
  private sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ until: this.time + milliseconds, wake }));
  }

  /** Wakes those whose time has come, and lets them act. */
  async advance(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    const due = this.sleepers.filter(({ until }) => until <= this.time);
    this.sleepers = this.sleepers.filter(({ until }) => until > this.time);
    for (const { wake } of due) wake();
    await settled();
  }
}

/** Until every promise that can be settled without the clock is. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
