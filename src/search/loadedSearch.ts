import type { Lead } from '../dashly/lead';
import { type Disposable, Emitter, type Event } from '../leads/event';
import type { Masking } from '../leads/masking';
import { leadLabel } from '../leads/wording';
import { containsText, fieldMatch, idMatch, searchNeedle, type SearchNeedle } from './searchFields';
import type { ShownSearch } from './searchRows';
import type { SearchHit } from './textSearch';

/** How many leads are shown at once; *More results* shows as many again. VS Code takes a second to draw 10,000 rows. */
const step = 100;

/** A search over loaded leads alone, without a request: all of them while nothing is typed. */
export class LoadedSearch implements ShownSearch, Disposable {
  private readonly changed = new Emitter();
  private readonly subscription: Disposable;
  private matches: readonly Lead[] = [];
  private shown: readonly SearchHit[] = [];
  private limit = step;
  private currentText = '';

  readonly onDidChange = this.changed.event;
  readonly scope = 'view';
  readonly state = 'ready';

  /**
   * @param leads in the order they are shown in
   * @param onDidLoad fires when there are others
   * @param masking leads are found by their pseudonyms too while it is on, which are all that can be seen of them
   */
  constructor(
    private readonly leads: () => readonly Lead[],
    onDidLoad: Event<unknown>,
    private readonly masking: Masking,
  ) {
    this.subscription = onDidLoad(() => this.match());
    this.match();
  }

  get text(): string {
    return this.currentText;
  }

  get hits(): readonly SearchHit[] {
    return this.shown;
  }

  get total(): number {
    return this.matches.length;
  }

  get more(): boolean {
    return this.matches.length > this.limit;
  }

  setText(text: string): void {
    const trimmed = text.trim();
    if (trimmed === this.currentText) return;
    this.currentText = trimmed;
    this.limit = step;
    this.match();
  }

  loadMore(): void {
    this.limit += step;
    this.show(searchNeedle(this.currentText));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private match(): void {
    const needle = searchNeedle(this.currentText);
    this.matches = needle.text === '' ? this.leads() : this.leads().filter((lead) => this.contains(lead, needle));
    this.show(needle);
  }

  private show(needle: SearchNeedle): void {
    this.shown = this.matches.slice(0, this.limit).map((lead) => ({
      lead,
      match: needle.text === '' ? undefined : lead.id === needle.text ? idMatch(lead) : fieldMatch(lead, needle),
    }));
    this.changed.fire();
  }

  private contains(lead: Lead, needle: SearchNeedle): boolean {
    if (lead.id === needle.text || containsText(lead, needle)) return true;
    return this.masking.on && leadLabel(lead, this.masking).toLowerCase().includes(needle.text);
  }
}
