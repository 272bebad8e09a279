import type { Lead } from '../dashly/lead';

/** A lead somebody looked at, read by itself and so newer than the list it is in. */
export interface SeenLead {
  /** The account's key. */
  readonly account: string;
  /** In the form of a list's row (section 1 of the API document: `id`, `presence`, `props`), so that the two compare. */
  readonly lead: Lead;
}
