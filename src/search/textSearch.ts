import type { Lead, LeadsQuery } from '../dashly/lead';
import type { Disposable, Event } from '../leads/event';
import type { LeadSource } from '../leads/pageReader';
import type { Recognized, VisitorKey } from './recognized';
import { containsText, type FieldMatch, fieldMatch, fieldText, idMatch, searchNeedle } from './searchFields';
import { searchBranches, SearchPages, type SearchScope, type SearchStep } from './searchPages';
import { type LookedUp, lookUpVisitor, type VisitorService } from './visitorLookUp';

/** The service, as far as a search uses it. */
export interface SearchedService extends Pick<LeadSource, 'listLeads'>, VisitorService {}

/** What is searched: `CurrentLeads`. */
export interface SearchedLeads {
  readonly connection: { readonly key: string; readonly client: SearchedService } | undefined;
  readonly query: LeadsQuery;
  readonly list: { readonly leads: readonly Lead[] } | undefined;
  find(id: string): Lead | undefined;
  readonly onDidChangeList: Event<unknown>;
  readonly onDidChange: Event<void>;
}

/** One found lead. */
export interface SearchHit {
  readonly lead: Lead;
  /** Where the text stands; undefined when only the service knows (its data is newer, or its idea of case is another). */
  readonly match: FieldMatch | undefined;
  /** Whether the lead was merged into another one, or wiped. */
  readonly isRemoved?: boolean;
}

/** What a search has found: each lead once, in the order it was found in, so that rows do not move under the pointer. */
class SearchHits {
  private readonly byId = new Map<string, SearchHit>();
  private first: SearchHit | undefined;
  private listed: readonly SearchHit[] | undefined;

  get all(): readonly SearchHit[] {
    this.listed ??= this.first
      ? [this.first, ...[...this.byId.values()].filter((hit) => hit.lead.id !== this.first?.lead.id)]
      : [...this.byId.values()];
    return this.listed;
  }

  /** Adds a found lead at the end, or puts its newer record in its place. */
  put(hit: SearchHit): void {
    const before = this.byId.get(hit.lead.id);
    this.byId.set(hit.lead.id, hit.match ? hit : { ...hit, match: before?.match });
    if (this.first?.lead.id === hit.lead.id) this.first = { ...this.first, lead: hit.lead };
    this.listed = undefined;
  }

  /** Whether a lead that was looked up, or one with exactly this User ID, is among them. */
  hasOne(userId: string): boolean {
    return this.first !== undefined || this.all.some(({ lead }) => fieldText(lead, '$user_id') === userId);
  }

  /** Puts the lead that was looked up above all others. */
  putFirst(hit: SearchHit): void {
    this.first = hit;
    this.listed = undefined;
  }
}

/** How many matches among the loaded leads are shown at once; *More results* shows as many again. */
const localStep = 100;

const noStep: SearchStep = { leads: [] };

/**
 * The search for one text in one scope of one app: what it has found, and what is still to be asked. What comes back after
 * it has ended, or when another app is connected, is dropped.
 */
export class TextSearch implements Disposable {
  private readonly connection: SearchedLeads['connection'];
  private readonly pages: SearchPages | undefined;
  private readonly ended = new AbortController();
  private readonly found = new SearchHits();
  /** Loaded leads that were looked at: only one that was read again may replace the service's own, newer record. */
  private readonly seen = new WeakSet<Lead>();
  /** By what somebody is still to be looked up: a User ID is the last. */
  private keys: readonly VisitorKey[];
  private said: readonly string[] = [];
  private localLimit = localStep;
  private localMatches = 0;

  /** Finds nothing by itself. @param isForOne see `LeadSearch` */
  constructor(
    private readonly searched: SearchedLeads,
    private readonly recognized: Recognized,
    scope: SearchScope,
    private readonly isForOne: boolean,
  ) {
    const { connection, query } = searched;
    const { text, isText, keys } = recognized;
    this.connection = connection;
    // Within a view an id says nothing about whether its lead belongs to the view.
    this.keys = scope === 'app' || !isText ? keys : [];
    const branches = isText && text !== '' ? searchBranches(text, scope, query.filters) : undefined;
    this.pages = connection && branches && new SearchPages(connection.client, branches);
  }

  /** Whether there is anything to look for, and an app to look in. */
  get isOn(): boolean {
    return this.connection !== undefined && this.recognized.text !== '';
  }

  /** Whether what comes back still belongs to what is searched. */
  isCurrent(): boolean {
    return !this.ended.signal.aborted && this.connection === this.searched.connection;
  }

  /** Whether the service can be asked for anything. */
  get isAskable(): boolean {
    return this.pages !== undefined || this.keys.length > 0;
  }

  /** Whether the service cannot search for the text within the view. */
  get isImpossible(): boolean {
    return !this.pages && this.recognized.isText;
  }

  /** What was found, each lead once; what is shown keeps its order when more is found. */
  get hits(): readonly SearchHit[] {
    return this.found.all;
  }

  /** Why somebody was not looked up, in sentences. */
  get remarks(): readonly string[] {
    return this.said;
  }

  /** How many leads match, as far as it can be known: see `SearchPages.total`. */
  get total(): number | undefined {
    return this.pages?.total;
  }

  /** Whether more of the loaded leads match than are shown. */
  get hasMoreLoaded(): boolean {
    return this.localMatches > this.localLimit;
  }

  /** Whether the service can give another page. */
  get hasMorePages(): boolean {
    return this.pages?.more === true;
  }

  /** Finds more of the loaded leads. */
  showMoreLoaded(): void {
    this.localLimit += localStep;
    this.matchLoaded();
  }

  /** Looks through the leads that are loaded. */
  matchLoaded(): void {
    for (const key of this.keys) {
      const lead = key.by === 'id' ? this.searched.find(key.id) : undefined;
      if (lead) this.keep(key, { lead, match: idMatch(lead) });
    }
    if (!this.recognized.isText) return;
    const needle = searchNeedle(this.recognized.text);
    // Outside a filtered view's own scope the loaded leads are still leads of the app: they match like the others.
    this.localMatches = 0;
    for (const lead of this.searched.list?.leads ?? []) {
      if (!containsText(lead, needle) || ++this.localMatches > this.localLimit || this.seen.has(lead)) continue;
      this.seen.add(lead);
      this.found.put({ lead, match: fieldMatch(lead, needle) });
    }
  }

  /**
   * Asks the service for a page more and for who is still to be looked up, at last by a User ID where that is wanted. Never
   * rejects.
   * @param changed is called when something has come and more is asked for
   * @returns the first error
   */
  async ask(changed: () => void): Promise<unknown> {
    const needle = searchNeedle(this.recognized.text);
    const [step, direct] = await Promise.all([
      this.pages?.more ? this.pages.next(this.ended.signal) : noStep,
      this.lookUp(this.keys.filter(({ by }) => by !== 'userId')),
    ]);
    if (!this.isCurrent()) return undefined;
    for (const lead of step.leads) this.found.put({ lead, match: fieldMatch(lead, needle) });
    const error = step.error ?? direct;
    const last = error === undefined ? this.keys.filter((key) => this.isWanted(key)) : [];
    if (last.length === 0) return error;
    changed();
    return this.lookUp(last);
  }

  dispose(): void {
    this.ended.abort();
  }

  /** Whether somebody is to be looked up by a User ID, after all else was asked for. */
  private isWanted(key: VisitorKey): boolean {
    if (key.by !== 'userId') return false;
    return this.isForOne ? !this.found.hasOne(key.userId) : this.found.all.length === 0;
  }

  /** Looks somebody up by each of the keys. @returns the first error */
  private async lookUp(keys: readonly VisitorKey[]): Promise<unknown> {
    const { connection } = this;
    if (!connection) return undefined;
    const results = await Promise.all(keys.map((key) => lookUpVisitor(connection.client, key, this.ended.signal)));
    if (!this.isCurrent()) return undefined;
    keys.forEach((key, index) => this.keep(key, results[index] ?? {}));
    return results.find(({ error }) => error !== undefined)?.error;
  }

  private keep(key: VisitorKey, { lead, match, isRemoved, error, remark }: LookedUp): void {
    if (error !== undefined) return;
    this.keys = this.keys.filter((one) => one !== key);
    if (remark !== undefined) this.said = [...this.said, remark];
    if (lead) this.found.putFirst({ lead, match, isRemoved });
  }
}
