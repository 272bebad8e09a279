import { readFileSync } from 'node:fs';

/**
 * How long this thread has worked since its start, in milliseconds: what other programs do to a busy machine is not in it.
 * Linux only, else NaN.
 */
export function workedTime(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return NaN;
  }
}
