import fc from 'fast-check';
import {
  ageUnits,
  conditionTypeFacts,
  conditionTypeNames,
  filtersOf,
  type OperandKind,
  type TypedCondition,
  type TypedFilters,
} from '../../../src/dashly/conditions';
import { exactNumber, type JsonObject } from '../../../src/dashly/json';

const digits = fc.stringMatching(/^-?[1-9]\d{0,24}(\.\d{1,12})?$/);
const anyNumber = fc.oneof(fc.integer(), digits.map(exactNumber));
const positive = fc.oneof(
  fc.nat(),
  digits.map((text) => exactNumber(text.replace('-', ''))),
);

const operands: Readonly<Record<OperandKind, fc.Arbitrary<JsonObject>>> = {
  none: fc.constant({}),
  number: anyNumber.map((value) => ({ value })),
  range: fc
    .tuple(anyNumber, anyNumber)
    .map(([a, b]) => (Number(a) <= Number(b) ? { value1: a, value2: b } : { value1: b, value2: a })),
  text: fc.string({ minLength: 1, unit: 'grapheme' }).map((value) => ({ value })),
  age: fc.tuple(positive, fc.constantFrom(...ageUnits)).map(([value, unit]) => ({ value, unit })),
  date: fc
    .tuple(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2099-01-01') }),
      fc.constantFrom(10, 16, 19, 23),
    )
    .map(([date, length]) => ({ date: date.toISOString().slice(0, length) })),
};

/** Every kind of condition that can be built by hand. */
export const anyCondition: fc.Arbitrary<TypedCondition> = fc
  .tuple(
    fc.constantFrom(...conditionTypeNames),
    fc.oneof(fc.constantFrom('$name', '$sessions', 'orders'), fc.string({ minLength: 1 })),
  )
  .chain(([type, property_name]) =>
    operands[conditionTypeFacts(type).operand].map(
      (value) => ({ type, property_name, value }) as unknown as TypedCondition,
    ),
  );

/** Filters of any length, none included. */
export const anyFilters: fc.Arbitrary<TypedFilters> = fc
  .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(anyCondition, { maxLength: 6 }))
  .map(([type, conditions]) => filtersOf(type, conditions));
