import { ApiError } from './apiError';
import { day, fromDateTime, hour, minute, type SampleProps, type SampleValue, week } from './sampleLead';

/**
 * How a condition reads a value: as it is, text in lower case (other values as they are), or a moment in milliseconds
 * since 1970 (`NaN` for what is no date). Read once, a value can be put to many conditions.
 */
export type Reading = 'value' | 'lowerCase' | 'moment';

/** Reads a value; `undefined` stands for a property that is not set. */
export function readValue(value: SampleValue | undefined, reading: Reading): SampleValue | undefined {
  if (reading === 'lowerCase') {
    return typeof value === 'string' ? value.toLowerCase() : value;
  }
  return reading === 'moment' && value !== undefined ? fromDateTime(value) : value;
}

/** One condition, ready to be put to a value. */
export interface Matcher {
  /** Of the condition: one of `conditionTypes`. */
  readonly type: string;
  readonly property: string;
  readonly reading: Reading;
  /** Takes what `readValue` gave for this reading; `now` in milliseconds since 1970. */
  readonly matches: (read: SampleValue | undefined, now: number) => boolean;
}

/** Filters, ready to be put to leads. Without matchers every lead matches. */
export interface Filter {
  readonly every: boolean;
  readonly matchers: readonly Matcher[];
}

type Test = (value: SampleValue | undefined, now: number) => boolean;
type Operand = Readonly<Record<string, unknown>>;
type TestMaker = (operand: Operand, refuse: (reason: string) => never) => Test;

const units = new Map(Object.entries({ minutes: minute, hours: hour, days: day, weeks: week }));

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

function numberOf(operand: Operand, key: string, refuse: (reason: string) => never): number | bigint {
  const value = operand[key];
  if (typeof value === 'number') {
    return value;
  }
  // Stored segments write numbers as strings (API.md, section 4).
  if (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)) {
    return BigInt(value.trim());
  }
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  return refuse(`"${key}" must be a number`);
}

function textOf(operand: Operand, refuse: (reason: string) => never): string {
  const { value } = operand;
  return typeof value === 'string' ? value : refuse('"value" must be a string');
}

const comparison =
  (holds: (value: number | bigint, bound: number | bigint) => boolean, whenUnset: boolean): TestMaker =>
  (operand, refuse) => {
    const bound = numberOf(operand, 'value', refuse);
    return (value) => (value === undefined ? whenUnset : isNumber(value) && holds(value, bound));
  };

// `===` never holds between a number and a bigint, the other comparisons do.
const equal = (one: number | bigint, other: number | bigint) => one >= other && one <= other;

const text =
  (holds: (value: string, wanted: string) => boolean, negated: boolean): TestMaker =>
  (operand, refuse) => {
    const wanted = textOf(operand, refuse).toLowerCase();
    return (value) => (typeof value === 'string' && holds(value, wanted)) !== negated;
  };

/** Bounds are strict, units whole ones back from now, in UTC: chosen (API.md, section 6). */
const age =
  (holds: (moment: number, bound: number) => boolean, whenUnset: boolean): TestMaker =>
  (operand, refuse) => {
    const count = Number(numberOf(operand, 'value', refuse));
    // Stored segments omit the unit: days (API.md, section 4).
    const unit =
      typeof operand.unit === 'string' ? units.get(operand.unit) : operand.unit === undefined ? day : undefined;
    if (unit === undefined) {
      return refuse('"unit" must be minutes, hours, days or weeks');
    }
    if (count < 0) {
      return refuse('"value" must not be negative');
    }
    return (value, now) => (value === undefined ? whenUnset : holds(value as number, now - count * unit));
  };

const later = (moment: number, bound: number) => moment > bound;
const earlier = (moment: number, bound: number) => moment < bound;

/**
 * Section 4 of API.md. Chosen, as section 6 says: `neq`, `str_neq`, `str_notcontains` and `bool_false` hold
 * for leads without the property. Chosen, where even section 6 is silent: a value of another type than the condition's
 * is set, but neither greater nor less, equal nor containing; an item of a list is compared with case.
 */
const testMakers: Readonly<Record<string, TestMaker>> = {
  known: () => (value) => value !== undefined,
  unknown: () => (value) => value === undefined,
  gt: comparison((value, bound) => value > bound, false),
  gt_or_unknown: comparison((value, bound) => value > bound, true),
  lt: comparison((value, bound) => value < bound, false),
  lt_or_unknown: comparison((value, bound) => value < bound, true),
  range: (operand, refuse) => {
    const least = numberOf(operand, 'value1', refuse);
    const most = numberOf(operand, 'value2', refuse);
    return (value) => isNumber(value) && value >= least && value <= most;
  },
  eq: comparison(equal, false),
  neq: (operand, refuse) => {
    const other = numberOf(operand, 'value', refuse);
    return (value) => !(isNumber(value) && equal(value, other));
  },
  str_eq: text((value, wanted) => value === wanted, false),
  str_neq: text((value, wanted) => value === wanted, true),
  str_contains: text((value, wanted) => value.includes(wanted), false),
  str_notcontains: text((value, wanted) => value.includes(wanted), true),
  bool_true: () => (value) => value === true,
  bool_false: () => (value) => value === false || value === undefined,
  daysless: age(later, false),
  daysless_or_unknown: age(later, true),
  daysmore: age(earlier, false),
  daysmore_or_unknown: age(earlier, true),
  lcontains: (operand, refuse) => {
    const wanted = textOf(operand, refuse);
    return (value) => Array.isArray(value) && value.includes(wanted);
  },
};

/** The types of conditions there are. */
export const conditionTypes: readonly string[] = Object.keys(testMakers);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseFilters(reason: string): never {
  throw new ApiError('ValidationError', 'Invalid parameters', { filters: [reason] });
}

/** Published clients also send what is compared with as JSON text, or none as an empty one (API.md, section 4). */
function operandOf(value: unknown = {}): unknown {
  if (typeof value !== 'string') return value;
  try {
    return value === '' ? {} : parseKeepingDigits(value);
  } catch {
    return value;
  }
}

function toMatcher(condition: unknown, index: number): Matcher {
  const refuse = (reason: string) => refuseFilters(`Condition ${index + 1}: ${reason}`);
  if (!isObject(condition)) {
    return refuse('must be an object');
  }
  // Nested wrappers are refused: chosen (API.md, section 6). `cls` and other further fields are ignored.
  if ('filters' in condition) {
    return refuse('filters cannot be nested');
  }
  const { type, property_name: property } = condition;
  const value = operandOf(condition.value);
  if (typeof type !== 'string') {
    return refuse('"type" must be a string');
  }
  const makeTest = Object.hasOwn(testMakers, type) ? testMakers[type] : undefined;
  if (!makeTest) {
    return refuse(`unknown type "${type}"`);
  }
  if (typeof property !== 'string' || property === '') {
    return refuse('"property_name" must be a property');
  }
  if (!isObject(value)) {
    return refuse('"value" must be an object');
  }
  const reading = type.startsWith('str_') ? 'lowerCase' : type.startsWith('days') ? 'moment' : 'value';
  return { type, property, reading, matches: makeTest(value, refuse) };
}

/** Integers beyond 2^53 are put in quotes before parsing: numbers may be written as strings, and so keep their digits. */
function parseKeepingDigits(json: string): unknown {
  const literals = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
  return JSON.parse(json.replace(literals, (literal) => (literal.startsWith('"') ? literal : `"${literal}"`)));
}

/**
 * Reads filters: parsed JSON, JSON text, or nothing. A bare array is taken for `and`, an empty list for all leads: chosen
 * (API.md, section 6). Throws `ApiError` (`ValidationError`) that names the condition and what is wrong with it.
 */
export function toFilter(filters: unknown): Filter {
  let parsed = filters;
  if (typeof filters === 'string' && filters.trim() !== '') {
    try {
      parsed = parseKeepingDigits(filters);
    } catch {
      return refuseFilters('not valid JSON');
    }
  } else if (filters === undefined || filters === null || typeof filters === 'string') {
    return { every: true, matchers: [] };
  }
  const wrapper = Array.isArray(parsed) ? { type: 'and', filters: parsed as unknown[] } : parsed;
  if (!isObject(wrapper)) {
    return refuseFilters('must be an object or a list of conditions');
  }
  if (wrapper.type !== 'and' && wrapper.type !== 'or') {
    return refuseFilters('"type" must be "and" or "or"');
  }
  if (!Array.isArray(wrapper.filters)) {
    return refuseFilters('"filters" must be a list of conditions');
  }
  return { every: wrapper.type === 'and', matchers: wrapper.filters.map(toMatcher) };
}

/** Whether props pass a filter; `now` in milliseconds since 1970. */
export function passes(filter: Filter, props: SampleProps, now: number): boolean {
  const holds = ({ property, reading, matches }: Matcher) =>
    matches(readValue(Object.hasOwn(props, property) ? props[property] : undefined, reading), now);
  return filter.every || filter.matchers.length === 0 ? filter.matchers.every(holds) : filter.matchers.some(holds);
}
