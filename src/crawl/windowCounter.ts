import { type Lead, maxPageSize, type SortOrder } from '../dashly/lead';
import type { PatientSource } from './patientSource';
import type { LeadWindow } from './windows';

/** What the ways of cutting ask about a window. */
export class WindowCounter {
  /** How many questions were asked so far. */
  asked = 0;

  /** @param fits the most leads a window may hold; below what one query gives, because windows grow until they are read */
  constructor(
    private readonly source: PatientSource,
    private readonly signal: AbortSignal,
    readonly fits: number,
  ) {}

  /** How many leads a window holds. */
  count(window: LeadWindow): Promise<number> {
    this.asked += 1;
    return this.source.count(window, this.signal);
  }

  /** The value of a property at a place of a window in that property's order, and the window's count. */
  async valueAt(
    window: LeadWindow,
    prop: string,
    order: SortOrder,
    offset: number,
  ): Promise<{ value: unknown; count: number }> {
    this.asked += 1;
    const page = await this.source.page({ window, sort: { prop, order }, offset, limit: 1 }, this.signal);
    return { value: page.leads[0]?.props[prop], count: page.total };
  }

  /** Some leads of a window that is too large: its first ones, and those where it would be full. */
  async sample(window: LeadWindow): Promise<readonly Lead[]> {
    const at = (offset: number): Promise<readonly Lead[]> =>
      this.source.page({ window, sort: {}, offset, limit: maxPageSize }, this.signal).then((page) => page.leads);
    return (await Promise.all([at(0), at(this.fits - maxPageSize)])).flat();
  }
}
