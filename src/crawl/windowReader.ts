import { type Lead, type LeadsPage, queryCap } from '../dashly/lead';
import { pageEnd, pageStep, placeAt, serviceLimits } from '../leads/offsetPages';
import { IdSet } from './idSet';
import { JoinedPages, type PlacedPage } from './joinedPages';
import type { PatientSource } from './patientSource';
import { readAhead } from './readAhead';
import type { WindowSort, WindowTask } from './windows';

/** Each page begins with the last lead of the one before: see `JoinedPages`. */
const step = pageStep(serviceLimits);

/** What happens while windows are read. */
export interface WindowReaderEvents {
  onDuplicate(): void;
  onUndecodable(sentences: readonly string[]): void;
}

/** One reading of one task. */
interface TaskReading {
  readonly task: WindowTask;
  readonly found: IdSet;
  total: number;
  moved: boolean;
  gaveNew: boolean;
  gap: boolean;
  undecodable: number;
  unsteady: boolean;
  done: boolean;
}

/** One of a task's orders. */
interface Pass {
  readonly reading: TaskReading;
  readonly sort: WindowSort;
  readonly isLast: boolean;
  readonly pages: JoinedPages;
  ended: boolean;
}

interface PageRequest {
  readonly pass: Pass;
  readonly offset: number;
  /** No further page of the pass has been planned. */
  readonly isLast: boolean;
}

/** Reads windows page by page, several requests at a time across their borders, and gives their leads in order. */
export class WindowReader {
  constructor(
    private readonly source: PatientSource,
    private readonly seen: IdSet,
    private readonly concurrency: () => number,
    private readonly events: WindowReaderEvents,
  ) {}

  /**
   * Gives the leads of the tasks that are not in `seen`, and adds them to it; sets each task's outcome when its last lead
   * has been taken.
   */
  async *read(tasks: readonly WindowTask[], signal: AbortSignal): AsyncGenerator<Lead, void> {
    const leaving = new AbortController();
    const both = AbortSignal.any([signal, leaving.signal]);
    // A little more than run at the same time: the next ones are ready to go while leads are being written.
    const ahead = (): number => this.concurrency() + 2;
    const pages = readAhead(this.plan(tasks, both), ({ pass, offset }) => this.page(pass, offset, both), ahead);
    try {
      for await (const {
        item: { pass, offset, isLast },
        result: page,
      } of pages) {
        if (pass.ended || pass.reading.done) {
          continue;
        }
        yield* this.take(pass, { offset, page });
        // The window has grown since it was planned.
        for (let next = offset + step; isLast && !hasEnded(pass); next += step) {
          yield* this.take(pass, { offset: next, page: await this.page(pass, next, both) });
        }
        this.endTask(pass);
      }
    } finally {
      leaving.abort();
    }
  }

  private *plan(tasks: readonly WindowTask[], signal: AbortSignal): Generator<PageRequest, void> {
    for (const task of tasks) {
      const reading: TaskReading = {
        task,
        found: new IdSet(Math.min(task.expected, queryCap)),
        total: task.expected,
        moved: false,
        gaveNew: false,
        gap: false,
        undecodable: 0,
        unsteady: false,
        done: false,
      };
      for (const [index, sort] of task.passes.entries()) {
        if (reading.done) {
          break;
        }
        const pass: Pass = {
          reading,
          sort,
          isLast: index === task.passes.length - 1,
          ended: false,
          pages: new JoinedPages(sort, (offset) => this.page(pass, offset, signal)),
        };
        const end = Math.min(task.expected, queryCap);
        for (let offset = 0; !pass.ended && (offset === 0 || offset + 1 < end); offset += step) {
          yield { pass, offset, isLast: offset + step + 1 >= end };
        }
      }
    }
  }

  private page(pass: Pass, offset: number, signal: AbortSignal): Promise<LeadsPage> {
    const { reading, sort } = pass;
    return this.source.page({ window: reading.task.window, sort, ...placeAt(offset, serviceLimits) }, signal);
  }

  private async *take(pass: Pass, placed: PlacedPage): AsyncGenerator<Lead, void> {
    const { reading } = pass;
    for (const { offset, page } of await pass.pages.take(placed)) {
      reading.total = page.total;
      reading.undecodable += page.skipped.length;
      if (page.skipped.length > 0) {
        this.events.onUndecodable(page.skipped);
      }
      const sharedId = offset === 0 ? undefined : page.leads[0]?.id;
      for (const lead of page.leads) {
        reading.found.add(lead.id);
        if (this.seen.add(lead.id)) {
          reading.gaveNew = true;
          yield lead;
        } else if (lead.id !== sharedId) {
          this.events.onDuplicate();
        }
      }
    }
    // What is in doubt is believed: a window that holds more than was found in it is read again (`CrawlCheck`).
    const isLast = pageEnd(placed.page, placeAt(placed.offset, serviceLimits)) !== 'more';
    pass.ended = isLast || placed.offset + step >= queryCap - 1;
  }

  private endTask(pass: Pass): void {
    const { reading } = pass;
    if (!pass.ended || reading.done) {
      return;
    }
    reading.moved ||= pass.pages.moved;
    reading.gap ||= pass.pages.gap;
    reading.unsteady ||= pass.pages.unsteady;
    // A window read in several orders is complete when every lead has been met; some services count no further than the cap.
    if (pass.isLast || (reading.found.size >= reading.total && reading.total !== queryCap)) {
      reading.done = true;
      const { found, total, moved, gaveNew, gap, undecodable, unsteady } = reading;
      reading.task.outcome = { found: found.size, total, moved, gaveNew, gap, undecodable, unsteady };
    }
  }
}

function hasEnded({ ended }: Pass): boolean {
  return ended;
}
