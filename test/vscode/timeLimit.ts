import { availableParallelism, loadavg } from 'node:os';

/**
 * How many times longer everything takes at this moment than on an idle machine: how many programs want to run, for each
 * core. 1 on Windows, which does not count them.
 */
export function slowness(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/**
 * Calls `late` when so much time has passed as an idle machine would count it: a busy one is given correspondingly more.
 *
 * @returns ends the limit.
 */
export function startTimeLimit(milliseconds: number, late: () => void): () => void {
  const step = 1000;
  let left = milliseconds;
  const timer = setInterval(() => {
    left -= step / slowness();
    if (left > 0) return;
    clearInterval(timer);
    late();
  }, step);
  return () => clearInterval(timer);
}
