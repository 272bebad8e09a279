import * as l10n from '@vscode/l10n';
import type { ExactNumber } from './json';
import type { Condition, Filters } from './lead';

/** What a condition compares with: nothing, a number, two numbers, a text, a time ago, or a date. */
export type OperandKind = 'none' | 'number' | 'range' | 'text' | 'age' | 'date';

/** The types of properties that a condition fits (API.md, section 5); `any` fits all. */
export type ConditionKind = 'any' | 'number' | 'string' | 'boolean' | 'date' | 'list';

export interface ConditionTypeFacts {
  readonly kind: ConditionKind;
  readonly operand: OperandKind;
  /** What follows the property's title in a sentence; `{}` stands for what is compared with. */
  readonly words: string;
  /** The type that holds exactly when this one does not, where there is one. */
  readonly negation?: string;
}

const fact = <Operand extends OperandKind>(kind: ConditionKind, operand: Operand, words: string, negation?: string) =>
  ({ kind, operand, words, negation }) as const;

/**
 * All conditions of API.md, section 4, and four on absolute dates, which the client turns into minutes ago
 * when it sends a request. A negation is given only where it is exact: “not more than 5” would need “5 or less”, which
 * the service does not have.
 */
export const conditionTypes = {
  known: fact('any', 'none', l10n.t('is set'), 'unknown'),
  unknown: fact('any', 'none', l10n.t('is not set'), 'known'),
  gt: fact('number', 'number', l10n.t('is more than {}')),
  gt_or_unknown: fact('number', 'number', l10n.t('is more than {} or not set')),
  lt: fact('number', 'number', l10n.t('is less than {}')),
  lt_or_unknown: fact('number', 'number', l10n.t('is less than {} or not set')),
  range: fact('number', 'range', l10n.t('is between {}')),
  eq: fact('number', 'number', l10n.t('is {}'), 'neq'),
  neq: fact('number', 'number', l10n.t('is not {}'), 'eq'),
  str_eq: fact('string', 'text', l10n.t('is {}'), 'str_neq'),
  str_neq: fact('string', 'text', l10n.t('is not {}'), 'str_eq'),
  str_contains: fact('string', 'text', l10n.t('contains {}'), 'str_notcontains'),
  str_notcontains: fact('string', 'text', l10n.t('does not contain {}'), 'str_contains'),
  bool_true: fact('boolean', 'none', l10n.t('is true'), 'bool_false'),
  bool_false: fact('boolean', 'none', l10n.t('is not true'), 'bool_true'),
  daysless: fact('date', 'age', l10n.t('is less than {} ago'), 'daysmore_or_unknown'),
  daysless_or_unknown: fact('date', 'age', l10n.t('is less than {} ago or not set'), 'daysmore'),
  daysmore: fact('date', 'age', l10n.t('is more than {} ago'), 'daysless_or_unknown'),
  daysmore_or_unknown: fact('date', 'age', l10n.t('is more than {} ago or not set'), 'daysless'),
  lcontains: fact('list', 'text', l10n.t('has the item {}')),
  after: fact('date', 'date', l10n.t('is after {}'), 'before_or_unknown'),
  after_or_unknown: fact('date', 'date', l10n.t('is after {} or not set'), 'before'),
  before: fact('date', 'date', l10n.t('is before {}'), 'after_or_unknown'),
  before_or_unknown: fact('date', 'date', l10n.t('is before {} or not set'), 'after'),
} as const;

export type ConditionType = keyof typeof conditionTypes;

/** The units of a time ago; stored segments omit it and mean days (API.md, section 4). */
export const ageUnits = ['minutes', 'hours', 'days', 'weeks'] as const;
export type AgeUnit = (typeof ageUnits)[number];

export const conditionTypeNames = Object.keys(conditionTypes) as readonly ConditionType[];

export function isConditionType(name: string): name is ConditionType {
  return Object.hasOwn(conditionTypes, name);
}

/** What is known about a type, without its literal types. */
export function conditionTypeFacts(type: ConditionType): ConditionTypeFacts {
  return conditionTypes[type];
}

/** The conditions that fit a property, those for its type first, then those for any. Undefined: the type is not known. */
export function conditionTypesFor(kind: Exclude<ConditionKind, 'any'> | undefined): ConditionType[] {
  if (kind === undefined) return [...conditionTypeNames];
  const ofKind = (wanted: ConditionKind) => conditionTypeNames.filter((type) => conditionTypes[type].kind === wanted);
  return [...ofKind(kind), ...ofKind('any')];
}

/** A number of a condition, exact also beyond 2^53. */
export type Numeral = number | ExactNumber;

/** `value` of a condition by what it compares with, exactly as the service wants it. */
interface Operands {
  none: Readonly<Record<string, never>>;
  number: { readonly value: Numeral };
  range: { readonly value1: Numeral; readonly value2: Numeral };
  text: { readonly value: string };
  age: { readonly value: Numeral; readonly unit: AgeUnit };
  /** ISO date or date-time; UTC without a zone. */
  date: { readonly date: string };
}

type TypesWith<Kind extends OperandKind> = {
  [Type in ConditionType]: (typeof conditionTypes)[Type]['operand'] extends Kind ? Type : never;
}[ConditionType];

/** A condition of any type with the operand that belongs to it. Its JSON is what the service reads, but for dates. */
export type TypedCondition = {
  [Kind in OperandKind]: {
    readonly type: TypesWith<Kind>;
    readonly property_name: string;
    readonly value: { [Name in keyof Operands[Kind]]: Operands[Kind][Name] };
  };
}[OperandKind];

/** Filters of which every condition has been checked; may be used wherever `Filters` are. */
export interface TypedFilters extends Filters {
  readonly filters: readonly TypedCondition[];
}

/** Builds conditions; the service's exact JSON comes out by construction. */
export const condition = {
  none: (type: TypesWith<'none'>, property: string): TypedCondition => ({ type, property_name: property, value: {} }),
  number: (type: TypesWith<'number'>, property: string, value: Numeral): TypedCondition => ({
    type,
    property_name: property,
    value: { value },
  }),
  /** Both bounds are included. */
  range: (property: string, from: Numeral, to: Numeral): TypedCondition => ({
    type: 'range',
    property_name: property,
    value: { value1: from, value2: to },
  }),
  text: (type: TypesWith<'text'>, property: string, value: string): TypedCondition => ({
    type,
    property_name: property,
    value: { value },
  }),
  age: (type: TypesWith<'age'>, property: string, value: Numeral, unit: AgeUnit): TypedCondition => ({
    type,
    property_name: property,
    value: { value, unit },
  }),
  /** @param date ISO date or date-time; UTC without a zone */
  date: (type: TypesWith<'date'>, property: string, date: string): TypedCondition => ({
    type,
    property_name: property,
    value: { date },
  }),
};

/** The condition that holds exactly when this one does not; undefined where the service has none. */
export function negate(given: TypedCondition): TypedCondition | undefined {
  const { negation } = conditionTypeFacts(given.type);
  // The table pairs only types with the same operand.
  return negation === undefined ? undefined : ({ ...given, type: negation } as TypedCondition);
}

/** All of the conditions, or any of them. */
export function filtersOf(type: Filters['type'], conditions: readonly TypedCondition[]): TypedFilters {
  return { type, filters: conditions };
}

/**
 * Filters that can be combined with further conditions and together pick out the same leads. The service has one level of
 * conditions only (API.md, section 4), so "any of these, and that" cannot be said; but each of them, and that, can.
 */
export function alternatives(own: Filters | undefined): readonly (Filters | undefined)[] {
  return own?.type === 'or' && own.filters.length > 1
    ? own.filters.map((condition): Filters => ({ type: 'and', filters: [condition] }))
    : [own];
}

/** Filters with further conditions that must hold, too. @param own one of `alternatives` */
export function combined(own: Filters | undefined, conditions: readonly Condition[]): Filters {
  return { type: 'and', filters: [...(own?.filters ?? []), ...conditions] };
}
