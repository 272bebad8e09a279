import { minute } from '../dashly/dates';
import type { Filters, Lead } from '../dashly/lead';
import type { MissingLeads } from './crawl';
import { type CrawlClock, type PatientSource, readAhead } from './patientSource';
import { type WindowCutter, withPart } from './windowCutter';
import type { WindowReader } from './windowReader';
import { alternatives, type LeadWindow, type WindowTask } from './windows';

/** What the end of a walk found. */
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
 * The end of a walk: finds what moved while the windows were read. Leads that were active since the beginning, wherever
 * they were before, are now in the window "seen since then", which is read; the other windows are counted again without
 * those, and read again when they hold more than was found in them. Repeated until nothing moves, some times at most.
 */
export class CrawlCheck {
  constructor(
    private readonly source: PatientSource,
    private readonly reader: WindowReader,
    private readonly seenCount: () => number,
    private readonly cutter: WindowCutter,
    private readonly clock: CrawlClock,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Gives the leads that were missed.
   * @param own the query's filters
   * @param tasks read; those that must be read again get another outcome, or are replaced by smaller ones, in place
   * @param startedAt when the walk began, ms since 1970
   */
  async *run(
    own: Filters | undefined,
    tasks: WindowTask[],
    startedAt: number,
    signal: AbortSignal,
  ): AsyncGenerator<Lead, Checked> {
    const only = tasks.length === 1 ? tasks[0]?.outcome : undefined;
    if (only && !only.moved && !only.gap && only.found === only.total) {
      return { total: only.total, reasons: [], readAgain: 0 };
    }
    let since = startedAt;
    let readAgain = 0;
    for (let round = 1; ; round += 1) {
      const roundStart = this.clock.now();
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
        const again = await this.cutter.cut({
          window: task.window,
          count: await this.source.count(task.window, signal),
        });
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
      const tasks = await this.cutter.cut({ window, count: await this.source.count(window, signal) });
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
    const reasons = tasks.flatMap(({ window, passes, outcome }, index): MissingLeads[] => {
      const count = (counts[index] ?? 0) - (outcome?.found ?? 0);
      if (count <= 0) {
        return [];
      }
      const why = passes.length > 1 ? 'undividable' : (outcome?.undecodable ?? 0) > 0 ? 'undecodable' : 'moving';
      return [{ count, window, why }];
    });
    const unexplained = total - this.seenCount() - reasons.reduce((sum, { count }) => sum + count, 0);
    // Records that could not be decoded may have moved to where the windows' counts do not see them.
    const known = reasons.reduce((sum, { count, why }) => sum + (why === 'undecodable' ? count : 0), 0);
    const undecodable = tasks.reduce((sum, { outcome }) => sum + (outcome?.undecodable ?? 0), 0) - known;
    const window = { own, parts: [] };
    const rest: MissingLeads[] = [
      { count: Math.min(unexplained, undecodable), window, why: 'undecodable' },
      { count: unexplained - Math.max(0, undecodable), window, why: 'unplaced' },
    ];
    return [...reasons, ...rest.filter(({ count }) => count > 0)];
  }
}

function mustBeReadAgain({ passes, outcome }: WindowTask, quietNow: number): boolean {
  if (!outcome || outcome.gap) {
    return true;
  }
  const unread = quietNow - outcome.found;
  // A window read by its ends gives no more when it is read again, unless it has changed.
  return passes.length > 1 ? quietNow > outcome.total : unread > outcome.undecodable;
}
