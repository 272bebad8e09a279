import { type Lead, type LeadsPage, type LeadsPageQuery, type LeadsQuery, maxPageSize, queryCap } from '../dashly/lead';
import type { RequestPriority } from '../dashly/requestQueue';
import { placeAt, serviceLimits } from '../leads/offsetPages';

/** Where leads are read. */
export interface SampleSource {
  readonly concurrency: number;
  listLeads(query: LeadsPageQuery, signal: AbortSignal, priority?: RequestPriority): Promise<LeadsPage>;
}

/** How far the reading of a sample has come. */
export interface SampleProgress {
  /** Pages that were read, and that are to be read. */
  readonly done: number;
  readonly all: number;
  /** How many leads the whole list has. */
  readonly total: number;
}

/**
 * Where the pages of a sample begin: as many as its size needs, spread evenly over what one query can read of a list.
 * @param size of the sample, in leads; a list that is not longer is read as a whole
 * @param total leads of the list
 */
export function sampleOffsets(size: number, total: number): number[] {
  const readable = Math.min(total, queryCap);
  const whole = Math.ceil(readable / maxPageSize);
  const pages = Math.min(Math.ceil(size / maxPageSize), whole);
  return Array.from({ length: pages }, (_, page) =>
    pages === whole ? page * maxPageSize : Math.round((page * (readable - maxPageSize)) / Math.max(1, pages - 1)),
  );
}

/**
 * Reads a sample of a query's leads, as many pages at once as the service is asked for.
 * @param onPage called with each page as it comes, in no order; the same lead may come twice
 * @throws what a request fails with, and when the signal is aborted
 */
export async function readSample(
  source: SampleSource,
  { filters, sortProp, sortOrder }: LeadsQuery,
  size: number,
  signal: AbortSignal,
  onPage: (leads: readonly Lead[], progress: SampleProgress) => void,
): Promise<void> {
  const failing = new AbortController();
  const ended = AbortSignal.any([signal, failing.signal]);
  const read = (offset: number): Promise<LeadsPage> =>
    source.listLeads({ filters, sortProp, sortOrder, ...placeAt(offset, serviceLimits) }, ended, 'background');
  const first = await read(0);
  const { total } = first;
  const offsets = sampleOffsets(size, total);
  const all = Math.max(1, offsets.length);
  let done = 1;
  onPage(first.leads, { done, all, total });
  const waiting = offsets.slice(1);
  const readOn = async (): Promise<void> => {
    for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
      const { leads } = await read(offset);
      ended.throwIfAborted();
      done++;
      onPage(leads, { done, all, total });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, source.concurrency) }, readOn));
  } finally {
    failing.abort();
  }
}
