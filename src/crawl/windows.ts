import { combined } from '../dashly/conditions';
import { minute } from '../dashly/dates';
import type { Condition, Filters, SortOrder } from '../dashly/lead';

/** A part of a query's leads: those that satisfy the person's own filters and all parts. */
export interface LeadWindow {
  /** Of the query. With parts, all of these conditions must hold: an `or` is split by `alternatives` first. */
  readonly own?: Filters;
  readonly parts: readonly WindowPart[];
}

/** One restriction that makes a window smaller than its query. Plain data, so that a crawl can be resumed. */
export type WindowPart =
  /** `from` ≤ the date < `to`, in ms since 1970; a missing bound is open. */
  | { readonly kind: 'date'; readonly prop: string; readonly from?: number; readonly to?: number }
  /** `above` < the number < `below`; a missing bound is open. */
  | { readonly kind: 'number'; readonly prop: string; readonly above?: number; readonly below?: number }
  /** `from` ≤ the number < `below`. */
  | { readonly kind: 'range'; readonly prop: string; readonly from: number; readonly below: number }
  | { readonly kind: 'equal'; readonly prop: string; readonly number: number }
  | { readonly kind: 'known' | 'unknown'; readonly prop: string }
  /** The date < `to`, as nearly as the service can tell but no later, or there is none. */
  | { readonly kind: 'quiet'; readonly prop: string; readonly to: number }
  /** The text contains, or does not contain, `text`, ignoring case. */
  | { readonly kind: 'contains' | 'lacks'; readonly prop: string; readonly text: string };

/** A window with one restriction more. */
export function withPart(window: LeadWindow, part: WindowPart): LeadWindow {
  return { own: window.own, parts: [...window.parts, part] };
}

/** A window and how many leads it holds; from `queryCap` on it may be more, because some services count no further. */
export interface CountedWindow {
  readonly window: LeadWindow;
  readonly count: number;
}

/** A property and a direction to sort by. */
export interface WindowSort {
  readonly prop?: string;
  readonly order?: SortOrder;
}

/** Filters that stand for a window at one moment. */
export interface WindowFilters {
  readonly filters: Filters | undefined;
  /**
   * Until when (ms since 1970) they hold every lead of the window. The service counts minutes back from when it answers:
   * a request that is answered later may miss leads at the window's older end.
   */
  readonly validUntil: number;
}

/** To which side dates are rounded: `outer` holds every lead of the window, `inner` only leads of the window. */
export type WindowEdges = 'outer' | 'inner';

/**
 * The filters of a window for a request sent now. The service knows dates only as "less/more than so many minutes ago"
 * (API.md, section 4), so the bounds are rounded. Outwards, by up to `slack` + 1 minutes at the older end and
 * one at the newer: neighbouring windows overlap and never leave a gap. Inwards for counts that are compared with what was
 * read at another time.
 * @param now ms since 1970
 * @param slack for how many minutes, at least, the edges stay on their side of the bounds; ≥ 1
 */
export function windowFilters(
  { own, parts }: LeadWindow,
  now: number,
  edges: WindowEdges = 'outer',
  slack = 1,
): WindowFilters {
  if (parts.length === 0) {
    return { filters: own, validUntil: Infinity };
  }
  let validUntil = Infinity;
  const conditions = parts.flatMap((part) => {
    if (part.kind !== 'date' && part.kind !== 'quiet') {
      return partConditions(part);
    }
    const minutes = minutesBack(part, now, edges, slack);
    if (edges === 'outer' && part.kind === 'date' && part.from !== undefined && minutes.from !== undefined) {
      validUntil = Math.min(validUntil, part.from + minutes.from * minute);
    }
    return dateConditions(part, minutes);
  });
  return { filters: combined(own, conditions), validUntil };
}

type DatePart = Extract<WindowPart, { kind: 'date' | 'quiet' }>;

/** How many minutes before now the bounds are; undefined where the window is open. */
function minutesBack(part: DatePart, now: number, edges: WindowEdges, slack: number): { from?: number; to?: number } {
  const [from, to] = [part.kind === 'date' ? part.from : undefined, part.to];
  if (edges === 'outer' && part.kind === 'date') {
    const back = to === undefined ? 0 : Math.floor((now - to) / minute);
    return {
      from: from === undefined ? undefined : Math.max(1, Math.ceil((now - from) / minute) + slack),
      // Leads up to now or later: a bound of no minutes would say less.
      to: back >= 1 ? back : undefined,
    };
  }
  return {
    from: from === undefined ? undefined : Math.max(1, Math.floor((now - from) / minute)),
    to: to === undefined ? undefined : Math.max(1, Math.ceil((now - to) / minute) + slack),
  };
}

function dateConditions({ kind, prop }: DatePart, { from, to }: { from?: number; to?: number }): Condition[] {
  const ago = (type: string, value: number): Condition => ({
    type,
    property_name: prop,
    value: { value, unit: 'minutes' },
  });
  if (kind === 'quiet') {
    return [ago('daysmore_or_unknown', to ?? 1)];
  }
  const conditions = [
    ...(from === undefined ? [] : [ago('daysless', from)]),
    ...(to === undefined ? [] : [ago('daysmore', to)]),
  ];
  return conditions.length > 0 ? conditions : [{ type: 'known', property_name: prop, value: {} }];
}

function partConditions(part: Exclude<WindowPart, DatePart>): Condition[] {
  const condition = (type: string, value: Condition['value'] = {}): Condition => ({
    type,
    property_name: part.prop,
    value,
  });
  switch (part.kind) {
    case 'known':
    case 'unknown':
      return [condition(part.kind)];
    case 'contains':
      return [condition('str_contains', { value: part.text })];
    case 'lacks':
      // Whether `str_notcontains` holds for a lead without the property is settled nowhere.
      return [condition('known'), condition('str_notcontains', { value: part.text })];
    case 'equal':
      return [condition('eq', { value: part.number })];
    case 'range':
      // The only condition on more than one number that includes a bound. Its other end is a number of the leads' own: the
      // documented ones end at ±2^53, leads have larger ones, and what a service makes of still larger ones nobody knows.
      return [condition('range', { value1: part.from, value2: part.below }), condition('lt', { value: part.below })];
    case 'number': {
      const conditions = [
        ...(part.above === undefined ? [] : [condition('gt', { value: part.above })]),
        ...(part.below === undefined ? [] : [condition('lt', { value: part.below })]),
      ];
      return conditions.length > 0 ? conditions : [condition('known')];
    }
  }
}

/** A window to be read, and what came of it. Plain data: it is part of what a resumed crawl starts from. */
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
  /** Leads were met in it that were not known before it was read; undefined in older states. */
  readonly gaveNew?: boolean;
  /** It moved so much that pages could not be joined without a gap. */
  readonly gap: boolean;
  /** How many records of it could not be decoded; the ones on the edge of two pages count twice. */
  readonly undecodable: number;
  /** Leads that are equal in the order it was read in changed places between two answers. */
  readonly unsteady: boolean;
}

/** A task for a window that fits into one query. */
export function wholeWindow({ window, count }: CountedWindow, sort: WindowSort): WindowTask {
  return { window, passes: [sort], expected: count };
}

/** A task for a window that one order does not get all leads of: read from both ends in each of several orders. */
export function windowByItsEnds({ window, count }: CountedWindow, props: readonly string[]): WindowTask {
  const passes = props.flatMap((prop): WindowSort[] => [
    { prop, order: 'desc' },
    { prop, order: 'asc' },
  ]);
  return { window, passes, expected: count };
}
