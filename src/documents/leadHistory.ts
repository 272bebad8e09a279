import { sameJson } from '../dashly/json';
import type { Lead } from '../dashly/lead';

/** Where a lead was seen: in a list, which lags by minutes, or read by itself, as on its card. */
export type LeadOrigin = 'list' | 'card';

/** A lead as this session saw it. */
export interface LeadState {
  /** Tells the states of one lead apart; grows with time. */
  readonly number: number;
  readonly lead: Lead;
  /** When it was first seen like this, in ms since 1970. */
  readonly seen: number;
  readonly source: LeadOrigin;
}

/** The most states kept of one lead: the first, which a later one is most often compared with, and the latest. */
export const mostStates = 20;
/** The most leads whose states are kept: two whole lists at the service's cap. */
const mostLeads = 20_000;

/**
 * The distinct records this session has seen of each lead, in memory only. A lead that never changed costs a reference
 * to the record its list holds anyway.
 */
export class LeadHistory {
  private readonly byLead = new Map<string, LeadState[]>();

  /**
   * Keeps what is new about these leads.
   * @param account the account's key
   * @param now in ms since 1970
   * @param source what a source says is news only against what the same source said before: a list that still gives the
   * old record after a card has read the new one does not mean that the lead has changed back
   */
  remember(account: string, leads: Iterable<Lead>, now: number, source: LeadOrigin = 'list'): void {
    for (const lead of leads) {
      const key = keyOf(account, lead.id);
      const states = this.byLead.get(key);
      const last = states?.at(-1);
      if (!states || !last) {
        this.byLead.set(key, [{ number: 1, lead, seen: now, source }]);
        this.dropOldest();
        continue;
      }
      const same = last.source === source ? last : latestOf(source, states);
      // Those that were not seen for longest are dropped first.
      this.byLead.delete(key);
      this.byLead.set(key, states);
      if (same?.lead === lead) continue;
      if (same && sameJson(same.lead.record, lead.record)) {
        // The newer object is the one the list holds: keeping the older as well would hold the record twice.
        states[states.indexOf(same)] = { ...same, lead };
      } else {
        states.push({ number: last.number + 1, lead, seen: now, source });
        if (states.length > mostStates) states.splice(1, 1);
      }
    }
  }

  /** The lead as a list gave it last. */
  listed(account: string, id: string): LeadState | undefined {
    return latestOf('list', this.states(account, id));
  }

  /** All kept states of a lead, oldest first. */
  states(account: string, id: string): readonly LeadState[] {
    return this.byLead.get(keyOf(account, id)) ?? [];
  }

  /** Forgets everything: what is kept is contact data of an account that is gone. */
  clear(): void {
    this.byLead.clear();
  }

  private dropOldest(): void {
    if (this.byLead.size <= mostLeads) return;
    const [oldest] = this.byLead.keys();
    if (oldest !== undefined) this.byLead.delete(oldest);
  }
}

function latestOf(source: LeadOrigin, states: readonly LeadState[]): LeadState | undefined {
  return states.findLast((state) => state.source === source);
}

function keyOf(account: string, id: string): string {
  return `${id} ${account}`;
}
