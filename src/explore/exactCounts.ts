import * as l10n from '@vscode/l10n';
import { alternatives, combined, condition } from '../dashly/conditions';
import type { Filters, LeadsQuery } from '../dashly/lead';
import { Emitter, type Disposable } from '../leads/event';
import type { ExactCount } from './protocol';

/** Asks the service how many leads satisfy filters. */
export type CountLeads = (filters: Filters, signal: AbortSignal) => Promise<number>;

/** Why the service cannot be asked about some leads of a query, in a sentence; undefined where it can (API.md, section 4). */
export function whyNotCounted({ filters, presence }: LeadsQuery): string | undefined {
  if (presence) return l10n.t('Exact numbers cannot be asked for in a view by presence.');
  return alternatives(filters).length > 1
    ? l10n.t('Exact numbers cannot be asked for in an “any of” view.')
    : undefined;
}

/** The filters for the leads of a query that have a property; undefined where the service cannot be asked. */
export function knownFilters(query: LeadsQuery, property: string): Filters | undefined {
  if (whyNotCounted(query) !== undefined) return undefined;
  return combined(alternatives(query.filters)[0], [condition.none('known', property)]);
}

type KnownCount =
  Exclude<ExactCount, { readonly state: 'failed' }> | { readonly state: 'failed'; readonly error: unknown };

/** How many leads have a property, by the service's own count: one request each, and only when it is asked for. */
export class ExactCounts implements Disposable {
  private readonly changed = new Emitter();
  private readonly known = new Map<string, KnownCount>();
  private asking = new AbortController();

  /** A number has come, or is waited for. */
  readonly onDidChange = this.changed.event;

  /** @param sentence an error in one sentence that may be shown now: what may be changes with the masking of contacts */
  constructor(
    private readonly count: CountLeads,
    private readonly sentence: (error: unknown) => string,
  ) {}

  /** By the keys they were asked for with. */
  get all(): Readonly<Record<string, ExactCount>> {
    return Object.fromEntries([...this.known].map(([key, known]) => [key, this.shown(known)]));
  }

  of(key: string): ExactCount | undefined {
    const known = this.known.get(key);
    return known && this.shown(known);
  }

  /** Asks, but for what is known or waited for already. */
  async ask(wanted: readonly { readonly key: string; readonly filters: Filters }[]): Promise<void> {
    const { signal } = this.asking;
    const isOpen = (key: string): boolean => {
      const state = this.known.get(key)?.state;
      return state === undefined || state === 'failed';
    };
    const open = wanted.filter(({ key }) => isOpen(key));
    for (const { key } of open) this.known.set(key, { state: 'counting' });
    this.changed.fire();
    await Promise.all(
      open.map(async ({ key, filters }) => {
        const state = await this.askFor(filters, signal);
        if (signal.aborted) return;
        this.known.set(key, state);
        this.changed.fire();
      }),
    );
  }

  /** Waits for nothing any more; what is known stays. */
  cancel(): void {
    this.asking.abort();
    this.asking = new AbortController();
    for (const [key, { state }] of this.known) if (state === 'counting') this.known.delete(key);
    this.changed.fire();
  }

  /** Forgets all: other leads are looked at. */
  clear(): void {
    this.cancel();
    this.known.clear();
    this.changed.fire();
  }

  dispose(): void {
    this.asking.abort();
    this.changed.dispose();
  }

  private shown(known: KnownCount): ExactCount {
    return known.state === 'failed' ? { state: 'failed', message: this.sentence(known.error) } : known;
  }

  private async askFor(filters: Filters, signal: AbortSignal): Promise<KnownCount> {
    try {
      return { state: 'counted', count: await this.count(filters, signal) };
    } catch (error) {
      return { state: 'failed', error };
    }
  }
}
