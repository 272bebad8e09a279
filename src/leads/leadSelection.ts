import type { Lead } from '../dashly/lead';
import { Emitter, type Disposable } from './event';

/**
 * The leads a command without arguments is about: those selected in the tree, shown in the focused card, or opened
 * from the search, whichever the person did last.
 */
export class LeadSelection implements Disposable {
  private readonly changed = new Emitter<readonly Lead[]>();
  private current: readonly Lead[] = [];

  readonly onDidChange = this.changed.event;

  get leads(): readonly Lead[] {
    return this.current;
  }

  /** Replaces the selection; fires unless it holds the same lead objects in the same order. */
  set(leads: readonly Lead[]): void {
    if (leads.length === this.current.length && leads.every((lead, index) => lead === this.current[index])) {
      return;
    }
    this.current = [...leads];
    this.changed.fire(this.current);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
