import { type AgeUnit, ageUnits, type Numeral, type OperandKind } from './conditions';
import { ExactNumber, exactNumber, type JsonObject } from './json';
import { stringifyJson } from './jsonWriter';
import { conditionDate, today } from './listRequest';

/** What a condition compares with, read from what a person typed, or what is wrong with that. */
export type ParsedOperand = { readonly value: JsonObject } | { readonly problem: string };

/** What may be meant as a number: `parseNumeral` says whether it is one. */
const numberLike = String.raw`[-+]?[\d.,_'’]+(?:[eE][-+]?\d+)?`;
const twoNumbers = new RegExp(
  String.raw`^(?:from\s+)?(${numberLike})(?:\s*(?:\bto\b|\band\b|\.\.|…|–|;|\s)\s*)(${numberLike})$`,
  'i',
);
const countAndUnit = new RegExp(String.raw`^(${numberLike})\s*([a-z]*)(?:\s+ago)?$`, 'i');

/** What is typed for a kind of operand, in words: the prompt of the box. */
export const operandPrompts: Readonly<Record<Exclude<OperandKind, 'none'>, string>> = {
  number: 'A number',
  range: 'Two numbers, such as 2 to 5; both are included',
  text: 'A text; upper and lower case are the same',
  age: 'How long ago: a number and minutes, hours, days or weeks, such as 30 days',
  date: 'A date, such as 2030-01-31 or 2030-01-31T12:00, in UTC; or today, which is its midnight here',
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
 * Reads what a person typed. The digits of a number may stand in groups of three, and what is written in another way than
 * here is refused, never guessed; a time ago without a unit is in days, as in stored segments (section 4 of API.md), and a unit may be shortened: `30 d`.
 */
export function parseOperandText(kind: OperandKind, text: string): ParsedOperand {
  const trimmed = text.trim();
  switch (kind) {
    case 'none':
      return { value: {} };
    case 'number': {
      const value = parseNumeral(trimmed);
      return typeof value === 'string' ? { problem: value } : { value: { value } };
    }
    case 'range': {
      const [, from, to] = twoNumbers.exec(trimmed) ?? [];
      if (from === undefined || to === undefined) return { problem: 'Type two numbers, such as 2 to 5.' };
      const [value1, value2] = [parseNumeral(from), parseNumeral(to)];
      if (typeof value1 === 'string') return { problem: value1 };
      if (typeof value2 === 'string') return { problem: value2 };
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
      const value = parseNumeral(count);
      if (typeof value === 'string') return { problem: value };
      return Number(value) >= 0 ? { value: { value, unit } } : { problem: 'The number must not be negative.' };
    }
    case 'date': {
      const date = trimmed.toLowerCase() === today ? today : trimmed;
      return Number.isNaN(conditionDate(date, 0))
        ? { problem: 'Type a date that exists, such as 2030-01-31 or 2030-01-31T12:00.' }
        : { value: { date } };
    }
  }
}

/** `m` is for minutes: a property of leads is rarely asked for by the month, and the service has none. */
function ageUnit(text: string): AgeUnit | undefined {
  return text === ''
    ? 'days'
    : ageUnits.find((unit) => unit.startsWith(text) || ((text === 'min' || text === 'mins') && unit === 'minutes'));
}

/** A number as people write it: with a decimal point, and its digits together or in groups of three. */
const numberGrammar = /^[-+]?(?:\d+|\d{1,3}([,_'’])\d{3}(?:\1\d{3})*)?(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * The number of a text, every digit kept; or a sentence that says what to type instead: in half of the world `1,5` is one
 * and a half and `1.000` a thousand, so what could be meant in two ways is read in one only, and told (`readAs`).
 */
function parseNumeral(text: string): Numeral | string {
  if (!numberGrammar.test(text) || !/\d/.test(text.split(/[eE]/)[0] ?? '')) return numberProblem(text);
  const literal = text
    .replace(/[,_'’+]/g, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/^(-?)0+(?=\d)/, '$1');
  return Number.isFinite(Number(literal)) ? exactNumber(literal) : 'The number is too large.';
}

function numberProblem(text: string): string {
  const instead = /^[-+]?(?:\d+|\d{1,3}(?:[.\s'’]\d{3})+),\d+$/.test(text)
    ? // A comma before the decimals, as most of Europe writes it.
      text.replace(/[.\s'’]/g, '').replace(',', '.')
    : /^[-+]?\d+(?:[,_'’\s]\d+)+(?:\.\d+)?$/.test(text)
      ? text.replace(/[,_'’\s]/g, '')
      : undefined;
  return instead === undefined
    ? 'Type a number in the digits 0 to 9, such as 1500 or -2.5.'
    : `“${text}” is not understood: type ${instead.replace(/^\+/, '')}.`;
}

/**
 * How what was typed is read, where it could be meant otherwise: “1,500” is 1500, “30” is 30 days.
 * @returns undefined when it is read as it stands, or not at all
 */
export function readAs(kind: OperandKind, text: string): string | undefined {
  const parsed = parseOperandText(kind, text);
  if ('problem' in parsed) return undefined;
  const { value } = parsed;
  const shown = operandText(
    kind,
    Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainest(one)])),
  );
  return shown === text.trim() || kind === 'text' ? undefined : shown;
}

/** A number without what says nothing: `1.000` is 1. */
function plainest(value: JsonObject[string]): JsonObject[string] {
  if (!(value instanceof ExactNumber) || !/[.eE]/.test(value.text)) return value;
  const short = String(Number(value.text));
  return short.includes('e') ? value : short;
}

function plain(value: JsonObject[string] | undefined): string {
  if (typeof value === 'string') return value;
  return value instanceof ExactNumber ? value.text : stringifyJson(value ?? null);
}
