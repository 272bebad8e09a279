import { type AgeUnit, ageUnits, type Numeral, type OperandKind } from './conditions';
import { isConditionDate, today } from './dates';
import { ExactNumber, exactNumber, type JsonObject, type JsonValue } from './json';
import { stringifyJson } from './jsonWriter';
import { numberLike, parseNumeral, plainest } from './typedNumber';

/** What a condition compares with, read from what a person typed, or what is wrong with that. */
export type ParsedOperand = { readonly value: JsonObject } | { readonly problem: string };

/** Called with what is wrong with a member of an operand; '' stands for the operand itself. */
type RefuseMember = (member: string, message: string) => void;

/** The JSON schema of one member of an operand, in those of the schema's words that `filterText.ts` understands. */
interface MemberSchema {
  readonly description: string;
  readonly type?: 'string' | readonly ['number', 'string'];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  /** A member that has one may be left out. */
  readonly default?: string;
  readonly patternErrorMessage?: string;
  readonly errorMessage: string;
}

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
  readonly schema?: {
    /** What it is, in words. */
    readonly title: string;
    readonly members: Readonly<Record<string, MemberSchema>>;
    /** A sentence that ends the description of each condition. */
    readonly remark?: string;
  };
}

const twoNumbers = new RegExp(
  String.raw`^(?:from\s+)?(${numberLike})(?:\s*(?:\bto\b|\band\b|\.\.|…|–|;|\s)\s*)(${numberLike})$`,
  'i',
);
const countAndUnit = new RegExp(String.raw`^(${numberLike})\s*([a-z]*)(?:\s+ago)?$`, 'i');

/** A number as JSON has it, without a sign. */
const jsonNumber = String.raw`(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`;
const numberPattern = String.raw`^\s*-?${jsonNumber}\s*$`;

const numberSchema = (description: string): MemberSchema => ({
  description,
  type: ['number', 'string'],
  pattern: numberPattern,
  patternErrorMessage: 'This must be a number.',
  errorMessage: 'This must be a number.',
});

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
    prompt: 'A number',
    typed: (text) => {
      const value = parseNumeral(text.trim());
      return typeof value === 'string' ? { problem: value } : { value: { value } };
    },
    text: ({ value }) => plain(value),
    likeValues: true,
    schema: {
      title: 'a number',
      members: {
        value: numberSchema('The number the property is compared with. Written as a text it keeps every digit.'),
      },
    },
  },
  range: {
    fromJson: (value, refuse) => {
      const [value1, value2] = [numberFromJson(value, 'value1', refuse), numberFromJson(value, 'value2', refuse)];
      if (value1 === undefined || value2 === undefined) return undefined;
      if (Number(value1) <= Number(value2)) return { value1, value2 };
      refuse('value2', '“value2” must not be less than “value1”.');
      return undefined;
    },
    words: ({ value1, value2 }) => `${plain(value1)} and ${plain(value2)}`,
    prompt: 'Two numbers, such as 2 to 5; both are included',
    typed: (text) => {
      const [, from, to] = twoNumbers.exec(text.trim()) ?? [];
      if (from === undefined || to === undefined) return { problem: 'Type two numbers, such as 2 to 5.' };
      const [value1, value2] = [parseNumeral(from), parseNumeral(to)];
      if (typeof value1 === 'string') return { problem: value1 };
      if (typeof value2 === 'string') return { problem: value2 };
      return Number(value1) <= Number(value2)
        ? { value: { value1, value2 } }
        : { problem: 'The second number must not be less than the first.' };
    },
    text: ({ value1, value2 }) => `${plain(value1)} to ${plain(value2)}`,
    likeValues: false,
    schema: {
      title: 'two numbers',
      remark: 'Both bounds are included.',
      members: {
        value1: numberSchema('The lower bound, included.'),
        value2: numberSchema('The upper bound, included.'),
      },
    },
  },
  text: {
    fromJson: (value, refuse) => {
      const text = value.value;
      if (typeof text === 'string') return { value: text };
      refuse(memberAt(value, 'value'), '“value” must be a text.');
      return undefined;
    },
    words: ({ value }) => `“${plain(value)}”`,
    prompt: 'A text; upper and lower case are the same',
    typed: (text) => (text === '' ? { problem: 'Type a text.' } : { value: { value: text } }),
    text: ({ value }) => plain(value),
    likeValues: true,
    schema: {
      title: 'a text',
      members: {
        value: {
          description: 'The text the property is compared with.',
          type: 'string',
          errorMessage: 'This must be a text.',
        },
      },
    },
  },
  age: {
    // A time ago without a unit is in days, as in stored segments (API.md, section 4).
    fromJson: (value, refuse) => {
      const number = numberFromJson(value, 'value', refuse);
      const unit = ageUnits.find((known) => known === (value.unit ?? 'days'));
      if (unit === undefined) refuse('unit', `“unit” must be one of ${ageUnits.join(', ')}.`);
      if (number === undefined || unit === undefined) return undefined;
      if (Number(number) >= 0) return { value: number, unit };
      refuse('value', '“value” must not be negative.');
      return undefined;
    },
    words: (value) => {
      const unit = plain(value.unit ?? 'days');
      const count = plain(value.value);
      return `${count} ${count === '1' ? unit.replace(/s$/, '') : unit}`;
    },
    prompt: 'How long ago: a number and minutes, hours, days or weeks, such as 30 days',
    typed: (text) => {
      const [, count, unitText = ''] = countAndUnit.exec(text.trim()) ?? [];
      if (count === undefined) return { problem: 'Type a number and a unit, such as 30 days or 2 hours.' };
      const unit = ageUnit(unitText.toLowerCase());
      if (!unit) return { problem: `There is no unit “${unitText}”: use minutes, hours, days or weeks.` };
      const value = parseNumeral(count);
      if (typeof value === 'string') return { problem: value };
      return Number(value) >= 0 ? { value: { value, unit } } : { problem: 'The number must not be negative.' };
    },
    text: ({ value, unit }) => `${plain(value)} ${plain(unit)}`,
    likeValues: false,
    schema: {
      title: 'a time ago',
      members: {
        value: {
          description: 'How many units ago.',
          type: ['number', 'string'],
          pattern: String.raw`^\s*${jsonNumber}\s*$`,
          minimum: 0,
          patternErrorMessage: 'This must be a number that is not negative.',
          errorMessage: 'This must be a number that is not negative.',
        },
        unit: {
          description: 'The unit of the time ago; days when left out.',
          enum: ageUnits,
          enumDescriptions: [
            '60 seconds each.',
            '60 minutes each.',
            '24 hours each, back from now.',
            '7 days each, back from now.',
          ],
          default: 'days',
          errorMessage: `“unit” must be one of ${ageUnits.join(', ')}.`,
        },
      },
    },
  },
  date: {
    fromJson: (value, refuse) => {
      const date = value.date;
      if (isConditionDate(date)) return { date };
      refuse(memberAt(value, 'date'), '“date” must be a date such as 2030-01-31 or 2030-01-31T12:00:00.');
      return undefined;
    },
    words: ({ date }) => (date === today ? 'the start of today' : plain(date)),
    prompt: 'A date, such as 2030-01-31 or 2030-01-31T12:00, in UTC; or today, which is its midnight here',
    typed: (text) => {
      const trimmed = text.trim();
      const date = trimmed.toLowerCase() === today ? today : trimmed;
      return isConditionDate(date)
        ? { value: { date } }
        : { problem: 'Type a date that exists, such as 2030-01-31 or 2030-01-31T12:00.' };
    },
    text: ({ date }) => plain(date),
    likeValues: true,
    remark: 'asked of the service as the minutes since then',
    schema: {
      title: 'a date',
      remark: 'The service is asked for the minutes since then.',
      members: {
        date: {
          description:
            'A date, such as 2030-01-31 or 2030-01-31T12:00:00; UTC without a zone. “today” is the midnight with which the day of each request began.',
          type: 'string',
          pattern: String.raw`^(${today}|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?)$`,
          patternErrorMessage: 'This must be a date such as 2030-01-31 or 2030-01-31T12:00:00.',
          errorMessage: 'This must be a date such as 2030-01-31 or 2030-01-31T12:00:00.',
        },
      },
    },
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
    : ageUnits.find((unit) => unit.startsWith(text) || ((text === 'min' || text === 'mins') && unit === 'minutes'));
}

function numberFromJson(value: JsonObject, member: string, refuse: RefuseMember): Numeral | undefined {
  const given = value[member];
  if (typeof given === 'number' || given instanceof ExactNumber) return given;
  if (typeof given === 'string' && new RegExp(numberPattern).test(given)) return exactNumber(given.trim());
  refuse(memberAt(value, member), `“${member}” must be a number.`);
  return undefined;
}

/** A member that is missing has no place of its own: what is wrong is the object. */
function memberAt(value: JsonObject, member: string): string {
  return Object.hasOwn(value, member) ? member : '';
}

function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : stringifyJson(value ?? null);
}
