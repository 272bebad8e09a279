import { type CursorItems, type CursorPage, type CursorQuery, readPages } from '../dashly/cursorPage';
import type { RefreshOutcome } from '../leads/autoRefresh';
import type { Disposable } from '../leads/event';
import { RepeatedRequest, type RequestState } from './repeatedRequest';

/** A list that is read by a cursor, the newest items first, as far as it was asked for. */
export interface ReadItems<T> extends CursorItems<T> {
  /** The ids of those that came in while somebody waited for them. */
  readonly arrived: ReadonlySet<string>;
}

/** What reads one page; what it throws is a failure of that. */
type ReadPage<T> = (query: CursorQuery, signal: AbortSignal) => Promise<CursorPage<T>>;

/** How many items are read at most to reach those that are there. */
const mostNewest = 10_000;

/** A list that grows at its top: its newest items, page by page those before them, and what came in since. */
export class CursorReading<T extends { readonly id: string }> implements Disposable {
  private readonly ended = new AbortController();
  private readonly request: RepeatedRequest<ReadItems<T>>;
  /** Whether what came in is what is asked for, or was last. */
  private isForNewest = false;
  private latest: Promise<unknown> = Promise.resolve();

  /**
   * @param changed is called when a request begins or ends
   * @param arrived ids of items that are known to have come in while somebody waited for them
   */
  constructor(readPage: ReadPage<T>, changed: () => void, arrived: ReadonlySet<string> = new Set()) {
    const { signal } = this.ended;
    const ask = async (last: ReadItems<T> | undefined): Promise<ReadItems<T>> => {
      const read = (query: CursorQuery): Promise<CursorPage<T>> => readPage(query, signal);
      if (this.isForNewest && last) return readNewest(last, read);
      const { items, next } = await readPages(read, () => true, last);
      return { items, next, arrived: last?.arrived ?? arrived };
    };
    this.request = new RepeatedRequest(ask, changed, signal);
  }

  /** `reading` while somebody waits for it; what came in is read in silence. */
  get state(): RequestState<ReadItems<T>> {
    const { state, isUnderWay } = this.request;
    return isUnderWay && !this.isForNewest ? { ...state, state: 'reading' } : state;
  }

  /** Reads the newest items, or those before the ones that are there, or again what could not be read. Never rejects. */
  async readOlder(): Promise<void> {
    // Nobody sees that what came in is being read: who asks meanwhile is not ignored.
    while (this.request.isUnderWay && this.isForNewest) await this.latest;
    const { state, value } = this.request.state;
    if (this.request.isUnderWay || this.ended.signal.aborted) return;
    this.isForNewest = state === 'failed' && this.isForNewest;
    if (state !== 'read' || value?.next !== null) await this.request.read();
  }

  /**
   * Reads the items that came in since the newest that is there; the newest page where there is none. Never rejects.
   * @returns how that went; `unneeded` while it is being read for somebody
   */
  async readArrived(): Promise<RefreshOutcome> {
    if (this.request.isUnderWay) return 'unneeded';
    this.isForNewest = this.request.state.value !== undefined;
    const reading = this.request.read({ quiet: this.isForNewest });
    this.latest = reading;
    return reading;
  }

  /** Ends what is under way; nothing is told any more. */
  dispose(): void {
    this.ended.abort();
  }
}

/**
 * The list with what came in since: page after page until one has an item that was there, so that nothing is missing
 * however much came in. What stands in such a page in another place than the top, because it came late, is taken too, and
 * what has changed of the others.
 */
async function readNewest<T extends { readonly id: string }>(
  { items, next, arrived }: ReadItems<T>,
  readPage: (query: CursorQuery) => Promise<CursorPage<T>>,
): Promise<ReadItems<T>> {
  const known = new Set(items.map(({ id }) => id));
  const { items: newest } = await readPages(
    readPage,
    ({ length }, added) => length >= mostNewest || added.some(({ id }) => known.has(id)),
  );
  // Below the last one that was there begin older ones, as long as those have not been read.
  const lastKnown = newest.findLastIndex(({ id }) => known.has(id));
  const told = next === null || lastKnown < 0 ? newest : newest.slice(0, lastKnown + 1);
  const kept = new Set(told.map(({ id }) => id));
  return {
    items: [...told, ...items.filter(({ id }) => !kept.has(id))],
    next,
    arrived: new Set([...arrived, ...[...kept].filter((id) => !known.has(id))]),
  };
}
