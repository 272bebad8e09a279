import { type AgeUnit, ageUnits, type Numeral, type OperandKind } from './conditions';
import { parseDate } from './dates';
import { ExactNumber, exactNumber, type JsonObject, stringifyJson } from './json';

/** What a condition compares with, read from what a person typed, or what is wrong with that. */
export type ParsedOperand = { readonly value: JsonObject } | { readonly problem: string };

const number = String.raw`[-+]?(?:\d[\d,_]*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?`;
const oneNumber = new RegExp(`^${number}$`);
const twoNumbers = new RegExp(
  String.raw`^(?:from\s+)?(${number})(?:\s*(?:\bto\b|\band\b|\.\.|…|–|;|\s)\s*)(${number})$`,
  'i',
);
const countAndUnit = new RegExp(String.raw`^(${number})\s*([a-z]*)(?:\s+ago)?$`, 'i');

/** What is typed for a kind of operand, in words: the prompt of the box. */
export const operandPrompts: Readonly<Record<Exclude<OperandKind, 'none'>, string>> = {
  number: 'A number',
  range: 'Two numbers, such as 2 to 5; both are included',
  text: 'A text; upper and lower case are the same',
  age: 'How long ago: a number and minutes, hours, days or weeks, such as 30 days',
  date: 'A date, such as 2030-01-31 or 2030-01-31T12:00, in UTC',
};

/**
 * The operand as it is typed; `parseOperandText` reads it back.
 * @param value of a condition of this kind
 */
export function operandText(kind: OperandKind, value: JsonObject): string {
  switch (kind) {
    case 'none':
      return '';
    case 'number':
      return plain(value.value);
    case 'range':
      return `${plain(value.value1)} to ${plain(value.value2)}`;
    case 'text':
      return plain(value.value);
    case 'age':
      return `${plain(value.value)} ${plain(value.unit)}`;
    case 'date':
      return plain(value.date);
  }
}

/**
 * Reads what a person typed. Numbers may have commas between their digits; a time ago without a unit is in days, as in
 * stored segments (section 4 of API.md), and a unit may be shortened: `30 d`.
 */
export function parseOperandText(kind: OperandKind, text: string): ParsedOperand {
  const trimmed = text.trim();
  switch (kind) {
    case 'none':
      return { value: {} };
    case 'number':
      return oneNumber.test(trimmed)
        ? { value: { value: numeral(trimmed) } }
        : { problem: 'Type a number, such as 5 or -2.5.' };
    case 'range': {
      const [, from, to] = twoNumbers.exec(trimmed) ?? [];
      if (from === undefined || to === undefined) return { problem: 'Type two numbers, such as 2 to 5.' };
      const [value1, value2] = [numeral(from), numeral(to)];
      return Number(value1) <= Number(value2)
        ? { value: { value1, value2 } }
        : { problem: 'The second number must not be less than the first.' };
    }
    case 'text':
      return text === '' ? { problem: 'Type a text.' } : { value: { value: text } };
    case 'age': {
      const [, count, unitText = ''] = countAndUnit.exec(trimmed) ?? [];
      if (count === undefined) return { problem: 'Type a number and a unit, such as 30 days or 2 hours.' };
      const unit = ageUnit(unitText.toLowerCase());
      if (!unit) return { problem: `There is no unit “${unitText}”: use minutes, hours, days or weeks.` };
      const value = numeral(count);
      return Number(value) >= 0 ? { value: { value, unit } } : { problem: 'The number must not be negative.' };
    }
    case 'date':
      return parseDate(trimmed, { typed: true })
        ? { value: { date: trimmed } }
        : { problem: 'Type a date that exists, such as 2030-01-31 or 2030-01-31T12:00.' };
  }
}

/** `m` is for minutes: a property of leads is rarely asked for by the month, and the service has none. */
function ageUnit(text: string): AgeUnit | undefined {
  return text === ''
    ? 'days'
    : ageUnits.find((unit) => unit.startsWith(text) || ((text === 'min' || text === 'mins') && unit === 'minutes'));
}

/** The number of a text that `number` matches, every digit kept. */
function numeral(text: string): Numeral {
  const literal = text
    .replace(/[,_]/g, '')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/^(-?)0+(?=\d)/, '$1');
  return exactNumber(literal);
}

function plain(value: JsonObject[string] | undefined): string {
  if (typeof value === 'string') return value;
  return value instanceof ExactNumber ? value.text : stringifyJson(value ?? null);
}
