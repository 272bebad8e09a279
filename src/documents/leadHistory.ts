import type { Lead } from '../dashly/lead';
import { sameJson } from './leadText';

/** A lead as this session saw it. */
export interface LeadState {
  /** Tells the states of one lead apart; grows with time. */
  readonly number: number;
  readonly lead: Lead;
  /** When it was first seen like this, in ms since 1970. */
  readonly seen: number;
}

/** The most states kept of one lead; the oldest go first. */
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
   */
  remember(account: string, leads: Iterable<Lead>, now: number): void {
    for (const lead of leads) {
      const key = keyOf(account, lead.id);
      const states = this.byLead.get(key);
      const last = states?.at(-1);
      if (last?.lead === lead) continue;
      if (!states || !last) {
        this.byLead.set(key, [{ number: 1, lead, seen: now }]);
        this.dropOldest();
      } else if (sameJson(last.lead.record, lead.record)) {
        // The newer object is the one the list holds: keeping the older as well would hold the record twice.
        states[states.length - 1] = { ...last, lead };
      } else {
        states.push({ number: last.number + 1, lead, seen: now });
        if (states.length > mostStates) states.shift();
      }
    }
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

function keyOf(account: string, id: string): string {
  return `${id} ${account}`;
}
