import { alternatives } from '../dashly/conditions';
import { minute } from '../dashly/dates';
import { defaultSortProp, type Filters, type Lead, queryCap } from '../dashly/lead';
import type { MissingLeads } from './missingLeads';
import type { PatientSource } from './patientSource';
import { readAhead } from './readAhead';
import type { WindowCutter } from './windowCutter';
import type { WindowReader } from './windowReader';
import { type LeadWindow, type WindowTask, withPart } from './windows';

/** What the end of a crawl found. */
export interface Checked {
  /** The service's total now. */
  readonly total: number;
  readonly reasons: readonly MissingLeads[];
  readonly readAgain: number;
}

const mostRounds = 4;
const active = '$last_seen';
/** How much the rounding of dates to minutes, and answers that take their time, may blur the beginning of a round. */
const blur = 3 * minute;

/**
 * The end of a crawl: finds what moved while the windows were read. Leads that were active since the beginning, wherever
 * they were before, are now in the window "seen since then", which is read; the other windows are counted again without
 * those, and read again when they hold more than was found in them. Repeated until nothing moves, some times at most.
 */
export class CrawlCheck {
  constructor(
    private readonly source: PatientSource,
    private readonly reader: WindowReader,
    private readonly seenCount: () => number,
    private readonly cutter: WindowCutter,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Gives the leads that were missed.
   * @param own the query's filters
   * @param tasks read; those that must be read again get another outcome, or are replaced by smaller ones, in place
   * @param startedAt when the crawl began, ms since 1970
   */
  async *run(
    own: Filters | undefined,
    tasks: WindowTask[],
    startedAt: number,
    signal: AbortSignal,
  ): AsyncGenerator<Lead, Checked> {
    const [only] = tasks;
    if (only?.outcome && tasks.length === 1 && isComplete(only)) {
      return { total: only.outcome.total, reasons: [], readAgain: 0 };
    }
    let since = startedAt;
    let readAgain = 0;
    for (let round = 1; ; round += 1) {
      const roundStart = Date.now();
      const restless = yield* this.readActive(own, since - blur, signal);
      const counts = await this.countQuiet(tasks, startedAt, signal);
      const changed = tasks.filter((task, index) => mustBeReadAgain(task, counts[index] ?? 0));
      if (changed.length === 0 || round >= mostRounds) {
        const total = await this.source.count({ own, parts: [] }, signal);
        const reasons = this.reasons(own, tasks, counts, total);
        const unplaced = reasons.some(({ why }) => why === 'unplaced');
        if (!(restless || unplaced) || round >= mostRounds) {
          return { total, reasons, readAgain };
        }
      }
      for (const task of changed) {
        readAgain += 1;
        this.log(
          `Reading a window again: ${counts[tasks.indexOf(task)] ?? 0} leads, ${task.outcome?.found ?? 0} were found.`,
        );
        const again = task.outcome?.unsteady
          ? await this.cutter.cutSteadily(task.window)
          : await this.cutter.cut(await this.cutter.counted(task.window));
        yield* this.reader.read(again, signal);
        tasks.splice(tasks.indexOf(task), 1, ...again);
      }
      since = roundStart;
    }
  }

  /** Reads the leads seen since a moment. Returns whether they moved so much that it must be done again. */
  private async *readActive(
    own: Filters | undefined,
    since: number,
    signal: AbortSignal,
  ): AsyncGenerator<Lead, boolean> {
    let restless = false;
    for (const alternative of alternatives(own)) {
      const window = withPart({ own: alternative, parts: [] }, { kind: 'date', prop: active, from: since });
      const tasks = await this.cutter.cut(await this.cutter.counted(window));
      yield* this.reader.read(tasks, signal);
      restless ||= tasks.some(
        ({ outcome }) => outcome !== undefined && (outcome.gap || outcome.found < outcome.total - outcome.undecodable),
      );
    }
    return restless;
  }

  /** How many leads of each window were not active since a moment: those can only have come there in another way. */
  private async countQuiet(tasks: readonly WindowTask[], since: number, signal: AbortSignal): Promise<number[]> {
    const quiet = (window: LeadWindow): LeadWindow =>
      alternatives(window.own).length > 1 ? window : withPart(window, { kind: 'quiet', prop: active, to: since });
    const counts: number[] = [];
    for await (const { result } of readAhead(
      tasks,
      (task) => this.source.count(quiet(task.window), signal, 'inner'),
      () => 4,
    )) {
      counts.push(result);
    }
    return counts;
  }

  private reasons(
    own: Filters | undefined,
    tasks: readonly WindowTask[],
    counts: readonly number[],
    total: number,
  ): MissingLeads[] {
    // What one reading of an unsteady window did not meet, another may have met.
    let unseen = Math.max(0, total - this.seenCount());
    const reasons = tasks.flatMap((task, index): MissingLeads[] => {
      const { window, outcome } = task;
      const why = whyMissing(task);
      const unread = (counts[index] ?? 0) - (outcome?.found ?? 0);
      const count = why === 'unsteady' ? Math.min(unread, unseen) : unread;
      unseen -= Math.max(0, count);
      if (why === 'undividable' && outcome?.total === queryCap) {
        return [{ count: undefined, window, why }];
      }
      return count > 0 ? [{ count, window, why }] : [];
    });
    const unexplained = total - this.seenCount() - reasons.reduce((sum, { count = 0 }) => sum + count, 0);
    // Records that could not be decoded may have moved to where the windows' counts do not see them.
    const known = reasons.reduce((sum, { count = 0, why }) => sum + (why === 'undecodable' ? count : 0), 0);
    const undecodable = tasks.reduce((sum, { outcome }) => sum + (outcome?.undecodable ?? 0), 0) - known;
    const window = { own, parts: [] };
    const rest = [
      { count: Math.min(unexplained, undecodable), window, why: 'undecodable' },
      { count: unexplained - Math.max(0, undecodable), window, why: 'unplaced' },
    ] as const;
    return [...reasons, ...rest.filter(({ count }) => count > 0)];
  }
}

/** Whether nothing is known to be missing from a window, nor can be. */
function isComplete(task: WindowTask): boolean {
  const { outcome } = task;
  return (
    outcome !== undefined && !outcome.moved && !outcome.gap && outcome.found === outcome.total && !isTooLarge(task)
  );
}

/** Whether one reading does not get to the end of a window: it holds more leads than one query gives, or perhaps so. */
function isTooLarge({ passes, outcome }: WindowTask): boolean {
  return passes.length > 1 && outcome !== undefined && outcome.total >= queryCap;
}

function whyMissing(task: WindowTask): MissingLeads['why'] {
  if (isTooLarge(task)) {
    return 'undividable';
  }
  if ((task.outcome?.undecodable ?? 0) > 0) {
    return 'undecodable';
  }
  return task.outcome?.unsteady ? 'unsteady' : 'moving';
}

/** Whether nobody can move in a window, or into it, without being active. */
function isByActivity({ window, passes }: WindowTask): boolean {
  return [...window.parts, ...passes].every(({ prop = defaultSortProp }) => prop === active);
}

function mustBeReadAgain(task: WindowTask, quietNow: number): boolean {
  const { outcome } = task;
  if (!outcome || outcome.gap) {
    return true;
  }
  // Who changes place without being active is not among those seen since, and hides in the count behind one who left.
  if (outcome.moved && outcome.gaveNew && !isByActivity(task)) {
    return true;
  }
  // A window that is too large gives no more when it is read again, unless it has changed.
  return isTooLarge(task) ? quietNow > outcome.total : quietNow - outcome.found > outcome.undecodable;
}
