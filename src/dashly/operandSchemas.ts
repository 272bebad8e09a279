/* eslint-disable no-restricted-syntax -- The schema is a file of the package, which VS Code shows as it is. */
import { ageUnits, type OperandKind } from './conditions';
import { today } from './dates';

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

/** What the JSON schema says of a kind of operand. */
export interface OperandSchema {
  /** What it is, in words. */
  readonly title: string;
  readonly members: Readonly<Record<string, MemberSchema>>;
  /** A sentence that ends the description of each condition. */
  readonly remark?: string;
}

/** A number as JSON has it, without a sign. */
const jsonNumber = String.raw`(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`;
export const numberPattern = String.raw`^\s*-?${jsonNumber}\s*$`;

const numberSchema = (description: string): MemberSchema => ({
  description,
  type: ['number', 'string'],
  pattern: numberPattern,
  patternErrorMessage: 'This must be a number.',
  errorMessage: 'This must be a number.',
});

/** The JSON schema of every operand, in English. Kinds stand in the order in which the schema has them. */
export const operandSchemas = {
  number: {
    title: 'a number',
    members: {
      value: numberSchema('The number the property is compared with. Written as a text it keeps every digit.'),
    },
  },
  range: {
    title: 'two numbers',
    remark: 'Both bounds are included.',
    members: {
      value1: numberSchema('The lower bound, included.'),
      value2: numberSchema('The upper bound, included.'),
    },
  },
  text: {
    title: 'a text',
    members: {
      value: {
        description: 'The text the property is compared with.',
        type: 'string',
        errorMessage: 'This must be a text.',
      },
    },
  },
  age: {
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
  date: {
    title: 'a date',
    remark:
      'The service is asked for the minutes since then: a date that is still to come gives more leads than asked for.',
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
} as const satisfies Readonly<Record<Exclude<OperandKind, 'none'>, OperandSchema>>;
