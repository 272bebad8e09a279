import { type Disposable, Emitter } from '../leads/event';
import { recognize, type Recognized } from './recognized';
import type { SearchScope } from './searchPages';
import { type SearchedLeads, type SearchHit, TextSearch } from './textSearch';

/**
 * Where the service's part of the search stands: `off` for no text or no app, `waiting` for the typing to pause,
 * `reading` a request is under way, `ready`, `failed` (see `error`), `impossible`: this view cannot be searched by the
 * service, only what is loaded was.
 */
export type ServerState = 'off' | 'waiting' | 'reading' | 'ready' | 'failed' | 'impossible';

/** How long typing must pause before the service is asked, in ms. */
export const searchDebounce = 250;

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
    return this.present.hits;
  }

  /** How many leads match, as far as it can be known: see `SearchPages.total`. */
  get total(): number | undefined {
    return this.present.total;
  }

  /** Whether `loadMore` can give more. */
  get more(): boolean {
    return this.present.hasMoreLoaded || (this.currentState === 'ready' && this.present.hasMorePages);
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
    if (this.present.hasMoreLoaded) {
      this.present.showMoreLoaded();
      this.changed.fire();
    }
    if (this.currentState === 'ready' && this.present.hasMorePages) void this.readServer(this.present);
  }

  /** Asks again for what failed. */
  retry(): void {
    if (this.currentState === 'failed') void this.readServer(this.present);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    clearTimeout(this.debounce);
    this.present.dispose();
    this.changed.dispose();
  }

  private begin(): TextSearch {
    return new TextSearch(this.searched, this.current, this.currentScope, this.isForOne);
  }

  private restart(): void {
    clearTimeout(this.debounce);
    this.present.dispose();
    const search = (this.present = this.begin());
    this.currentError = undefined;
    if (search.isOn) search.matchLoaded();
    this.currentState = !search.isOn ? 'off' : search.isAskable ? 'waiting' : stateAfter(search);
    // A pasted cookie or link is whole.
    const pause = this.current.isText ? searchDebounce : 0;
    if (this.currentState === 'waiting') this.debounce = setTimeout(() => void this.readServer(search), pause);
    this.changed.fire();
  }

  /** More leads were loaded, or loaded ones were read again. */
  private addLoaded(): void {
    if (!this.present.isOn || !this.present.isCurrent()) return;
    this.present.matchLoaded();
    this.changed.fire();
  }

  private async readServer(search: TextSearch): Promise<void> {
    if (!search.isCurrent()) return;
    this.currentState = 'reading';
    this.currentError = undefined;
    this.changed.fire();
    const error = await search.ask(() => this.changed.fire());
    if (!search.isCurrent()) return;
    this.currentError = error;
    this.currentState = error === undefined ? stateAfter(search) : 'failed';
    this.changed.fire();
  }
}

/** Where a search stands that has nothing to wait for. */
function stateAfter({ isImpossible }: TextSearch): ServerState {
  return isImpossible ? 'impossible' : 'ready';
}
