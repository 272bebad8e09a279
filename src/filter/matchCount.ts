import * as l10n from '@vscode/l10n';
import { filtersToJson } from '../dashly/filterJson';
import type { Filters } from '../dashly/lead';
import { type Disposable, Emitter } from '../leads/event';
import { plural } from '../language';

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
  private pause: NodeJS.Timeout | undefined;
  private current: MatchCountState = { kind: 'counting' };

  /** Fires when `state` changes. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly countLeads: CountLeads) {}

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
    this.stop();
    this.asked = undefined;
    this.changed.dispose();
  }

  private start(filters: Filters | undefined, text: string, delay: number): void {
    this.stop();
    const asked = (this.asked = { filters: text, abort: new AbortController() });
    this.set({ kind: 'counting' });
    const count = async (): Promise<void> => {
      const state = await this.count(filters, asked.abort.signal);
      if (this.asked === asked) this.set(state);
    };
    if (delay > 0) this.pause = setTimeout(() => void count(), delay);
    else void count();
  }

  private async count(filters: Filters | undefined, signal: AbortSignal): Promise<MatchCountState> {
    try {
      return { kind: 'known', count: await this.countLeads(filters, signal) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  private stop(): void {
    clearTimeout(this.pause);
    this.asked?.abort.abort();
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
  if (state.kind === 'counting') return l10n.t('counting…');
  if (state.kind === 'failed') return l10n.t('not counted: {0}', explain(state.error));
  return state.count === 0 ? l10n.t('no leads match') : plural(state.count, l10n.t('{0} lead matches|{0} leads match'));
}
