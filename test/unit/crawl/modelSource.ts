import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { ExactNumber } from '../../../src/dashly/json';
import type { Condition, Filters, Lead, LeadsPage, LeadsPageQuery } from '../../../src/dashly/lead';
import type { LeadSource } from '../../../src/leads/pageReader';

const minute = 60_000;

/** A lead in few words. */
export function lead(id: number, props: Record<string, string | number | boolean | ExactNumber>): Lead {
  const text = String(id);
  return { id: text, presence: 'offline', props, record: { id: text, presence: 'offline', props } };
}

/** Milliseconds since 1970 as the service writes them. */
export function dateText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** Lets the tests of a suite live in a time that only goes when it is asked to. */
export function useModelTime(): void {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: Date.UTC(2026, 0, 31, 12) }));
  afterEach(() => mock.timers.reset());
}

/** Waits for work, letting the time go whenever nothing but time is waited for. */
export async function whileTimeGoes<T>(work: Promise<T>): Promise<T> {
  const state = { settled: false };
  const settle = (): void => void (state.settled = true);
  work.then(settle, settle);
  while (!state.settled) {
    await turn();
    mock.timers.runAll();
  }
  return work;
}

/**
 * The service's rules for lists (sections 1 and 4 of API.md) over leads held here: fast enough for hundreds of
 * random walks, and free to misbehave.
 */
export class ModelSource implements LeadSource {
  readonly leads: Map<string, Lead>;
  readonly queries: LeadsPageQuery[] = [];
  /** Called before each answer: changes leads, moves the clock, throws. */
  before: (query: LeadsPageQuery) => void | Promise<void> = () => undefined;
  /** How far the service's clock is ahead of the client's. */
  clockSkew = 0;
  private sorted: { key: string; leads: Lead[] }[] = [];
  private answers = new Map<string, Lead[]>();
  private version = 0;

  /** The most leads it counts. */
  countsUpTo = Infinity;
  /** Numbers beyond it are sorted, but satisfy no condition on numbers. */
  largestNumber = Infinity;
  /** Whether leads that are equal in the order asked for come in another order in each answer. */
  isUnsteady = false;
  private answered = 0;

  constructor(leads: readonly Lead[]) {
    this.leads = new Map(leads.map((one) => [one.id, one]));
  }

  set(changed: Lead): void {
    this.leads.set(changed.id, changed);
    this.version += 1;
  }

  remove(id: string): void {
    this.leads.delete(id);
    this.version += 1;
  }

  async listLeads(query: LeadsPageQuery, signal: AbortSignal): Promise<LeadsPage> {
    await this.before(query);
    signal.throwIfAborted();
    this.queries.push(query);
    if (query.offset + query.limit > 10_000 || query.limit < 1 || query.limit > 50) {
      throw new RangeError(`offset ${query.offset}, limit ${query.limit}`);
    }
    this.answered += this.isUnsteady ? 1 : 0;
    const matching = this.matching(query);
    const leads = matching.slice(query.offset, query.offset + query.limit);
    return { total: Math.min(matching.length, this.countsUpTo), leads, received: leads.length, skipped: [] };
  }

  private matching({ filters, sortProp = '$last_seen', sortOrder = 'desc' }: LeadsPageQuery): Lead[] {
    const now = Date.now() + this.clockSkew;
    const dated = filters?.filters.some(({ type }) => type.startsWith('days')) ?? false;
    const key = JSON.stringify([filters, sortProp, sortOrder, dated ? now : 0, this.version, this.answered]);
    let leads = this.answers.get(key);
    if (!leads) {
      leads = this.inOrder(sortProp, sortOrder).filter(predicate(filters, now, this.largestNumber));
      this.answers = new Map([...[...this.answers].slice(-9), [key, leads]]);
    }
    return leads;
  }

  private inOrder(prop: string, order: 'asc' | 'desc'): Lead[] {
    const key = `${prop} ${order} ${this.version} ${this.answered}`;
    let entry = this.sorted.find((one) => one.key === key);
    if (!entry) {
      entry = { key, leads: [...this.leads.values()] };
      sort(entry.leads, prop, order === 'asc' ? 1 : -1, this.answered);
      this.sorted = [entry, ...this.sorted.slice(0, 19)];
    }
    return entry.leads;
  }
}

/** @param shuffle equal leads come in another order for each */
function sort(leads: Lead[], prop: string, direction: number, shuffle: number): void {
  const place = ({ id }: Lead): number =>
    shuffle === 0 ? Number(id) : Math.imul(Number(id) ^ (shuffle * 0x9e3779b1), 0x85ebca6b);
  leads.sort((one, other) => {
    const [a, b] = [sortable(one.props[prop]), sortable(other.props[prop])];
    if (a === b || (a === undefined && b === undefined)) {
      return place(one) - place(other);
    }
    if (a === undefined) {
      return 1;
    }
    return b === undefined ? -1 : (a < b ? -1 : 1) * direction;
  });
}

function sortable(value: unknown): string | number | undefined {
  return value instanceof ExactNumber ? Number(value.text) : (value as string | number | undefined);
}

function predicate(filters: Filters | undefined, now: number, largest: number): (one: Lead) => boolean {
  const conditions = (filters?.filters ?? []).map((condition) => {
    const holds = conditionPredicate(condition, now, largest);
    return (one: Lead) => holds(one.props[condition.property_name]);
  });
  if (conditions.length === 0) {
    return () => true;
  }
  return filters?.type === 'or'
    ? (one) => conditions.some((holds) => holds(one))
    : (one) => conditions.every((holds) => holds(one));
}

function conditionPredicate(
  { type, value: argument }: Condition,
  now: number,
  largest: number,
): (value: unknown) => boolean {
  const number = Number(argument.value);
  const text = typeof argument.value === 'string' ? argument.value.toLowerCase() : '';
  const [least, most] = [Number(argument.value1), Number(argument.value2)];
  // Dates of one form compare as texts.
  const bound = type.startsWith('days') ? dateText(now - number * minute) : '';
  const boundRoundedUp = type.startsWith('days') ? dateText(now - number * minute + 999) : '';
  const numbers =
    (holds: (value: number) => boolean) =>
    (given: unknown): boolean => {
      const value = sortable(given);
      return typeof value === 'number' && value <= largest && holds(value);
    };
  switch (type) {
    case 'known':
      return (value) => value !== undefined;
    case 'unknown':
      return (value) => value === undefined;
    case 'gt':
      return numbers((value) => value > number);
    case 'lt':
      return numbers((value) => value < number);
    case 'eq':
      return numbers((value) => value === number);
    case 'range':
      return numbers((value) => value >= least && value <= most);
    case 'str_contains':
      return (value) => typeof value === 'string' && value.toLowerCase().includes(text);
    case 'str_notcontains':
      return (value) => typeof value !== 'string' || !value.toLowerCase().includes(text);
    case 'daysless':
      return (value) => typeof value === 'string' && value > bound;
    case 'daysmore':
      return (value) => typeof value === 'string' && value < boundRoundedUp;
    case 'daysmore_or_unknown':
      return (value) => value === undefined || (typeof value === 'string' && value < boundRoundedUp);
    default:
      throw new Error(`the model does not know ${type}`);
  }
}
