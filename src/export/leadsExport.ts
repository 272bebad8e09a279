import * as l10n from '@vscode/l10n';
import { type CrawlOptions, type CrawlResult, LeadsCrawl } from '../crawl/crawl';
import { IdSet } from '../crawl/idSet';
import { MalformedError } from '../crawl/shape';
import type { Lead, LeadsQuery } from '../dashly/lead';
import type { LeadSource } from '../leads/pageReader';
import { ExportError } from './exportError';
import { type ExportedApp, type ExportState, stateText } from './exportState';
import type { ExportTarget, FinishedFile } from './exportTarget';
import type { RowEncoder } from './formats/exportFormat';
import { type FormatName, type FormatOptions, formats } from './formats/formats';
import { LocalTarget } from './localTarget';

export interface WriteOptions {
  /** What is written instead of a lead: the masked one. */
  readonly shown?: (lead: Lead) => Lead;
  /** What to go on from when so many leads have been written here; undefined when it cannot be gone on with. */
  readonly state?: (written: number, finished?: FinishedFile) => string | undefined;
}

const leadsAtOnce = 250;
const keepEvery = 2_000;

/**
 * Writes leads as they are read, and finishes the file. Keeps what to go on from before the first, every two seconds, and
 * once more when it fails.
 * @returns what the leads returned at their end
 * @throws what the leads or the target throw
 */
export async function writeLeads<Result>(
  leads: AsyncIterator<Lead, Result> | Iterator<Lead, Result>,
  rows: RowEncoder,
  target: ExportTarget,
  { shown, state = () => undefined }: WriteOptions = {},
): Promise<Result> {
  let waiting: Lead[] = [];
  let written = 0;
  let kept = -Infinity;
  // After rows that could not be written, what was read is more than what is there: the last state stands.
  const rowsThere = { intact: true };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    rowsThere.intact = false;
    await target.append(rows.encode(shown ? batch.map(shown) : batch));
    written += batch.length;
    rowsThere.intact = true;
  };
  const keep = async (): Promise<void> => {
    const text = state(written);
    if (text !== undefined) {
      await target.keep(text);
    }
    kept = Date.now();
  };
  try {
    for (;;) {
      const next = await leads.next();
      if (kept === -Infinity) {
        await keep();
      }
      if (next.done) {
        await flush();
        await keep();
        await target.finish(rows.end(), (finished) => state(written, finished));
        return next.value;
      }
      waiting.push(next.value);
      if (waiting.length >= leadsAtOnce) {
        await flush();
        // In either direction: the clock may have been set back.
        if (Math.abs(Date.now() - kept) >= keepEvery) {
          await keep();
        }
      }
    }
  } catch (error) {
    if (rowsThere.intact && waiting.length > 0) {
      await flush()
        .then(keep)
        .catch(() => undefined);
    }
    throw error;
  }
}

/** What is exported, and how. */
export interface ExportOrder {
  readonly app: ExportedApp;
  readonly query: LeadsQuery;
  readonly format: FormatOptions;
  readonly masked: boolean;
}

/** An export of a whole view: a crawl, and where its leads go. Whoever makes it closes it. */
export class LeadsExport {
  private constructor(
    readonly order: ExportOrder,
    readonly crawl: LeadsCrawl,
    private readonly rows: RowEncoder,
    private readonly target: ExportTarget,
  ) {}

  /** Begins an export; closing it closes the target. */
  static begin(source: LeadSource, order: ExportOrder, target: ExportTarget, options?: CrawlOptions): LeadsExport {
    const rows = formats[order.format.format].encoder(order.format);
    return new LeadsExport(order, new LeadsCrawl(source, order.query, options), rows, target);
  }

  /**
   * Goes on with an export to a local file. Which leads it has is read from the partial file itself.
   * @param force whether the lock is taken from whoever holds it
   * @throws ExportError when the partial file does not fit the state
   */
  static async resume(
    source: LeadSource,
    state: ExportState,
    path: string,
    options?: CrawlOptions,
    force = false,
  ): Promise<LeadsExport> {
    const { app, format, masked, crawl, leads, kept } = state;
    const target = await LocalTarget.reopen(path, state.bytes, force);
    try {
      const seen = await idsOfRows(format.format, leads, target.read());
      if (seen.size !== leads) {
        throw new SyntaxError(`There are ${seen.size} leads in the partial file instead of ${leads}.`);
      }
      const rows = formats[format.format].encoder(format, { rows: leads, kept });
      const order = { app, query: crawl.query, format, masked };
      return new LeadsExport(order, LeadsCrawl.resume(source, crawl, seen, options), rows, target);
    } catch (error) {
      await target.close();
      if (error instanceof SyntaxError || error instanceof MalformedError) {
        throw new ExportError(
          'notResumable',
          l10n.t('The partial file has changed: it cannot be resumed, so export again.'),
        );
      }
      throw error;
    }
  }

  /**
   * Writes every lead and finishes the file. When it rejects, the target's own file is as it was; a local one can be
   * resumed.
   * @param mask makes the masked lead; used when the order says so
   */
  run(mask: (lead: Lead) => Lead, signal: AbortSignal): Promise<CrawlResult> {
    const shown = this.order.masked ? mask : undefined;
    const before = this.crawl.progress.read;
    return writeLeads<CrawlResult>(this.crawl.leads(signal), this.rows, this.target, {
      shown,
      state: (written, finished) => this.state(before + written, finished),
    });
  }

  /** Lets go of the target. Never rejects. */
  close(): Promise<void> {
    return this.target.close();
  }

  private state(leads: number, finished: FinishedFile | undefined): string | undefined {
    const crawl = this.crawl.state;
    const { app, format, masked } = this.order;
    const { kept } = this.rows;
    return (
      crawl && stateText({ version: 2, app, format, masked, crawl, bytes: this.target.bytes, leads, kept, finished })
    );
  }
}

async function idsOfRows(format: FormatName, leads: number, part: AsyncIterable<Uint8Array>): Promise<IdSet> {
  const rows = formats[format];
  const { betweenRows } = rows;
  const ids = new IdSet(Math.min(leads, 10_000_000));
  const decoder = new TextDecoder();
  const add = (row: Uint8Array): void => {
    const id = rows.idOfRow(decoder.decode(row));
    if (id !== undefined) {
      ids.add(id);
    }
  };
  let begun = new Uint8Array();
  for await (const chunk of part) {
    let from = 0;
    for (let to = chunk.indexOf(betweenRows); to >= 0; to = chunk.indexOf(betweenRows, from)) {
      const rest = chunk.subarray(from, to);
      add(begun.length > 0 ? concatenated(begun, rest) : rest);
      begun = new Uint8Array();
      from = to + 1;
    }
    begun = concatenated(begun, chunk.subarray(from));
  }
  add(begun);
  return ids;
}

function concatenated(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
