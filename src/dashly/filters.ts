import { conditionTypeFacts, type AgeUnit, type ConditionType, type conditionTypes, type OperandKind } from './conditionTypes';
import type { ExactNumber } from './exactNumber';
import type { Condition, Filters } from './lead';

/** A number of a condition, exact also beyond 2^53. */
export type Numeral = number | ExactNumber;

/** `value` of a condition by what it compares with, exactly as the service wants it. */
export interface Operands {
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

export type { Condition, Filters };
