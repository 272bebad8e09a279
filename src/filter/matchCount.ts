import { plural } from '../leads/text';
import { type Clock, systemClock } from '../dashly/clock';
import { filtersToJson } from '../dashly/filterJson';
import type { Filters } from '../dashly/lead';
import { type Disposable, Emitter } from '../leads/event';

/** Asks the service how many leads satisfy filters; rejects when it cannot be had. */
export type CountLeads = (filters: Filters | undefined, signal: AbortSignal) => Promise<number>;

/** Where the count of the present filters stands. */
export type MatchCountState =
  | { readonly kind: 'counting' }
  | { readonly kind: 'known'; readonly count: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** How long the filters must stay the same before the service is asked, in ms. */
export const countDebounce = 250;

/**
 * How many leads satisfy the filters somebody is building. Asks when they have stopped changing, and never says the count
 * of other filters than the present ones: an answer that comes late is dropped.
 */
export class MatchCount implements Disposable {
  private readonly changed = new Emitter();
  private asked: { readonly filters: string; readonly abort: AbortController } | undefined;
  private current: MatchCountState = { kind: 'counting' };

  /** Fires when `state` changes. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly countLeads: CountLeads,
    private readonly clock: Clock = systemClock,
  ) {}

  get state(): MatchCountState {
    return this.current;
  }

  /** These are the filters now. Asks again for the same ones only after a failure. */
  ask(filters: Filters | undefined): void {
    const text = filters ? filtersToJson(filters) : '';
    if (this.asked?.filters === text && this.current.kind !== 'failed') return;
    const first = this.asked === undefined;
    this.start(filters, text, first ? 0 : countDebounce);
  }

  /** Another app is asked from now on: what is known of the last one is forgotten. */
  restart(filters: Filters | undefined): void {
    this.start(filters, filters ? filtersToJson(filters) : '', 0);
  }

  dispose(): void {
    this.asked?.abort.abort();
    this.asked = undefined;
    this.changed.dispose();
  }

  private start(filters: Filters | undefined, text: string, delay: number): void {
    this.asked?.abort.abort();
    const asked = (this.asked = { filters: text, abort: new AbortController() });
    this.set({ kind: 'counting' });
    void this.count(filters, asked.abort.signal, delay).then((state) => {
      if (this.asked === asked) this.set(state);
    });
  }

  private async count(filters: Filters | undefined, signal: AbortSignal, delay: number): Promise<MatchCountState> {
    try {
      if (delay > 0) await this.clock.sleep(delay, signal);
      return { kind: 'known', count: await this.countLeads(filters, signal) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  private set(state: MatchCountState): void {
    this.current = state;
    this.changed.fire();
  }
}

/**
 * How many leads match, in words: `1,204 leads match`.
 * @param explain gives the sentence of an error that may be shown
 */
export function countWords(state: MatchCountState, explain: (error: unknown) => string): string {
  if (state.kind === 'counting') return 'counting…';
  if (state.kind === 'failed') return `not counted: ${explain(state.error)}`;
  return state.count === 0 ? 'no leads match' : plural(state.count, 'lead matches', 'leads match');
}
