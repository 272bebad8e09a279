import { sameJson } from '../dashly/json';
import type { Lead, LeadsQuery } from '../dashly/lead';
import { type Disposable, Emitter } from './event';
import { LoadPace } from './loadPace';
import { type PageLimits, serviceLimits } from './offsetPages';
import { type Drift, type LeadListEnd, LeadsMovedError, type LeadSource, PageReader } from './pageReader';
import { ReadAheadSource } from './readAheadSource';

/** `failed` means the last reading failed: the leads read before are still there, `error` says why. */
export type LeadListState = 'unread' | 'reading' | 'ready' | 'failed';

/** Told after each page of `loadAll`: leads loaded, and leads that can be loaded (the total, at most the cap). */
export type LoadProgress = (loaded: number, loadable: number) => void;

type Kind = 'more' | 'all' | 'refresh';

/** A reading under way. */
interface Underway {
  readonly kind: Kind;
  readonly abort: AbortController;
  /** Aborted by `abort` or by whoever asked for the reading. Kept: Node 20 forgets a composed signal that nobody holds. */
  readonly signal: AbortSignal;
  readonly done: Promise<void>;
}

/**
 * The leads of one query of one app, as far as they are loaded. The one owner of that state: everything that shows a
 * list reads it from here. No id is in it twice.
 *
 * One reading is under way at a time, and one request; where many pages are read, as many as the source allows
 * (`ReadAheadSource`). The methods that read never reject: how it went is in `state` and `error`.
 */
export class LeadList implements Disposable {
  private readonly changed = new Emitter();
  private readonly stateChanged = new Emitter();
  private reader: PageReader;
  private reading: Underway | undefined;
  private currentState: LeadListState = 'unread';
  private currentError: unknown;
  private failedKind: Kind | undefined;
  private disposed = false;

  /**
   * Fires when the loaded leads or what is said of them changed: when a reading starts and ends, and after each page; of
   * `loadAll`, ever more seldom (`LoadPace`). A refresh fires once, at its end, when it has changed something; at its start
   * only where there are no leads to go on showing.
   */
  readonly onDidChange = this.changed.event;
  /** Fires when a reading starts and when it ends. */
  readonly onDidChangeState = this.stateChanged.event;

  /**
   * @param query which leads, in which order
   * @param pageSize leads a page, 1..50; may be changed at any time and applies to the pages read from then on
   * @param limits what the service allows
   */
  constructor(
    private readonly source: LeadSource,
    readonly query: LeadsQuery,
    public pageSize: number,
    private readonly limits: PageLimits = serviceLimits,
  ) {
    this.reader = this.newReader();
  }

  /** The loaded leads. The array grows with the pages and is another one after `refresh`. */
  get leads(): readonly Lead[] {
    return this.reader.rows.leads;
  }

  /** How many leads satisfy the query, loaded or not, by the last answer. */
  get total(): number | undefined {
    return this.reader.total;
  }

  get state(): LeadListState {
    return this.currentState;
  }

  get end(): LeadListEnd {
    return this.reader.end;
  }

  /** Whether `loadAll` is under way. */
  get isLoadingAll(): boolean {
    return this.reading?.kind === 'all';
  }

  /** Why the last reading failed; undefined unless `state` is `failed`. */
  get error(): unknown {
    return this.currentError;
  }

  /** What failed last: reading the list from the start again, or reading on; undefined unless `state` is `failed`. */
  get failed(): 'refresh' | 'more' | undefined {
    return this.failedKind === 'all' ? 'more' : this.failedKind;
  }

  /** One sentence for each record of the answers that could not be decoded and is not among `leads`. */
  get skipped(): readonly string[] {
    return this.reader.skipped;
  }

  /** What has changed above the last loaded lead since the list was read from the start. */
  get drift(): Drift {
    return this.reader.drift;
  }

  /** The loaded lead with this id. */
  get(id: string): Lead | undefined {
    const index = this.reader.rows.indexOf(id);
    return index === undefined ? undefined : this.reader.rows.leads[index];
  }

  /** Reads one page more, or the first, unless all is loaded. A reading under way is waited for instead. */
  loadMore(): Promise<void> {
    if (this.reading) {
      return this.reading.done;
    }
    if (this.end !== 'more') {
      return Promise.resolve();
    }
    return this.start('more', (signal) => this.reader.readMore(this.pageSize, signal));
  }

  /**
   * Reads on until the end or the cap.
   *
   * @param signal stops it; what has come is kept, and it is no failure
   */
  async loadAll(signal: AbortSignal, progress?: LoadProgress): Promise<void> {
    while (this.reading) {
      await this.reading.done;
    }
    if (signal.aborted || this.end !== 'more') {
      return;
    }
    const pace = new LoadPace(this.leads.length);
    await this.start(
      'all',
      async (ownSignal, isCurrent) => {
        const reader = this.reader;
        const source = new ReadAheadSource(this.source, this.limits, this.total ?? 0, ownSignal);
        while (reader.end === 'more') {
          await reader.readMore(this.limits.page, ownSignal, source);
          if (!isCurrent()) {
            return;
          }
          const { length } = this.leads;
          const loadable = Math.min(this.total ?? 0, this.limits.cap);
          progress?.(length, loadable);
          if (this.end === 'more' && pace.isToBeTold(length, loadable)) this.changed.fire();
        }
      },
      signal,
    );
  }

  /**
   * Reads from the start again, as many leads as are loaded, at least a page; if all were loaded, also those that were
   * added. The loaded leads stay until the new ones are there, and for good when that fails. A refresh under way is
   * joined; any other reading is given up for it.
   */
  refresh(): Promise<void> {
    if (this.reading?.kind === 'refresh') {
      return this.reading.done;
    }
    const given = this.reading;
    this.reading = undefined;
    given?.abort.abort();
    return this.start('refresh', async (signal, isCurrent) => {
      const fresh = this.newReader();
      const wanted = Math.max(this.leads.length, this.pageSize);
      // A list that was complete stays so, unless very much has been added.
      const most = this.end === 'complete' ? wanted + this.limits.page : wanted;
      const limits = { ...this.limits, cap: Math.min(most, this.limits.cap) };
      const source = new ReadAheadSource(this.source, limits, this.total ?? 0, signal);
      while (fresh.end === 'more' && fresh.rows.length < most) {
        await fresh.readMore(most - fresh.rows.length, signal, source);
      }
      if (!isCurrent()) {
        return false;
      }
      const before = this.reader;
      fresh.rows.keepSame(before.rows);
      this.reader = fresh;
      return !fresh.saysTheSame(before);
    });
  }

  /** Does again what failed; nothing when nothing has. */
  retry(): Promise<void> {
    if (this.currentState !== 'failed') {
      return this.reading?.done ?? Promise.resolve();
    }
    // Where the leads have moved, only the start is a place to go on from.
    return this.failedKind === 'refresh' || this.currentError instanceof LeadsMovedError
      ? this.refresh()
      : this.loadMore();
  }

  /**
   * Puts a newer record of a loaded lead in its place, such as the details its card has read. Fires where it is another.
   *
   * @returns false when no lead with this id is loaded
   */
  update(lead: Lead): boolean {
    const known = this.get(lead.id);
    if (this.disposed || !known) return false;
    if (sameJson(known.record, lead.record)) return true;
    this.reader.rows.update(lead);
    this.changed.fire();
    return true;
  }

  /** Aborts what is under way; nothing is fired any more. */
  dispose(): void {
    const given = this.reading;
    this.disposed = true;
    this.reading = undefined;
    given?.abort.abort();
    this.changed.dispose();
    this.stateChanged.dispose();
  }

  private newReader(): PageReader {
    return new PageReader(this.source, this.query, this.limits);
  }

  /** @param read gives false when it has changed nothing that is said of the leads */
  private start(
    kind: Kind,
    read: (signal: AbortSignal, isCurrent: () => boolean) => Promise<unknown>,
    outerSignal?: AbortSignal,
  ): Promise<void> {
    if (this.disposed) {
      return Promise.resolve();
    }
    const abort = new AbortController();
    const signal = outerSignal ? AbortSignal.any([abort.signal, outerSignal]) : abort.signal;
    let finish = (): void => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const reading: Underway = { kind, abort, signal, done };
    const isCurrent = (): boolean => this.reading === reading;
    // While a refresh reads, what it will replace is shown as it is.
    const isSilent = kind === 'refresh' && this.leads.length > 0 && this.currentState === 'ready';
    const settle = (state: LeadListState, changed: boolean, error?: unknown): void => {
      if (isCurrent()) {
        this.reading = undefined;
        this.currentState = state;
        this.currentError = error;
        this.failedKind = state === 'failed' ? kind : undefined;
        if (changed) {
          this.changed.fire();
        }
        this.stateChanged.fire();
      }
      finish();
    };
    // At once, without waiting for the source to notice.
    const stop = (): void => settle(this.total === undefined ? 'unread' : 'ready', !isSilent);
    signal.addEventListener('abort', stop, { once: true });
    this.reading = reading;
    this.currentState = 'reading';
    this.currentError = undefined;
    this.failedKind = undefined;
    this.stateChanged.fire();
    if (!isSilent) {
      this.changed.fire();
    }
    void read(signal, isCurrent)
      .then(
        (changed) => settle('ready', !isSilent || changed !== false),
        (error: unknown) => settle('failed', true, error),
      )
      .finally(() => {
        signal.removeEventListener('abort', stop);
        // A page that was asked for ahead may be under way still.
        abort.abort();
      });
    return done;
  }
}
