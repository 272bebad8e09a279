import { alternatives } from '../dashly/conditions';
import { minute } from '../dashly/dates';
import { errorDetail } from '../dashly/errors';
import { type Lead, type LeadsQuery, queryCap } from '../dashly/lead';
import { withFixedDates } from '../dashly/listRequest';
import type { LeadSource } from '../leads/pageReader';
import { CrawlCheck } from './crawlCheck';
import type { CrawlState } from './crawlState';
import { IdSet } from './idSet';
import type { MissingLeads } from './missingLeads';
import { PatientSource } from './patientSource';
import { WindowCutter } from './windowCutter';
import { WindowReader } from './windowReader';
import { type CountedWindow, type LeadWindow, wholeWindow, type WindowTask } from './windows';

/** What a crawl has to answer for. */
export interface CrawlResult {
  /** How many leads the service counted when the crawl began and when it ended; at 10,000 some count no further. */
  readonly countedAtStart: number;
  readonly countedAtEnd: number;
  /** How many different leads the crawl gave, in all its sessions. */
  readonly read: number;
  /** How many of the leads the service counts at the end could not be read: the sum of `reasons` as far as it is known. */
  readonly missing: number;
  readonly reasons: readonly MissingLeads[];
  /** How many leads were met more than once, in windows that overlap or because they moved, and given once. */
  readonly duplicates: number;
  readonly windows: number;
  /** How many windows were read again because they had changed. */
  readonly readAgain: number;
  readonly requests: number;
}

export interface CrawlOptions {
  /** How many requests at a time, ≥ 1; asked before each. Default 4. */
  readonly concurrency?: () => number;
  /** How long an outage of the service is waited for, in ms. Default half an hour. */
  readonly patience?: number;
  /** Gets lines without contact data. */
  readonly log?: (line: string) => void;
  /** Where the person is, as an IANA name: whose `today` a query means. This machine's own zone when left out. */
  readonly timeZone?: string;
}

/** What is known before the first lead is read. */
export interface CrawlPlan {
  /** How many leads the service says there are. */
  readonly total: number;
  readonly windows: number;
  /** How many alternatives of an `or` are read one by one; 1 when the view is read as it is. */
  readonly alternatives: number;
  /** How many leads are in windows that cannot be divided: of each, perhaps only the first and last 10,000 in some orders. */
  readonly undividable: number;
}

/** How far a crawl is. */
export interface CrawlProgress {
  readonly phase: 'planning' | 'reading' | 'checking' | 'done';
  /** Undefined until the service has said. */
  readonly total: number | undefined;
  /** Different leads given so far, in all sessions of the crawl. */
  readonly read: number;
  readonly windows: number;
  readonly requests: number;
  /** Why nothing comes at the moment: the error of an outage that is being waited for. */
  readonly outage: unknown;
}

/**
 * Reads every lead of a query, however many: cuts the query into windows that hold fewer leads than one query
 * gives, reads them in order, gives each lead once, and checks at the end that nothing was missed while the list moved.
 *
 * What it promises: every lead that satisfies the query from the beginning to the end is given, unless `CrawlResult.reasons`
 * counts it. A lead's record is as it was when it was first met. Only numbers can be compared: docs/export.md names the two
 * cases in which they hide a lead.
 */
export class LeadsCrawl {
  /** What is asked for; `today` is the day on which the crawl began, however long it lasts. */
  readonly query: LeadsQuery;
  private readonly source: PatientSource;
  private readonly log: (line: string) => void;
  private readonly seen: IdSet;
  private startedAt: number | undefined;
  private countedAtStart: number | undefined;
  private tasks: WindowTask[] | undefined;
  private phase: CrawlProgress['phase'] = 'planning';
  private windows = 0;
  private duplicates = 0;
  private outage: unknown;

  /** @param seen ids that are known and are not to be given again */
  constructor(
    source: LeadSource,
    query: LeadsQuery,
    private readonly options: CrawlOptions = {},
    seen = new IdSet(),
  ) {
    this.query = withFixedDates(query, Date.now(), options.timeZone);
    this.log = options.log ?? (() => undefined);
    this.seen = seen;
    this.source = new PatientSource(source, {
      patience: options.patience ?? 30 * minute,
      onOutage: (error) => {
        this.outage = error;
        this.log(error === undefined ? 'The service answers again.' : `Waiting for the service: ${errorDetail(error)}`);
      },
    });
  }

  /**
   * Goes on with a crawl.
   * @param seen the ids it has given
   */
  static resume(source: LeadSource, state: CrawlState, seen: IdSet, options: CrawlOptions = {}): LeadsCrawl {
    const crawl = new LeadsCrawl(source, state.query, options, seen);
    crawl.startedAt = state.startedAt;
    crawl.countedAtStart = state.countedAtStart;
    crawl.tasks = state.tasks.map((task) => ({ ...task }));
    crawl.windows = state.tasks.length;
    return crawl;
  }

  get progress(): CrawlProgress {
    return {
      phase: this.phase,
      total: this.total,
      read: this.seen.size,
      windows: this.windows,
      requests: this.source.requests,
      outage: this.outage,
    };
  }

  /** How many leads there are, as far as it is known: where the service counts no further, as many as the windows hold. */
  private get total(): number | undefined {
    const { countedAtStart, tasks } = this;
    return countedAtStart === queryCap && tasks
      ? Math.max(
          countedAtStart,
          tasks.reduce((sum, { expected }) => sum + expected, 0),
        )
      : countedAtStart;
  }

  /** Where the crawl stands; undefined before it has been planned. Windows count as read when their last lead was taken. */
  get state(): CrawlState | undefined {
    const { startedAt, countedAtStart, tasks } = this;
    return startedAt === undefined || countedAtStart === undefined || tasks === undefined
      ? undefined
      : { version: 2, query: this.query, startedAt, countedAtStart, tasks: tasks.map((task) => ({ ...task })) };
  }

  /** Counts the leads and cuts the query into windows. Does nothing more when that is done. */
  async prepare(signal: AbortSignal): Promise<CrawlPlan> {
    if (!this.tasks) {
      this.startedAt = Date.now();
      const count = await this.source.count(this.view, signal);
      this.countedAtStart = count;
      await this.plan({ window: this.view, count }, count > queryCap, signal);
    }
    const tasks = this.tasks ?? [];
    return {
      total: this.total ?? 0,
      windows: tasks.length,
      alternatives: tasks.length > 1 ? alternatives(this.query.filters).length : 1,
      undividable: tasks.filter((task) => task.passes.length > 1).reduce((sum, task) => sum + task.expected, 0),
    };
  }

  /**
   * Gives every lead once, by window and in the order of the plan; the same in each run over the same leads, whatever the
   * concurrency. Returns the account of it. To be called once.
   * @throws what the source throws when waiting does not help; the signal's reason when aborted
   */
  async *leads(signal: AbortSignal): AsyncGenerator<Lead, CrawlResult> {
    await this.prepare(signal);
    const reader = new WindowReader(this.source, this.seen, this.options.concurrency ?? (() => 4), {
      onDuplicate: () => (this.duplicates += 1),
      onUndecodable: (sentences) => sentences.forEach(this.log),
    });
    const whole = this.isWhole(signal);
    // Should reading fail first, nobody waits for it any more.
    whole.catch(() => undefined);
    yield* this.readTasks(reader, signal);
    if (!(await whole)) {
      this.phase = 'planning';
      await this.plan({ window: this.view, count: queryCap }, true, signal);
      yield* this.readTasks(reader, signal);
    }
    this.phase = 'checking';
    const tasks = this.tasks ?? [];
    const check = new CrawlCheck(this.source, reader, () => this.seen.size, this.cutter(signal), this.log);
    const checked = yield* check.run(this.query.filters, tasks, this.startedAt ?? Date.now(), signal);
    this.phase = 'done';
    return {
      countedAtStart: this.countedAtStart ?? 0,
      countedAtEnd: checked.total,
      read: this.seen.size,
      missing: checked.reasons.reduce((sum, { count = 0 }) => sum + count, 0),
      reasons: checked.reasons,
      duplicates: this.duplicates,
      windows: tasks.length,
      readAgain: checked.readAgain,
      requests: this.source.requests,
    };
  }

  private get view(): LeadWindow {
    return { own: this.query.filters, parts: [] };
  }

  /** @param mustCut whether one query does not give all leads of the window */
  private async plan(counted: CountedWindow, mustCut: boolean, signal: AbortSignal): Promise<void> {
    const { sortProp: prop, sortOrder: order } = this.query;
    const cutter = this.cutter(signal, (windows) => (this.windows = windows));
    this.tasks = mustCut ? await cutter.cut(counted) : [wholeWindow(counted, { prop, order })];
    this.windows = this.tasks.length;
    this.log(`${counted.count} leads in ${this.tasks.length} windows, planned with ${this.source.requests} requests.`);
  }

  /** Whether the one window of the plan is all: a count of exactly the cap may stand for more. */
  private async isWhole(signal: AbortSignal): Promise<boolean> {
    const { countedAtStart, tasks } = this;
    const isOne = tasks?.length === 1 && tasks[0]?.passes.length === 1;
    return countedAtStart !== queryCap || !isOne || this.cutter(signal).isWhole(this.view);
  }

  private async *readTasks(reader: WindowReader, signal: AbortSignal): AsyncGenerator<Lead, void> {
    this.phase = 'reading';
    yield* reader.read(this.tasks?.filter((task) => !task.outcome) ?? [], signal);
  }

  private cutter(signal: AbortSignal, onCut?: (windows: number) => void): WindowCutter {
    const { sortProp, sortOrder } = this.query;
    return new WindowCutter(this.source, signal, { sortProp, sortOrder, onCut });
  }
}
