import type { Lead, LeadsPage, LeadsPageQuery, LeadsQuery } from '../dashly/lead';
import { Emitter, type Disposable } from './event';

/** Where pages come from: `DashlyClient`, or a model of it in a test. */
export interface LeadSource {
  listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage>;
}

/** `failed` means the last request failed: the leads read before are still there, `error` says why. */
export type LeadListState = 'unread' | 'reading' | 'ready' | 'failed';

/** `more`: there are more to load; `complete`: all are loaded; `cap`: the service gives no more through one query. */
export type LeadListEnd = 'more' | 'complete' | 'cap';

/** How many leads are new among those already read; `changed` when something moved but cannot be counted; 0 when nothing did. */
export type Drift = number | 'changed';

/** Called after each page of `loadAll`. `total` is what can be loaded: the service's total, at most the cap. */
export type LoadProgress = (loaded: number, total: number) => void;

export class LeadList implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  readonly leads: readonly Lead[] = [];
  readonly total: number | undefined;
  readonly state: LeadListState = 'unread';
  readonly end: LeadListEnd = 'more';
  readonly error: unknown;
  readonly drift: Drift = 0;

  constructor(private readonly source: LeadSource, readonly query: LeadsQuery, public pageSize: number) {}

  /** The loaded lead with this id. */
  get(id: string): Lead | undefined {
    return this.leads.find((lead) => lead.id === id);
  }

  /** Reads one page more; never rejects: see `state` and `error`. Joins a read under way. */
  loadMore(): Promise<void> {
    throw new Error('not yet');
  }

  /** Reads until the end or the cap. Ends early, keeping what came, when the signal aborts or a page fails. */
  loadAll(_signal: AbortSignal, _progress?: LoadProgress): Promise<void> {
    throw new Error('not yet');
  }

  /** Reads again from the start as many leads as are loaded, at least one page; what is shown stays until that is done. */
  refresh(): Promise<void> {
    throw new Error('not yet');
  }

  /** Replaces a loaded lead by a newer record of it, in its place. False when no such lead is loaded. */
  update(_lead: Lead): boolean {
    throw new Error('not yet');
  }

  dispose(): void {
    this.changed.dispose();
  }
}
