import * as l10n from '@vscode/l10n';
import { plural } from '../language';
import { type AgeUnit, ageUnits, type Numeral, type OperandKind } from './conditions';
import { isConditionDate, today } from './dates';
import { ExactNumber, exactNumber, type JsonObject, type JsonValue } from './json';
import { stringifyJson } from './jsonWriter';
import { numberPattern, operandSchemas, type OperandSchema } from './operandSchemas';
import { numberLike, parseNumeral, plainest } from './typedNumber';

/** What a condition compares with, read from what a person typed, or what is wrong with that. */
export type ParsedOperand = { readonly value: JsonObject } | { readonly problem: string };

/** Called with what is wrong with a member of an operand; '' stands for the operand itself. */
type RefuseMember = (member: string, message: string) => void;

/** All that is known about a kind of operand. The values it takes are operands of this kind, unless it says otherwise. */
interface OperandFacts {
  /** The operand of a condition in JSON, checked; undefined after `refuse` has been called. */
  readonly fromJson: (value: JsonObject, refuse: RefuseMember) => JsonObject | undefined;
  /** As it stands in a sentence, in place of the `{}` of a condition's words. */
  readonly words: (value: JsonObject) => string;
  /** What is typed, in words: the prompt of the box. */
  readonly prompt: string;
  /** Reads what a person typed, spaces around it included. */
  readonly typed: (text: string) => ParsedOperand;
  /** As it is typed: `typed` reads it back. */
  readonly text: (value: JsonObject) => string;
  /** Whether it is typed as the values of a property are shown, so that one of them is an example. */
  readonly likeValues: boolean;
  /** What a person has to know to choose such a condition: a sentence without a full stop. */
  readonly remark?: string;
  /** Undefined where there is nothing to compare with. */
  readonly schema?: OperandSchema;
}

/** The words that are typed around operands, besides the English ones, which are read in every language. */
const typedWords = {
  from: l10n.t({ message: 'from', comment: ['typed'] }),
  to: l10n.t({ message: 'to', comment: ['typed'] }),
  and: l10n.t({ message: 'and', comment: ['typed'] }),
  ago: l10n.t({ message: 'ago', comment: ['typed'] }),
  today: l10n.t({ message: 'today', comment: ['typed'] }),
};

/** The words that are typed for a unit, with blanks between them in a language that has several; the first is shown. */
const typedUnits: Readonly<Record<AgeUnit, readonly string[]>> = {
  minutes: l10n.t({ message: 'minutes', comment: ['typed'] }).split(' '),
  hours: l10n.t({ message: 'hours', comment: ['typed'] }).split(' '),
  days: l10n.t({ message: 'days', comment: ['typed'] }).split(' '),
  weeks: l10n.t({ message: 'weeks', comment: ['typed'] }).split(' '),
};

/** A count as it is written, with its unit as it stands behind “more than” and “less than”. */
function ageWords(count: string, unit: AgeUnit): string {
  const number = Number(count);
  switch (unit) {
    case 'minutes':
      return plural(number, l10n.t('{1} minute|{1} minutes'), count);
    case 'hours':
      return plural(number, l10n.t('{1} hour|{1} hours'), count);
    case 'days':
      return plural(number, l10n.t('{1} day|{1} days'), count);
    case 'weeks':
      return plural(number, l10n.t('{1} week|{1} weeks'), count);
  }
}

/** To `\b` only the letters of English are letters. */
const word = (...words: string[]): string => String.raw`(?<![\p{L}\p{N}])(?:${words.join('|')})(?![\p{L}\p{N}])`;
const between = String.raw`${word('to', 'and', typedWords.to, typedWords.and)}|\.\.|…|–|;|\s`;
const twoNumbers = new RegExp(
  String.raw`^(?:(?:from|${typedWords.from})\s+)?(${numberLike})(?:\s*(?:${between})\s*)(${numberLike})$`,
  'iu',
);
const countAndUnit = new RegExp(String.raw`^(${numberLike})\s*(\p{L}*)(?:\s+(?:ago|${typedWords.ago}))?$`, 'iu');

/** Longer than anybody types: what could be read in many ways is not tried in all of them. */
const longestTyped = 1000;

/** The groups of a pattern in what was typed; none where it does not match. */
function matched(pattern: RegExp, text: string): readonly (string | undefined)[] {
  return text.length > longestTyped ? [] : (pattern.exec(text.trim()) ?? []);
}

/**
 * The one table of operands: what reads, writes, asks for and describes a condition derives from it, and so does the JSON
 * schema. Kinds stand in the order in which the schema has them.
 */
export const operands: Readonly<Record<OperandKind, OperandFacts>> = {
  none: {
    fromJson: () => ({}),
    words: () => '',
    prompt: '',
    typed: () => ({ value: {} }),
    text: () => '',
    likeValues: false,
  },
  number: {
    fromJson: (value, refuse) => {
      const number = numberFromJson(value, 'value', refuse);
      return number === undefined ? undefined : { value: number };
    },
    words: ({ value }) => plain(value),
    prompt: l10n.t('A number'),
    typed: (text) => {
      const value = parseNumeral(text.trim());
      return typeof value === 'string' ? { problem: value } : { value: { value } };
    },
    text: ({ value }) => plain(value),
    likeValues: true,
    schema: operandSchemas.number,
  },
  range: {
    fromJson: (value, refuse) => {
      const [value1, value2] = [numberFromJson(value, 'value1', refuse), numberFromJson(value, 'value2', refuse)];
      if (value1 === undefined || value2 === undefined) return undefined;
      if (Number(value1) <= Number(value2)) return { value1, value2 };
      refuse('value2', l10n.t('“value2” must not be less than “value1”.'));
      return undefined;
    },
    words: ({ value1, value2 }) =>
      l10n.t({ message: '{0} and {1}', args: [plain(value1), plain(value2)], comment: ['range'] }),
    prompt: l10n.t('Two numbers, such as 2 to 5; both are included'),
    typed: (text) => {
      const [, from, to] = matched(twoNumbers, text);
      if (from === undefined || to === undefined) return { problem: l10n.t('Type two numbers, such as 2 to 5.') };
      const [value1, value2] = [parseNumeral(from), parseNumeral(to)];
      if (typeof value1 === 'string') return { problem: value1 };
      if (typeof value2 === 'string') return { problem: value2 };
      return Number(value1) <= Number(value2)
        ? { value: { value1, value2 } }
        : { problem: l10n.t('The second number must not be less than the first.') };
    },
    text: ({ value1, value2 }) =>
      l10n.t({ message: '{0} to {1}', args: [plain(value1), plain(value2)], comment: ['typed'] }),
    likeValues: false,
    schema: operandSchemas.range,
  },
  text: {
    fromJson: (value, refuse) => {
      const text = value.value;
      if (typeof text === 'string') return { value: text };
      refuse(memberAt(value, 'value'), l10n.t('“value” must be a text.'));
      return undefined;
    },
    words: ({ value }) => l10n.t('“{0}”', plain(value)),
    prompt: l10n.t('A text; upper and lower case are the same'),
    typed: (text) => (text === '' ? { problem: l10n.t('Type a text.') } : { value: { value: text } }),
    text: ({ value }) => plain(value),
    likeValues: true,
    schema: operandSchemas.text,
  },
  age: {
    // A time ago without a unit is in days, as in stored segments (API.md, section 4).
    fromJson: (value, refuse) => {
      const number = numberFromJson(value, 'value', refuse);
      const unit = ageUnits.find((known) => known === (value.unit ?? 'days'));
      if (unit === undefined) refuse('unit', l10n.t('“unit” must be one of {0}.', ageUnits.join(', ')));
      if (number === undefined || unit === undefined) return undefined;
      if (Number(number) >= 0) return { value: number, unit };
      refuse('value', l10n.t('“value” must not be negative.'));
      return undefined;
    },
    words: ({ value, unit = 'days' }) => {
      const known = ageUnits.find((one) => one === unit);
      return known ? ageWords(plain(value), known) : `${plain(value)} ${plain(unit)}`;
    },
    prompt: l10n.t('How long ago: a number and minutes, hours, days or weeks, such as 30 days'),
    typed: (text) => {
      const [, count, unitText = ''] = matched(countAndUnit, text);
      if (count === undefined) return { problem: l10n.t('Type a number and a unit, such as 30 days or 2 hours.') };
      const unit = ageUnit(unitText.toLowerCase());
      if (!unit) return { problem: l10n.t('There is no unit “{0}”: use minutes, hours, days or weeks.', unitText) };
      const value = parseNumeral(count);
      if (typeof value === 'string') return { problem: value };
      return Number(value) >= 0 ? { value: { value, unit } } : { problem: l10n.t('The number must not be negative.') };
    },
    text: ({ value, unit }) => `${plain(value)} ${typedUnits[unit as AgeUnit][0] ?? ''}`,
    likeValues: false,
    schema: operandSchemas.age,
  },
  date: {
    fromJson: (value, refuse) => {
      const date = value.date;
      if (isConditionDate(date)) return { date };
      refuse(memberAt(value, 'date'), l10n.t('“date” must be a date such as 2030-01-31 or 2030-01-31T12:00:00.'));
      return undefined;
    },
    words: ({ date }) => (date === today ? l10n.t('the start of today') : plain(date)),
    prompt: l10n.t('A date, such as 2030-01-31 or 2030-01-31T12:00, in UTC; or today, which is its midnight here'),
    typed: (text) => {
      const trimmed = text.trim();
      const date = [today, typedWords.today].includes(trimmed.toLowerCase()) ? today : trimmed;
      return isConditionDate(date)
        ? { value: { date } }
        : { problem: l10n.t('Type a date that exists, such as 2030-01-31 or 2030-01-31T12:00.') };
    },
    text: ({ date }) => (date === today ? typedWords.today : plain(date)),
    likeValues: true,
    remark: l10n.t(
      'asked of the service as the minutes since then; a date still to come gives more leads than asked for',
    ),
    schema: operandSchemas.date,
  },
};

/** The operand of a condition of this kind as it is typed; `parseOperandText` reads it back. */
export function operandText(kind: OperandKind, value: JsonObject): string {
  return operands[kind].text(value);
}

/**
 * Reads what a person typed. The digits of a number may stand in groups of three, and what is written in another way than
 * here is refused, never guessed; a time ago without a unit is in days, as in stored segments (API.md, section 4), and a
 * unit may be shortened: `30 d`.
 */
export function parseOperandText(kind: OperandKind, text: string): ParsedOperand {
  return operands[kind].typed(text);
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
  return shown === text || shown === text.trim() ? undefined : shown;
}

/** `m` is for minutes: a property of leads is rarely asked for by the month, and the service has none. */
function ageUnit(text: string): AgeUnit | undefined {
  return text === ''
    ? 'days'
    : ageUnits.find(
        (unit) =>
          [unit, ...typedUnits[unit]].some((one) => one.startsWith(text)) ||
          ((text === 'min' || text === 'mins') && unit === 'minutes'),
      );
}

function numberFromJson(value: JsonObject, member: string, refuse: RefuseMember): Numeral | undefined {
  const given = value[member];
  if (typeof given === 'number' || given instanceof ExactNumber) return given;
  if (typeof given === 'string' && new RegExp(numberPattern).test(given)) return exactNumber(given.trim());
  refuse(memberAt(value, member), l10n.t('“{0}” must be a number.', member));
  return undefined;
}

/** A member that is missing has no place of its own: what is wrong is the object. */
function memberAt(value: JsonObject, member: string): string {
  return Object.hasOwn(value, member) ? member : '';
}

function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : stringifyJson(value ?? null);
}
