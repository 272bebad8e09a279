import { DashlyError } from '../dashly/errors';
import type { Lead, LeadsQuery } from '../dashly/lead';
import { type Disposable, Emitter, type Event } from '../leads/event';
import type { LeadSource } from '../leads/pageReader';
import { containsText, type FieldMatch, fieldMatch, idMatch, searchedId, searchNeedle } from './searchFields';
import { searchBranches, SearchPages, type SearchScope, type SearchStep } from './searchPages';

/** One found lead. */
export interface SearchHit {
  readonly lead: Lead;
  /** Where the text stands; undefined when only the service knows (its data is newer, or its idea of case is another). */
  readonly match: FieldMatch | undefined;
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

  /** Puts the lead whose id was searched above all others. */
  putFirst(hit: SearchHit): void {
    this.first = hit;
    this.listed = undefined;
  }
}

/** The service, as far as a search uses it. */
export interface SearchedService extends Pick<LeadSource, 'listLeads'> {
  /** Rejects when there is no such lead. */
  getLead(id: string, signal: AbortSignal): Promise<{ readonly lead: Lead }>;
}

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
  idPending: string | undefined;
  localLimit: number;
  localMatches: number;
}

/**
 * A search over the loaded leads and the service. Holds what has been found for the present text; never shows what
 * was found for another text, another scope or another account.
 */
export class LeadSearch implements Disposable {
  private readonly changed = new Emitter();
  private readonly subscriptions: Disposable[];
  private present: TextSearch;
  private debounce: NodeJS.Timeout | undefined;
  private currentText = '';
  private currentScope: SearchScope = 'app';
  private currentState: ServerState = 'off';
  private currentError: unknown;

  /** Fires after every change of what is found or of `state`. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly searched: SearchedLeads) {
    this.present = this.begin();
    this.subscriptions = [searched.onDidChangeList(() => this.restart()), searched.onDidChange(() => this.addLoaded())];
  }

  /** The searched text without outer space. */
  get text(): string {
    return this.currentText;
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
    const trimmed = text.trim();
    if (trimmed === this.currentText) return;
    this.currentText = trimmed;
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
    if (!search.connection || this.currentText === '') {
      this.currentState = 'off';
    } else {
      this.matchLoaded(search);
      const branches = searchBranches(this.currentText, this.currentScope, this.searched.query.filters);
      search.pages = branches && new SearchPages(search.connection.client, branches);
      this.currentState = search.pages || search.idPending ? 'waiting' : 'impossible';
      if (this.currentState === 'waiting') {
        this.debounce = setTimeout(() => void this.readServer(search), searchDebounce);
      }
    }
    this.changed.fire();
  }

  /** More leads were loaded, or loaded ones were read again. */
  private addLoaded(): void {
    if (this.currentText === '' || this.present.connection !== this.searched.connection) return;
    this.matchLoaded(this.present);
    this.changed.fire();
  }

  private matchLoaded(search: TextSearch): void {
    const needle = searchNeedle(this.currentText);
    const byId = search.idPending && this.searched.find(search.idPending);
    if (byId) {
      search.hits.putFirst({ lead: byId, match: idMatch(byId) });
      search.idPending = undefined;
    }
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
    const { client } = search.connection;
    this.currentState = 'reading';
    this.currentError = undefined;
    this.changed.fire();
    const needle = searchNeedle(this.currentText);
    const id = search.idPending;
    const [step, byId] = await Promise.all([
      search.pages?.more ? search.pages.next(search.abort.signal) : noStep,
      id === undefined ? noLead : lookUp(client, id, search.abort.signal),
    ]);
    if (search !== this.present || search.connection !== this.searched.connection) return;
    for (const lead of step.leads) search.hits.put({ lead, match: fieldMatch(lead, needle) });
    if (!byId.error) search.idPending = undefined;
    if (byId.lead) search.hits.putFirst({ lead: byId.lead, match: idMatch(byId.lead) });
    this.currentError = step.error ?? byId.error;
    this.currentState = this.currentError === undefined ? (search.pages ? 'ready' : 'impossible') : 'failed';
    this.changed.fire();
  }

  private begin(): TextSearch {
    return {
      connection: this.searched.connection,
      abort: new AbortController(),
      hits: new SearchHits(),
      seen: new WeakSet(),
      pages: undefined,
      // Within a view an id says nothing about whether its lead belongs to the view.
      idPending: this.currentScope === 'app' ? searchedId(this.currentText) : undefined,
      localLimit: localStep,
      localMatches: 0,
    };
  }
}

/** What looking up an id gave: the lead, why it could not be looked up, or neither when there is no such lead. */
interface LookUp {
  readonly lead?: Lead;
  readonly error?: unknown;
}

const noStep: SearchStep = { leads: [] };
const noLead: LookUp = {};

/** A lead by its id; nothing when there is none. The service answers 400 `LookupError` then (API.md, section 3). */
async function lookUp(client: SearchedService, id: string, signal: AbortSignal): Promise<LookUp> {
  try {
    return { lead: (await client.getLead(id, signal)).lead };
  } catch (error) {
    return error instanceof DashlyError && error.kind === 'notFound' ? {} : { error };
  }
}
