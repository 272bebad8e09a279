/** What a condition compares with: nothing, a number, two numbers, a text, a time ago, or a date. */
export type OperandKind = 'none' | 'number' | 'range' | 'text' | 'age' | 'date';

/** The types of properties that a condition fits (section 5 of the API document); `any` fits all. */
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
 * All conditions of section 4 of the API document, and four on absolute dates, which the client turns into minutes ago
 * when it sends a request. A negation is given only where it is exact: “not more than 5” would need “5 or less”, which
 * the service does not have.
 */
export const conditionTypes = {
  known: fact('any', 'none', 'is known', 'unknown'),
  unknown: fact('any', 'none', 'is unknown', 'known'),
  gt: fact('number', 'number', 'is more than {}'),
  gt_or_unknown: fact('number', 'number', 'is more than {} or unknown'),
  lt: fact('number', 'number', 'is less than {}'),
  lt_or_unknown: fact('number', 'number', 'is less than {} or unknown'),
  range: fact('number', 'range', 'is from {}'),
  eq: fact('number', 'number', 'is {}', 'neq'),
  neq: fact('number', 'number', 'is not {}', 'eq'),
  str_eq: fact('string', 'text', 'is {}', 'str_neq'),
  str_neq: fact('string', 'text', 'is not {}', 'str_eq'),
  str_contains: fact('string', 'text', 'contains {}', 'str_notcontains'),
  str_notcontains: fact('string', 'text', 'does not contain {}', 'str_contains'),
  bool_true: fact('boolean', 'none', 'is true', 'bool_false'),
  bool_false: fact('boolean', 'none', 'is not true', 'bool_true'),
  daysless: fact('date', 'age', 'is less than {} ago', 'daysmore_or_unknown'),
  daysless_or_unknown: fact('date', 'age', 'is less than {} ago or unknown', 'daysmore'),
  daysmore: fact('date', 'age', 'is more than {} ago', 'daysless_or_unknown'),
  daysmore_or_unknown: fact('date', 'age', 'is more than {} ago or unknown', 'daysless'),
  lcontains: fact('list', 'text', 'has the item {}'),
  after: fact('date', 'date', 'is after {}', 'before_or_unknown'),
  after_or_unknown: fact('date', 'date', 'is after {} or unknown', 'before'),
  before: fact('date', 'date', 'is before {}', 'after_or_unknown'),
  before_or_unknown: fact('date', 'date', 'is before {} or unknown', 'after'),
} as const;

export type ConditionType = keyof typeof conditionTypes;

/** The units of a time ago; stored segments omit it and mean days (section 4). */
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
