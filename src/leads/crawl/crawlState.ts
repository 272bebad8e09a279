import type { LeadsQuery } from '../../dashly/lead';
import type { WindowTask } from './windowTask';

/** Where a walk stands. Plain JSON: with it, and the ids that were given, a walk goes on after the program has ended. */
export interface CrawlState {
  readonly version: 1;
  readonly query: LeadsQuery;
  /** ms since 1970 */
  readonly startedAt: number;
  /** The total when it began. */
  readonly promised: number;
  readonly tasks: readonly WindowTask[];
}

/** Whether text read from a file is the state of a walk that this version can go on with. */
export function isCrawlState(value: unknown): value is CrawlState {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { version, query, startedAt, promised, tasks } = value as Partial<Record<keyof CrawlState, unknown>>;
  return version === 1 && typeof query === 'object' && query !== null && typeof startedAt === 'number'
    && typeof promised === 'number' && Array.isArray(tasks) && tasks.every(isWindowTask);
}

function isWindowTask(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { window, passes, expected } = value as Partial<Record<keyof WindowTask, unknown>>;
  return typeof window === 'object' && window !== null && Array.isArray((window as { parts?: unknown }).parts)
    && Array.isArray(passes) && typeof expected === 'number';
}
