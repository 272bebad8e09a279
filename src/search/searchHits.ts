import type { Lead } from '../dashly/lead';
import type { FieldMatch } from './searchFields';

/** One found lead. */
export interface SearchHit {
  readonly lead: Lead;
  /** Where the text stands; undefined when only the service knows (its data is newer, or its idea of case is another). */
  readonly match: FieldMatch | undefined;
}

/** What a search has found: each lead once, in the order it was found in, so that rows do not move under the pointer. */
export class SearchHits {
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
