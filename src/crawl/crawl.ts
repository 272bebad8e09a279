import { plural } from '../leads/text';
import { minute } from '../dashly/dates';
import { errorDetail } from '../dashly/errors';
import { type Lead, type LeadsQuery, queryCap } from '../dashly/lead';
import type { LeadSource } from '../leads/leadList';
import { CrawlCheck } from './crawlCheck';
import { IdSet } from './idSet';
import { type CrawlClock, machineClock, PatientSource } from './patientSource';
import { WindowCutter } from './windowCutter';
import { WindowReader } from './windowReader';
import { alternatives, describeWindow, type LeadWindow, wholeWindow, type WindowTask } from './windows';

/** Leads that could not be had. */
export interface MissingLeads {
  readonly count: number;
  /** Which part of the view they belong to. */
  readonly window: LeadWindow;
  readonly why: 'undividable' | 'undecodable' | 'moving' | 'unplaced';
}

/** What a walk has to answer for. */
export interface CrawlResult {
  /** The service's total when the walk began and when it ended. */
  readonly promised: number;
  readonly promisedAtEnd: number;
  /** How many different leads the walk gave, in all its sessions. */
  readonly came: number;
  /** How many of the leads the service counts at the end could not be had: the sum of `reasons`. */
  readonly missing: number;
  readonly reasons: readonly MissingLeads[];
  /** How many leads were met more than once, in windows that overlap or because they moved, and given once. */
  readonly duplicates: number;
  readonly windows: number;
  /** How many windows were read again because they had changed. */
  readonly readAgain: number;
  readonly requests: number;
}

/** A reason in one sentence. */
export function describeMissing({ count, window, why }: MissingLeads): string {
  const leads = plural(count, 'lead');
  const where = describeWindow(window);
  switch (why) {
    case 'undividable':
      return (
        `${leads} of ${where}: more than 10,000 leads there are alike in everything the service can filter by, ` +
        'and they were not among the first or last 10,000 in any order tried.'
      );
    case 'undecodable':
      return `${leads} of ${where}: their records came without an id or in a form that could not be read.`;
    case 'unplaced':
      return (
        `${leads}: they are in none of the windows the view was cut into, because they came in the last moments or ` +
        'because a date or a number of theirs is neither.'
      );
    case 'moving':
      return `${leads} of ${where}: they came or moved faster than they could be read.`;
  }
}

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
  return (
    version === 1 &&
    typeof query === 'object' &&
    query !== null &&
    typeof startedAt === 'number' &&
    typeof promised === 'number' &&
    Array.isArray(tasks) &&
    tasks.every(isWindowTask)
  );
}

function isWindowTask(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { window, passes, expected } = value as Partial<Record<keyof WindowTask, unknown>>;
  return (
    typeof window === 'object' &&
    window !== null &&
    Array.isArray((window as { parts?: unknown }).parts) &&
    Array.isArray(passes) &&
    typeof expected === 'number'
  );
}

export interface CrawlOptions {
  /** How many requests at a time, ≥ 1; asked before each. Default 4. */
  readonly concurrency?: () => number;
  /** How long an outage of the service is waited for, in ms. Default half an hour. */
  readonly patience?: number;
  readonly clock?: CrawlClock;
  /** Gets lines without contact data. */
  readonly log?: (line: string) => void;
}

/** What is known before the first lead is read. */
export interface CrawlPlan {
  /** How many leads the service says there are. */
  readonly total: number;
  readonly windows: number;
  /** How many alternatives of an `or` are walked one by one; 1 when the view is walked as it is. */
  readonly alternatives: number;
  /** How many leads are in windows that cannot be divided: of each, perhaps only the first and last 10,000 in some orders. */
  readonly undividable: number;
}

/** How far a walk is. */
export interface CrawlProgress {
  readonly phase: 'planning' | 'reading' | 'checking' | 'done';
  /** Undefined until the service has said. */
  readonly total: number | undefined;
  /** Different leads given so far, in all sessions of the walk. */
  readonly came: number;
  readonly windows: number;
  readonly requests: number;
  /** Why nothing comes at the moment: the error of an outage that is being waited for. */
  readonly outage: unknown;
}

/** Leads in a window must leave room for those that come until it is read. */
const fits = 9_500;

/**
 * The walk over every lead of a query, however many: cuts the query into windows that hold fewer leads than one query
 * gives, reads them in order, gives each lead once, and checks at the end that nothing was missed while the list moved.
 *
 * What it promises: every lead that satisfies the query from the beginning to the end is given, unless `CrawlResult.reasons`
 * counts it. A lead's record is as it was when it was first met.
 */
export class LeadsCrawl {
  private readonly source: PatientSource;
  private readonly clock: CrawlClock;
  private readonly log: (line: string) => void;
  private readonly seen: IdSet;
  private startedAt: number | undefined;
  private promised: number | undefined;
  private tasks: WindowTask[] | undefined;
  private phase: CrawlProgress['phase'] = 'planning';
  private windows = 0;
  private duplicates = 0;
  private outage: unknown;

  /** @param seen ids that are known and are not to be given again */
  constructor(
    source: LeadSource,
    readonly query: LeadsQuery,
    private readonly options: CrawlOptions = {},
    seen = new IdSet(),
  ) {
    this.clock = options.clock ?? machineClock;
    this.log = options.log ?? (() => undefined);
    this.seen = seen;
    this.source = new PatientSource(source, {
      clock: this.clock,
      patience: options.patience ?? 30 * minute,
      onOutage: (error) => {
        this.outage = error;
        this.log(error === undefined ? 'The service answers again.' : `Waiting for the service: ${errorDetail(error)}`);
      },
    });
  }

  /**
   * Goes on with a walk.
   * @param seen the ids it has given
   */
  static resume(source: LeadSource, state: CrawlState, seen: IdSet, options: CrawlOptions = {}): LeadsCrawl {
    const crawl = new LeadsCrawl(source, state.query, options, seen);
    crawl.startedAt = state.startedAt;
    crawl.promised = state.promised;
    crawl.tasks = state.tasks.map((task) => ({ ...task }));
    crawl.windows = state.tasks.length;
    return crawl;
  }

  get progress(): CrawlProgress {
    return {
      phase: this.phase,
      total: this.promised,
      came: this.seen.size,
      windows: this.windows,
      requests: this.source.requests,
      outage: this.outage,
    };
  }

  /** Where the walk stands; undefined before it has been planned. Windows count as read when their last lead was taken. */
  get state(): CrawlState | undefined {
    const { startedAt, promised, tasks } = this;
    return startedAt === undefined || promised === undefined || tasks === undefined
      ? undefined
      : { version: 1, query: this.query, startedAt, promised, tasks: tasks.map((task) => ({ ...task })) };
  }

  /** Counts the leads and cuts the query into windows. Does nothing more when that is done. */
  async prepare(signal: AbortSignal): Promise<CrawlPlan> {
    if (!this.tasks) {
      this.startedAt = this.clock.now();
      const window: LeadWindow = { own: this.query.filters, parts: [] };
      this.promised = await this.source.count(window, signal);
      this.tasks = await this.planTasks(window, this.promised, signal);
      this.windows = this.tasks.length;
      this.log(
        `${this.promised} leads in ${this.tasks.length} windows, planned with ${this.source.requests} requests.`,
      );
    }
    return {
      total: this.promised ?? 0,
      windows: this.tasks.length,
      alternatives: this.tasks.length > 1 ? alternatives(this.query.filters).length : 1,
      undividable: this.tasks.filter((task) => task.passes.length > 1).reduce((sum, task) => sum + task.expected, 0),
    };
  }

  /**
   * Gives every lead once, by window and in the order of the plan; the same in each run over the same leads, whatever the
   * concurrency. Returns the account of it. To be called once.
   * @throws what the source throws when waiting does not help; the signal's reason when aborted
   */
  async *leads(signal: AbortSignal): AsyncGenerator<Lead, CrawlResult> {
    await this.prepare(signal);
    const tasks = this.tasks ?? [];
    const reader = new WindowReader(this.source, this.seen, this.options.concurrency ?? (() => 4), {
      onDuplicate: () => (this.duplicates += 1),
      onUndecodable: (sentences) => sentences.forEach(this.log),
      onDone: () => undefined,
    });
    this.phase = 'reading';
    yield* reader.read(
      tasks.filter((task) => !task.outcome),
      signal,
    );
    this.phase = 'checking';
    const check = new CrawlCheck(this.source, reader, () => this.seen.size, this.cutter(signal), this.clock, this.log);
    const checked = yield* check.run(this.query.filters, tasks, this.startedAt ?? this.clock.now(), signal);
    this.phase = 'done';
    return {
      promised: this.promised ?? 0,
      promisedAtEnd: checked.total,
      came: this.seen.size,
      missing: checked.reasons.reduce((sum, { count }) => sum + count, 0),
      reasons: checked.reasons,
      duplicates: this.duplicates,
      windows: tasks.length,
      readAgain: checked.readAgain,
      requests: this.source.requests,
    };
  }

  private planTasks(window: LeadWindow, count: number, signal: AbortSignal): Promise<WindowTask[]> | WindowTask[] {
    const { sortProp: prop, sortOrder: order } = this.query;
    return count <= queryCap
      ? [wholeWindow(window, { prop, order }, count)]
      : this.cutter(signal, (windows) => (this.windows = windows)).cut({ window, count });
  }

  private cutter(signal: AbortSignal, onCut?: (windows: number) => void): WindowCutter {
    const { sortProp, sortOrder } = this.query;
    return new WindowCutter(this.source, signal, { sortProp, sortOrder, fits, onCut });
  }
}
