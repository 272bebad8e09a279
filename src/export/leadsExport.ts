import { type CrawlOptions, type CrawlResult, LeadsCrawl } from '../crawl/crawl';
import { type CrawlState, crawlState } from '../crawl/crawlState';
import type { JsonValue } from '../dashly/json';
import { IdSet } from '../crawl/idSet';
import type { Lead, LeadsQuery } from '../dashly/lead';
import type { LeadSource } from '../leads/leadList';
import { ExportError, type ExportTarget } from './exportTarget';
import type { CsvColumns } from './formats/csv';
import { type FormatOptions, idOfRow, type LeadRows, leadRows, rowEnd } from './formats/formats';
import { LocalTarget } from './localTarget';

/** What an interrupted export goes on from, kept beside its partial file. Holds no token, and of contacts only what the filter does. */
export interface ExportState {
  readonly version: 1;
  /** `Connection.key` and name of the app the leads are of. */
  readonly app: { readonly key: string; readonly name: string };
  readonly format: FormatOptions;
  readonly masked: boolean;
  readonly crawl: CrawlState;
  /** How much of the partial file is known to be on the disk, in bytes; whole rows. */
  readonly bytes: number;
  readonly leads: number;
  readonly columns?: CsvColumns;
}

/** Reads a state; undefined when the text is none that this version can go on with. */
export function parseExportState(text: string): ExportState | undefined {
  let value: Partial<Record<keyof ExportState, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  const good =
    typeof value === 'object' &&
    value !== null &&
    value.version === 1 &&
    isCrawlState(value.crawl) &&
    isNamed(value.app) &&
    isFormat(value.format) &&
    typeof value.masked === 'boolean' &&
    Number.isSafeInteger(value.bytes) &&
    Number.isSafeInteger(value.leads) &&
    (value.columns === undefined ? !isCsv(value.format) : isColumns(value.columns));
  return good ? (value as unknown as ExportState) : undefined;
}

function isCrawlState(value: unknown): boolean {
  try {
    crawlState(value as JsonValue);
    return true;
  } catch {
    return false;
  }
}

function isNamed(app: unknown): boolean {
  return typeof app === 'object' && app !== null && 'key' in app && typeof app.key === 'string' && 'name' in app;
}

function isFormat(format: unknown): format is FormatOptions {
  return (
    typeof format === 'object' &&
    format !== null &&
    'format' in format &&
    ['ndjson', 'csv', 'json'].includes(format.format as string)
  );
}

function isCsv(format: unknown): boolean {
  return isFormat(format) && format.format === 'csv';
}

function isColumns(columns: unknown): columns is CsvColumns {
  return (
    typeof columns === 'object' &&
    columns !== null &&
    'names' in columns &&
    Array.isArray(columns.names) &&
    'widths' in columns &&
    Array.isArray(columns.widths) &&
    'rows' in columns &&
    typeof columns.rows === 'number'
  );
}

export interface WriteOptions {
  /** What is written instead of a lead: the masked one. */
  readonly shown?: (lead: Lead) => Lead;
  /** What to go on from when so many leads have been written here; undefined when it cannot be gone on with. */
  readonly state?: (written: number) => string | undefined;
  /** ms since 1970 */
  readonly now?: () => number;
}

const leadsAtOnce = 250;
const keepEvery = 2_000;

/**
 * Writes leads as they come. Keeps what to go on from before the first, every two seconds, and once more when it fails.
 * @returns what the walk returned
 * @throws what the walk or the target throws
 */
export async function writeLeads<Result>(
  leads: AsyncIterator<Lead, Result> | Iterator<Lead, Result>,
  rows: LeadRows,
  target: ExportTarget,
  options: WriteOptions = {},
): Promise<Result> {
  const { shown, state = () => undefined, now = Date.now } = options;
  let waiting: Lead[] = [];
  let written = 0;
  let kept = -Infinity;
  // After rows that could not be written, what the walk has given is more than what is there: the last state stands.
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
    kept = now();
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
        return next.value;
      }
      waiting.push(next.value);
      if (waiting.length >= leadsAtOnce) {
        await flush();
        if (now() - kept >= keepEvery) {
          await keep();
        }
      }
    }
  } catch (error) {
    if (rowsThere.intact) {
      await flush()
        .then(keep)
        .catch(() => undefined);
    }
    throw error;
  }
}

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
  static async resume(
    source: LeadSource,
    state: ExportState,
    path: string,
    options?: CrawlOptions,
  ): Promise<LeadsExport> {
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
      const before = this.crawl.progress.read;
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
      version: 1,
      app,
      format,
      masked,
      crawl,
      bytes: this.target.bytes,
      leads,
      columns: this.rows.columns,
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
