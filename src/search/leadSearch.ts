import type { Lead, LeadsQuery } from '../dashly/lead';
import { type Disposable, Emitter, type Event } from '../leads/event';
import type { LeadSource } from '../leads/pageReader';
import { recognize, type Recognized, type VisitorKey } from './recognized';
import { containsText, type FieldMatch, fieldMatch, fieldText, idMatch, searchNeedle } from './searchFields';
import { searchBranches, SearchPages, type SearchScope, type SearchStep } from './searchPages';
import { type LookedUp, lookUpVisitor, type VisitorService } from './visitorLookUp';

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

/**
 * Where the service's part of the search stands: `off` for no text or no app, `waiting` for the typing to pause,
 * `reading` a request is under way, `ready`, `failed` (see `error`), `impossible`: this view cannot be searched by the
 * service, only what is loaded was.
 */
export type ServerState = 'off' | 'waiting' | 'reading' | 'ready' | 'failed' | 'impossible';

/** How long typing must pause before the service is asked, in ms. */
export const searchDebounce = 250;

/** How many matches among the loaded leads are shown at once; *More results* shows as many again. */
const localStep = 100;

/** The search for one text, in one scope of one app: whatever comes back to one that is not the present one is dropped. */
interface TextSearch {
  readonly connection: SearchedLeads['connection'];
  readonly abort: AbortController;
  readonly hits: SearchHits;
  /** Loaded leads that were looked at: only one that was read again may replace the service's own, newer record. */
  readonly seen: WeakSet<Lead>;
  pages: SearchPages | undefined;
  /** By what somebody is still to be looked up: a User ID is the last. */
  keys: readonly VisitorKey[];
  /** Why somebody was not looked up, in sentences. */
  remarks: readonly string[];
  localLimit: number;
  localMatches: number;
}

/**
 * A search over the loaded leads and the service, for a text or for one visitor (see `recognize`). Holds what has been found
 * for the present text; never shows what was found for another text, another scope or another account.
 */
export class LeadSearch implements Disposable {
  private readonly changed = new Emitter();
  private readonly subscriptions: Disposable[];
  private present: TextSearch;
  private debounce: NodeJS.Timeout | undefined;
  private current: Recognized = recognize('');
  private currentScope: SearchScope = 'app';
  private currentState: ServerState = 'off';
  private currentError: unknown;

  /** Fires after every change of what is found or of `state`. */
  readonly onDidChange = this.changed.event;

  /**
   * @param isForOne whether one visitor is wanted, not all that match: then who has the text for a User ID is looked for,
   * also where it stands in the properties of others
   */
  constructor(
    private readonly searched: SearchedLeads,
    private readonly isForOne = false,
  ) {
    this.present = this.begin();
    this.subscriptions = [searched.onDidChangeList(() => this.restart()), searched.onDidChange(() => this.addLoaded())];
  }

  /** The searched text without what stands around it. */
  get text(): string {
    return this.current.text;
  }

  /** What the text is taken for. */
  get recognized(): Recognized {
    return this.current;
  }

  /** Why somebody was not looked up, in sentences. */
  get remarks(): readonly string[] {
    return this.present.remarks;
  }

  get scope(): SearchScope {
    return this.currentScope;
  }

  get state(): ServerState {
    return this.currentState;
  }

  /** Why the service's part failed. */
  get error(): unknown {
    return this.currentError;
  }

  /** What was found, each lead once; what is shown keeps its order when more is found. */
  get hits(): readonly SearchHit[] {
    return this.present.hits.all;
  }

  /** How many leads match, as far as it can be known: see `SearchPages.total`. */
  get total(): number | undefined {
    return this.present.pages?.total;
  }

  /** Whether `loadMore` can give more. */
  get more(): boolean {
    return (
      this.present.localMatches > this.present.localLimit ||
      (this.currentState === 'ready' && this.present.pages?.more === true)
    );
  }

  /** Searches for another text: the loaded leads at once, the service when typing has paused. */
  setText(text: string): void {
    const recognized = recognize(text);
    if (recognized.text === this.current.text) return;
    this.current = recognized;
    this.restart();
  }

  /** Searches the whole app, or only the view's leads. */
  setScope(scope: SearchScope): void {
    if (scope === this.currentScope) return;
    this.currentScope = scope;
    this.restart();
  }

  /** Shows more of what is loaded and reads one page more. */
  loadMore(): void {
    if (this.present.localMatches > this.present.localLimit) {
      this.present.localLimit += localStep;
      this.matchLoaded(this.present);
      this.changed.fire();
    }
    if (this.currentState === 'ready' && this.present.pages?.more) void this.readServer(this.present);
  }

  /** Asks again for what failed. */
  retry(): void {
    if (this.currentState === 'failed') void this.readServer(this.present);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    clearTimeout(this.debounce);
    this.present.abort.abort();
    // A late answer finds another search in its place.
    this.present = this.begin();
    this.changed.dispose();
  }

  private restart(): void {
    clearTimeout(this.debounce);
    this.present.abort.abort();
    const search = (this.present = this.begin());
    this.currentError = undefined;
    const { text, isText } = this.current;
    if (!search.connection || text === '') {
      this.currentState = 'off';
    } else {
      this.matchLoaded(search);
      const branches = isText ? searchBranches(text, this.currentScope, this.searched.query.filters) : undefined;
      search.pages = branches && new SearchPages(search.connection.client, branches);
      this.currentState = search.pages || search.keys.length > 0 ? 'waiting' : isText ? 'impossible' : 'ready';
      // A pasted cookie or link is whole.
      const pause = isText ? searchDebounce : 0;
      if (this.currentState === 'waiting') this.debounce = setTimeout(() => void this.readServer(search), pause);
    }
    this.changed.fire();
  }

  /** More leads were loaded, or loaded ones were read again. */
  private addLoaded(): void {
    if (this.current.text === '' || this.present.connection !== this.searched.connection) return;
    this.matchLoaded(this.present);
    this.changed.fire();
  }

  private matchLoaded(search: TextSearch): void {
    for (const key of search.keys) {
      const lead = key.by === 'id' ? this.searched.find(key.id) : undefined;
      if (lead) this.found(search, key, { lead, match: idMatch(lead) });
    }
    if (!this.current.isText) return;
    const needle = searchNeedle(this.current.text);
    // Outside a filtered view's own scope the loaded leads are still leads of the app: they match like the others.
    search.localMatches = 0;
    for (const lead of this.searched.list?.leads ?? []) {
      if (!containsText(lead, needle) || ++search.localMatches > search.localLimit || search.seen.has(lead)) continue;
      search.seen.add(lead);
      search.hits.put({ lead, match: fieldMatch(lead, needle) });
    }
  }

  private async readServer(search: TextSearch): Promise<void> {
    if (search !== this.present || !search.connection) return;
    this.currentState = 'reading';
    this.currentError = undefined;
    this.changed.fire();
    const needle = searchNeedle(this.current.text);
    const { signal } = search.abort;
    const [step, direct] = await Promise.all([
      search.pages?.more ? search.pages.next(signal) : noStep,
      this.lookUp(
        search,
        search.keys.filter(({ by }) => by !== 'userId'),
      ),
    ]);
    if (!this.isPresent(search)) return;
    for (const lead of step.leads) search.hits.put({ lead, match: fieldMatch(lead, needle) });
    const error = step.error ?? direct;
    const isWanted = (key: VisitorKey): boolean =>
      key.by === 'userId' && !(this.isForOne ? search.hits.hasOne(key.userId) : search.hits.all.length > 0);
    const last = error === undefined ? search.keys.filter(isWanted) : [];
    if (last.length > 0) {
      this.changed.fire();
      this.currentError = await this.lookUp(search, last);
      if (!this.isPresent(search)) return;
    } else this.currentError = error;
    const isImpossible = !search.pages && this.current.isText;
    this.currentState = this.currentError === undefined ? (isImpossible ? 'impossible' : 'ready') : 'failed';
    this.changed.fire();
  }

  /** Whether what comes back still belongs to what is searched. */
  private isPresent(search: TextSearch): boolean {
    return search === this.present && search.connection === this.searched.connection;
  }

  /** Looks somebody up by each of the keys. @returns the first error */
  private async lookUp(search: TextSearch, keys: readonly VisitorKey[]): Promise<unknown> {
    const { connection } = search;
    if (!connection) return undefined;
    const results = await Promise.all(keys.map((key) => lookUpVisitor(connection.client, key, search.abort.signal)));
    if (!this.isPresent(search)) return undefined;
    keys.forEach((key, index) => this.found(search, key, results[index] ?? {}));
    return results.find(({ error }) => error !== undefined)?.error;
  }

  private found(search: TextSearch, key: VisitorKey, { lead, match, isRemoved, error, remark }: LookedUp): void {
    if (error !== undefined) return;
    search.keys = search.keys.filter((one) => one !== key);
    if (remark !== undefined) search.remarks = [...search.remarks, remark];
    if (lead) search.hits.putFirst({ lead, match, isRemoved });
  }

  private begin(): TextSearch {
    return {
      connection: this.searched.connection,
      abort: new AbortController(),
      hits: new SearchHits(),
      seen: new WeakSet(),
      pages: undefined,
      // Within a view an id says nothing about whether its lead belongs to the view.
      keys: this.currentScope === 'app' || !this.current.isText ? this.current.keys : [],
      remarks: [],
      localLimit: localStep,
      localMatches: 0,
    };
  }
}

const noStep: SearchStep = { leads: [] };
