import * as l10n from '@vscode/l10n';
import { HumanError } from '../dashly/errors';
import { defaultSortProp, type Lead, type LeadsPage, type LeadsPageQuery, type LeadsQuery } from '../dashly/lead';
import { LoadedLeads } from './loadedLeads';
import { searchOffsets } from './lostPlace';
import { pageEnd, type PageLimits, type PagePlace, placeAt } from './offsetPages';

/** The list was re-sorted so much while it was read that the reading cannot be continued. */
export class LeadsMovedError extends HumanError {
  override readonly name = 'LeadsMovedError';

  constructor() {
    super(l10n.t('The leads changed places faster than they can be read. Refresh to read them from the start.'));
  }
}

/** Where pages come from: `DashlyClient`, or a model of it in a test. */
export interface LeadSource {
  listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage>;
  /** How many pages may be asked for at the same time now; one when left out. */
  readonly concurrency?: number;
}

/** `more`: there are more to load; `complete`: all are loaded; `cap`: the service gives no more through one query. */
export type LeadListEnd = 'more' | 'complete' | 'cap';

/**
 * How many leads are new above the last one read, net of those gone from there; `changed` when leads moved in a way
 * that cannot be counted.
 */
export type Drift = number | 'changed';

/** The end of the last page that was taken. */
interface Frontier {
  /** Where its last lead stood on the server, or some rows before that when it is uncertain. */
  readonly position: number;
  /** The first place behind it. */
  readonly next: number;
  readonly lastId: string | undefined;
  /** What `total` was at the time. */
  readonly total: number;
}

interface Request extends PagePlace {
  /** The answer follows what was read, whatever is in it. */
  readonly follows: boolean;
  /** A guess: when it fails, nothing is known to be wrong. */
  readonly jumps?: boolean;
}

/** A list that is re-sorted faster than this can follow is not followed. */
const maxRequests = 40;

/**
 * Reads a query page by page without repeating a lead, and without missing one that stayed in its place, while others
 * are added, removed or moved between the requests.
 *
 * The service pages by offset (API.md, section 1), so a change above shifts all that follows, down or up.
 * Each request therefore reads the last row again. An *anchor* is a known lead that is still sorted by the value it
 * was listed with. Since leads that do not move keep their order among each other, a page with an anchor in it
 * continues what was read: an unknown lead behind the last anchor is next, an unknown lead before it came from
 * elsewhere and is not. A page without an anchor may lie behind a gap: then the place where the reading stopped is
 * searched first. Nothing is taken from a page that does not continue what was read.
 */
export class PageReader {
  readonly rows: LoadedLeads;
  private readonly skippedRecords = new Set<string>();
  private lastTotal: number | undefined;
  private lastDrift: Drift = 0;
  private lastEnd: LeadListEnd = 'more';
  /** Whether the last page that was taken was the end by its rows or by its count, but not by both. */
  private isEndDoubted = false;
  private frontier: Frontier | undefined;
  /** The known lead that stands furthest down: usually the last row. */
  private furthestId: string | undefined;

  constructor(
    private readonly source: LeadSource,
    private readonly query: LeadsQuery,
    private readonly limits: PageLimits,
  ) {
    this.rows = new LoadedLeads(query.sortProp ?? defaultSortProp);
  }

  /** `total` of the last answer. */
  get total(): number | undefined {
    return this.lastTotal;
  }

  /** One sentence for each record that could not be decoded. */
  get skipped(): readonly string[] {
    return [...this.skippedRecords];
  }

  get drift(): Drift {
    return this.lastDrift;
  }

  get end(): LeadListEnd {
    return this.lastEnd;
  }

  /**
   * Reads on until there is at least one lead more, or the end.
   *
   * @param wanted how many leads more are wanted, from 1; at most one page is given
   * @param source gives the pages in place of the reader's own: one that reads ahead
   * @throws LeadsMovedError when the place where the reading stopped cannot be found again
   * @throws what the source throws; nothing that was read is lost by it
   */
  async readMore(wanted: number, signal: AbortSignal, source = this.source): Promise<void> {
    const before = this.rows.length;
    let request = this.following(wanted);
    let search: Iterator<number, undefined> | undefined;
    let mayJump = true;
    for (let requests = 0; requests < maxRequests && this.lastEnd === 'more'; requests++) {
      const { offset, limit } = request;
      const page = await source.listLeads({ ...this.query, offset, limit }, signal);
      signal.throwIfAborted();
      const anchor = page.leads.findLastIndex((lead) => this.rows.hasStayed(lead));
      const isWholeList = offset === 0 && page.received < limit && pageEnd(page, request) === 'last';
      if (anchor >= 0 || request.follows || isWholeList) {
        const known = this.rows.length;
        this.take(page, request, anchor);
        const grown = this.rows.length > known;
        this.lastEnd = this.endBehind(page, request, { grown, isAhead: source !== this.source });
        this.lastTotal = page.total;
        if (this.rows.length > before) {
          return;
        }
        const jump: Request | undefined = mayJump ? this.jump() : undefined;
        mayJump = false;
        search = undefined;
        request = jump ?? this.following(this.limits.page);
      } else if (request.jumps) {
        this.lastTotal = page.total;
        request = this.following(this.limits.page);
      } else {
        this.lastTotal = page.total;
        search ??= searchOffsets(this.frontier?.position ?? 0, this.grownBy(page), page.total, this.limits);
        const next = search.next();
        // Nothing that was read is where it was: from the start on, everything follows.
        request = next.done
          ? { ...this.page(0, this.limits.page), follows: true }
          : { ...this.page(next.value, this.limits.page), follows: false };
      }
    }
    if (this.lastEnd === 'more') {
      this.lastDrift = 'changed';
      throw new LeadsMovedError();
    }
  }

  /** The request that reads the last row again and up to `wanted` rows behind it. */
  private following(wanted: number): Request {
    if (!this.frontier?.next) {
      return { ...this.page(0, wanted), follows: true };
    }
    const { position, next } = this.frontier;
    const request = this.page(position, next - position + wanted);
    // Rows that could not be decoded cannot be recognised; a whole page of them can only be walked past.
    return request.offset + request.limit > next || next >= this.limits.cap
      ? { ...request, follows: false }
      : { ...this.page(next, wanted), follows: true };
  }

  /** When many leads were added above, a page holds only known ones: where the last known one must be by now. */
  private jump(): Request | undefined {
    const index = this.rows.indexOf(this.frontier?.lastId ?? '');
    const furthest = this.rows.indexOf(this.furthestId ?? '');
    if (!this.frontier || index === undefined || furthest === undefined) {
      return undefined;
    }
    const ahead = furthest - index;
    const offset = this.frontier.position + ahead;
    return ahead < this.limits.page || offset >= this.limits.cap
      ? undefined
      : { ...this.page(offset, this.limits.page), follows: false, jumps: true };
  }

  private page(offset: number, wanted: number): PagePlace {
    return placeAt(offset, this.limits, wanted);
  }

  private grownBy(page: LeadsPage): number {
    return page.total - (this.frontier?.total ?? page.total);
  }

  /** Takes over a page that continues what was read. */
  private take(page: LeadsPage, { offset }: Request, anchor: number): void {
    const { leads } = page;
    // A set: the overlap of two pages may hold the same record twice.
    for (const sentence of page.skipped) {
      this.skippedRecords.add(sentence);
    }
    const ids = new Set(leads.map((lead) => lead.id));
    // A row that could not be decoded or came twice makes the places of the others uncertain.
    const uncertain = page.received - ids.size;
    this.countDrift(leads, anchor, uncertain > 0 ? NaN : offset);
    const shift = uncertain > 0 || this.lastDrift === 'changed' ? NaN : this.lastDrift;
    leads.forEach((lead, index) => {
      const place = offset + index - shift;
      if (this.rows.indexOf(lead.id) !== undefined) {
        this.rows.relist(lead, place);
      } else if (index > anchor) {
        this.rows.append(lead, place);
      }
    });
    const next = offset + page.received;
    const lastId = leads.at(-1)?.id;
    this.frontier = { position: Math.max(offset, next - 1 - uncertain), next, lastId, total: page.total };
    if (leads.length - 1 > anchor) {
      this.furthestId = lastId;
    }
  }

  /**
   * Whether the list ends behind a page that was taken. When the page is in doubt of it (`pageEnd`), or its count has fallen
   * to just what is read, the next request asks again, and its answer is believed when it brings nothing new.
   * @param isAhead the page may be older than the one before it: a count that has fallen may just be an old one
   */
  private endBehind(
    page: LeadsPage,
    request: Request,
    { grown, isAhead }: { grown: boolean; isAhead: boolean },
  ): LeadListEnd {
    const next = request.offset + page.received;
    const isShort = page.received < request.limit;
    const end = pageEnd(page, request);
    const hasFallen = page.total < (this.lastTotal ?? 0);
    const isNow = end === 'last' && !(hasFallen && (isAhead || !isShort));
    if (isNow || (this.isEndDoubted && isShort && !grown)) return 'complete';
    // At the cap the last row alone can be asked for again.
    if (next >= this.limits.cap && (next !== page.total || this.isEndDoubted)) return 'cap';
    this.isEndDoubted = end !== 'more';
    return 'more';
  }

  /** Whether this reading of a list and another one have the same leads, as the same objects, and say the same of them. */
  saysTheSame(other: PageReader): boolean {
    const { length } = this.rows;
    return (
      this.total === other.total &&
      this.end === other.end &&
      this.drift === other.drift &&
      this.skipped.join('\n') === other.skipped.join('\n') &&
      length === other.rows.length &&
      this.rows.leads.every((lead, index) => lead === other.rows.leads[index])
    );
  }

  private countDrift(leads: readonly Lead[], anchor: number, offset: number): void {
    const moved = leads.some((lead) => this.rows.indexOf(lead.id) !== undefined && !this.rows.hasStayed(lead));
    const anchorLead = leads[anchor];
    // When something stands behind the last anchor, that anchor is the furthest known lead, or that lead has moved.
    const lost = this.rows.length > 0 && anchor < leads.length - 1 && anchorLead?.id !== this.furthestId;
    const place = anchorLead && this.rows.placeOf(anchorLead.id);
    const drift = place === undefined ? NaN : offset + anchor - place;
    if (moved || lost || drift < 0) {
      this.lastDrift = 'changed';
    } else if (this.lastDrift !== 'changed' && !Number.isNaN(drift)) {
      this.lastDrift = drift;
    }
  }
}
