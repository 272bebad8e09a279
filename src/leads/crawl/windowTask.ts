import type { WindowSort } from './patientSource';
import type { LeadWindow } from './window';

/** A window to be read, and what came of it. Plain data: it is part of what a resumed walk starts from. */
export interface WindowTask {
  readonly window: LeadWindow;
  /** The orders it is read in: one, or several and both directions for a window that one reading cannot get to the end of. */
  readonly passes: readonly WindowSort[];
  /** How many leads it held when it was cut. */
  readonly expected: number;
  /** Undefined until it has been read. */
  outcome?: WindowOutcome;
}

export interface WindowOutcome {
  /** How many different leads were read in it. */
  readonly found: number;
  /** How many it held by the service's last answer. */
  readonly total: number;
  /** Leads came, went or moved while it was read. */
  readonly moved: boolean;
  /** It moved so much that pages could not be joined without a gap. */
  readonly gap: boolean;
  /** How many records of it could not be decoded; the ones on the edge of two pages count twice. */
  readonly undecodable: number;
}

/** A task for a window that fits into one query. */
export function wholeWindow(window: LeadWindow, sort: WindowSort, expected: number): WindowTask {
  return { window, passes: [sort], expected };
}

/** A task for a window that holds more than one query gives: read from both ends in each of several orders. */
export function windowByItsEnds(window: LeadWindow, props: readonly string[], expected: number): WindowTask {
  const passes = props.flatMap((prop): WindowSort[] => [{ prop, order: 'desc' }, { prop, order: 'asc' }]);
  return { window, passes, expected };
}

/** How many leads of a window are known to be missing; negative when more were read than it now holds. */
export function shortfall(outcome: WindowOutcome, totalNow = outcome.total): number {
  return totalNow - outcome.found;
}
