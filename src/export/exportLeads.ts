import type { Lead, LeadsQuery } from '../dashly/lead';
import { LeadsCrawl, type CrawlOptions } from '../leads/crawl';
import type { CrawlResult } from '../leads/crawl/crawlResult';
import { IdSet } from '../leads/crawl/idSet';
import type { LeadSource } from '../leads/leadList';
import { ExportError } from './exportError';
import type { ExportState } from './exportState';
import type { ExportTarget } from './exportTarget';
import { idOfRow, leadRows, rowEnd, type FormatOptions, type LeadRows } from './formats/exportFormat';
import { LocalTarget } from './localTarget';
import { writeLeads } from './writeLeads';

/** What is exported, and how. */
export interface ExportOrder {
  readonly app: { readonly key: string; readonly name: string };
  readonly query: LeadsQuery;
  readonly format: FormatOptions;
  readonly masked: boolean;
}

/** An export of a whole view: a walk, and where its leads go. */
export class LeadsExport {
  private constructor(
    readonly order: ExportOrder,
    readonly crawl: LeadsCrawl,
    private readonly rows: LeadRows,
    readonly target: ExportTarget,
  ) {}

  /** Begins an export. */
  static begin(source: LeadSource, order: ExportOrder, target: ExportTarget, options?: CrawlOptions): LeadsExport {
    return new LeadsExport(order, new LeadsCrawl(source, order.query, options), leadRows(order.format), target);
  }

  /**
   * Goes on with an export to a local file. Which leads it has is read from the partial file itself.
   * @throws ExportError when the partial file does not fit the state
   */
  static async resume(source: LeadSource, state: ExportState, path: string, options?: CrawlOptions): Promise<LeadsExport> {
    const target = await LocalTarget.reopen(path, state.bytes);
    try {
      const seen = await idsOfRows(state, target.read());
      if (seen.size !== state.leads) {
        throw new ExportError('notResumable', 'The partial file has changed: it cannot be resumed, so export again.');
      }
      const { app, format, masked, crawl, columns } = state;
      const walk = LeadsCrawl.resume(source, crawl, seen, options);
      return new LeadsExport({ app, query: crawl.query, format, masked }, walk, leadRows(format, columns), target);
    } catch (error) {
      await target.leave();
      throw error;
    }
  }

  /**
   * Writes every lead and finishes the file. When it rejects, the target's own file is as it was; a local one can be
   * resumed.
   * @param mask makes the masked lead; used when the order says so
   */
  async run(mask: (lead: Lead) => Lead, signal: AbortSignal): Promise<CrawlResult> {
    try {
      const shown = this.order.masked ? mask : undefined;
      const before = this.crawl.progress.came;
      const state = (written: number): string | undefined => this.state(before + written);
      const result = await writeLeads(this.crawl.leads(signal), this.rows, this.target, { shown, state });
      await this.target.finish(this.order.format, this.rows.columns);
      return result;
    } finally {
      await this.target.leave();
    }
  }

  private state(leads: number): string | undefined {
    const crawl = this.crawl.state;
    if (!crawl) {
      return undefined;
    }
    const { app, format, masked } = this.order;
    const state: ExportState = {
      version: 1, app, format, masked, crawl,
      bytes: this.target.bytes, leads, columns: this.rows.columns,
    };
    return JSON.stringify(state);
  }
}

async function idsOfRows({ format: { format }, leads }: ExportState, part: AsyncIterable<Uint8Array>): Promise<IdSet> {
  const ids = new IdSet(leads);
  const decoder = new TextDecoder();
  const end = rowEnd(format);
  let begun = new Uint8Array();
  for await (const chunk of part) {
    let from = 0;
    for (let to = chunk.indexOf(end); to >= 0; to = chunk.indexOf(end, from)) {
      const rest = chunk.subarray(from, to);
      ids.add(idOfRow(format, decoder.decode(begun.length > 0 ? concatenated(begun, rest) : rest)));
      begun = new Uint8Array();
      from = to + 1;
    }
    begun = concatenated(begun, chunk.subarray(from));
  }
  return ids;
}

function concatenated(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
