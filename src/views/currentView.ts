import type { CurrentLeads } from '../leads/currentLeads';
import { Emitter } from '../leads/event';
import { sameQuery } from './sameQuery';
import type { View } from './view';

/**
 * Which view is looked at. The query itself belongs to `CurrentLeads`; here is only the name it was chosen by, which is
 * given as long as the query is still that of the view.
 */
export class CurrentView {
  private readonly changed = new Emitter();
  private readonly subscription: { dispose(): void };
  private chosen: View = { name: 'All leads' };

  /** Another view is looked at, or the query of this one changed. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly current: CurrentLeads) {
    this.subscription = current.onDidChangeList(() => this.changed.fire());
  }

  /** The name of the view; undefined while filter, order or presence differ from it. */
  get name(): string | undefined {
    return sameQuery(this.chosen, this.current.query) ? this.chosen.name : undefined;
  }

  /** Looks at a view. */
  show(view: View): void {
    this.chosen = view;
    const { filters, sortProp, sortOrder, presence } = view;
    if (sameQuery(view, this.current.query)) this.changed.fire();
    else this.current.setQuery({ filters, sortProp, sortOrder, presence });
  }

  /** The view keeps its query and gets this name: it was saved or renamed. */
  called(view: View): void {
    this.chosen = view;
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
