import type { Condition, Filters } from '../../dashly/lead';

/** A part of a query's leads: those that satisfy all conditions of the person's own and all parts. */
export interface LeadWindow {
  /** The conditions of the query, all of which hold. */
  readonly own: readonly Condition[];
  readonly parts: readonly WindowPart[];
}

/** One restriction that makes a window smaller than its query. Plain data, so that a walk can be resumed. */
export type WindowPart =
  /** `from` ≤ the date < `to`, in ms since 1970; a missing bound is open. */
  | { readonly kind: 'date'; readonly prop: string; readonly from?: number; readonly to?: number }
  /** All given bounds hold: `above` < and `from` ≤ the number, the number ≤ `to` and < `below`. */
  | {
    readonly kind: 'number'; readonly prop: string;
    readonly above?: number; readonly from?: number; readonly to?: number; readonly below?: number;
  }
  | { readonly kind: 'known' | 'unknown'; readonly prop: string }
  /** The text contains, or does not contain, `text`, ignoring case. */
  | { readonly kind: 'contains' | 'lacks'; readonly prop: string; readonly text: string };

/** Filters that stand for a window at one moment. */
export interface WindowFilters {
  readonly filters: Filters | undefined;
  /**
   * Until when (ms since 1970) they hold every lead of the window. The service counts minutes back from when it answers:
   * a request that is answered later may miss leads at the window's older end.
   */
  readonly validUntil: number;
}

const minute = 60_000;

/**
 * The filters of a window for a request sent now. The service knows dates only as "less/more than so many minutes ago"
 * (section 4 of the API document), so the bounds are rounded outwards: up to `slack` + 1 minutes at the older end and one at
 * the newer. Neighbouring windows overlap and never leave a gap.
 * @param now ms since 1970
 * @param slack how many minutes, at least, the filters hold every lead of the window; ≥ 1
 */
export function windowFilters({ own, parts }: LeadWindow, now: number, slack = 1): WindowFilters {
  const conditions: Condition[] = [...own];
  let validUntil = Infinity;
  for (const part of parts) {
    const minutesToStart = part.kind === 'date' && part.from !== undefined
      ? Math.max(1, Math.ceil((now - part.from) / minute) + slack)
      : undefined;
    conditions.push(...partConditions(part, now, minutesToStart));
    if (part.kind === 'date' && part.from !== undefined && minutesToStart !== undefined) {
      validUntil = Math.min(validUntil, part.from + minutesToStart * minute);
    }
  }
  return { filters: conditions.length > 0 ? { type: 'and', filters: conditions } : undefined, validUntil };
}

function partConditions(part: WindowPart, now: number, minutesToStart: number | undefined): Condition[] {
  const condition = (type: string, value: Condition['value'] = {}): Condition => ({ type, property_name: part.prop, value });
  switch (part.kind) {
    case 'known':
    case 'unknown':
      return [condition(part.kind)];
    case 'contains':
      return [condition('str_contains', { value: part.text })];
    case 'lacks':
      // Whether `str_notcontains` holds for a lead without the property is settled nowhere.
      return [condition('known'), condition('str_notcontains', { value: part.text })];
    case 'number':
      return numberConditions(part, condition);
    case 'date': {
      const minutesToEnd = part.to === undefined ? 0 : Math.floor((now - part.to) / minute);
      const conditions: Condition[] = [];
      if (minutesToStart !== undefined) {
        conditions.push(condition('daysless', { value: minutesToStart, unit: 'minutes' }));
      }
      if (minutesToEnd >= 1) {
        conditions.push(condition('daysmore', { value: minutesToEnd, unit: 'minutes' }));
      }
      return conditions.length > 0 ? conditions : [condition('known')];
    }
  }
}

function numberConditions(
  { above, from, to, below }: Extract<WindowPart, { kind: 'number' }>,
  condition: (type: string, value?: Condition['value']) => Condition,
): Condition[] {
  const conditions: Condition[] = [];
  if (above !== undefined) {
    conditions.push(condition('gt', { value: above }));
  }
  if (from !== undefined || to !== undefined) {
    // `range` is the only condition that includes its bounds; the documented numbers end at ±2^53.
    conditions.push(condition('range', { value1: from ?? Number.MIN_SAFE_INTEGER, value2: to ?? Number.MAX_SAFE_INTEGER }));
  }
  if (below !== undefined) {
    conditions.push(condition('lt', { value: below }));
  }
  return conditions.length > 0 ? conditions : [condition('known')];
}

/** A window in words, without values of a lead's contacts: for the log and the result. */
export function describeWindow({ parts }: LeadWindow): string {
  return parts.length === 0 ? 'all leads' : parts.map(describePart).join(', ');
}

function describePart(part: WindowPart): string {
  switch (part.kind) {
    case 'known':
      return `${part.prop} set`;
    case 'unknown':
      return `${part.prop} not set`;
    case 'contains':
      return `${part.prop} with “${part.text}”`;
    case 'lacks':
      return `${part.prop} without “${part.text}”`;
    case 'date': {
      const from = part.from === undefined ? '' : ` from ${new Date(part.from).toISOString()}`;
      const to = part.to === undefined ? '' : ` before ${new Date(part.to).toISOString()}`;
      return `${part.prop}${from}${to}${from + to === '' ? ' set' : ''}`;
    }
    case 'number': {
      const bounds = [
        part.above === undefined ? '' : `above ${part.above}`,
        part.from === undefined ? '' : `from ${part.from}`,
        part.to === undefined ? '' : `to ${part.to}`,
        part.below === undefined ? '' : `below ${part.below}`,
      ].filter((bound) => bound !== '');
      return `${part.prop} ${bounds.length > 0 ? bounds.join(' ') : 'set'}`;
    }
  }
}
