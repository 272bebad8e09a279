import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { type ConditionType, conditionTypeFacts, type OperandKind, type TypedCondition } from '../dashly/conditions';
import { propertySentence } from '../dashly/filterJson';
import { type JsonObject, sameJson } from '../dashly/json';
import { operands, operandText, parseOperandText, readAs } from '../dashly/operands';
import type { back } from '../editor/steps';
import { inputStep, type LiveText, pickStep } from '../editor/steps';
import { plural } from '../language';
import type { Masking } from '../leads/masking';
import { conditionTypeWords, holdsContact } from '../leads/queryWords';
import type { SeenProperty, SeenValue } from '../leads/seenProperties';
import { singleLine } from '../leads/text';

/** What building one condition needs. */
export interface ConditionStepsOptions {
  readonly title: LiveText;
  /** Hides contacts in the names of properties and in what a condition compares with. */
  readonly masking: Masking;
  readonly properties: readonly SeenProperty[];
  /** An example of a property's values as it may be shown. */
  readonly example: (property: SeenProperty) => string | undefined;
  /** The texts or the numbers that loaded leads have of a property, as far as they may be shown, those of most leads first. */
  readonly values: (property: string, type: 'text' | 'number') => readonly SeenValue[];
  /** The condition to edit; a new one is built when left out. */
  readonly edited?: TypedCondition;
  /** Called with what the condition is just now; undefined while it is not complete. */
  readonly preview: (condition: TypedCondition | undefined) => void;
}

/** Property, condition and value. */
export const totalSteps = 3;

interface ValueItem extends vscode.QuickPickItem {
  /** Undefined: what is typed is none. */
  readonly condition: TypedCondition | undefined;
}

/** How many values are offered at most. */
const mostValues = 100;

/**
 * Asks what a condition compares with: the last step of building one.
 * @returns the condition; `back`; undefined when the person left
 */
export function askForValue(
  options: ConditionStepsOptions,
  property: string,
  type: ConditionType,
): Promise<TypedCondition | typeof back | undefined> {
  const { operand } = conditionTypeFacts(type);
  const values = takesValues(type) ? options.values(property, operand === 'text' ? 'text' : 'number') : [];
  return values.length > 0
    ? pickValue(options, property, type, values.slice(0, mostValues))
    : typeValue(options, property, type);
}

/** One of the values that loaded leads have, or another one that is typed. */
async function pickValue(
  options: ConditionStepsOptions,
  property: string,
  type: ConditionType,
  values: readonly SeenValue[],
): Promise<TypedCondition | typeof back | undefined> {
  const { title, preview } = options;
  const { operand } = conditionTypeFacts(type);
  const items = values.map(({ value, count }): ValueItem => ({
    label: String(value),
    description: plural(count, l10n.t('{0} loaded lead|{0} loaded leads')),
    condition: conditionOf(type, property, { value }),
  }));
  const typed = (text: string): ValueItem | undefined => {
    if (text === '') return undefined;
    const parsed = parseOperandText(operand, text);
    if ('problem' in parsed) return { label: parsed.problem, alwaysShow: true, condition: undefined };
    const known = items[values.findIndex(({ value }) => sameJson(value, parsed.value.value))];
    return (
      known ?? {
        label: singleLine(operands[operand].words(parsed.value), 80),
        description: l10n.t('as it was typed'),
        alwaysShow: true,
        condition: conditionOf(type, property, parsed.value),
      }
    );
  };
  const answer = await pickStep<ValueItem>({
    title,
    step: 3,
    totalSteps,
    canGoBack: true,
    placeholder: l10n.t('{0} — choose a value that leads have, or type another', sentenceOf(options, property, type)),
    items,
    value: initialText(options, operand),
    typed,
    typedFirst: true,
    canChoose: ({ condition }) => condition !== undefined,
    moved: (item) => preview(item?.condition),
  });
  return typeof answer === 'object' ? answer.condition : answer;
}

function typeValue(
  options: ConditionStepsOptions,
  property: string,
  type: ConditionType,
): Promise<TypedCondition | typeof back | undefined> {
  const { title, properties, example, preview } = options;
  const { operand } = conditionTypeFacts(type);
  const seen = properties.find(({ name }) => name === property);
  const value = seen && operands[operand].likeValues ? example(seen) : undefined;
  const read = (text: string): TypedCondition | string => {
    const parsed = parseOperandText(operand, text);
    return 'problem' in parsed ? parsed.problem : conditionOf(type, property, parsed.value);
  };
  return inputStep<TypedCondition>({
    title,
    step: 3,
    totalSteps,
    canGoBack: true,
    prompt: `${sentenceOf(options, property, type)} — ${operands[operand].prompt}`,
    placeholder: value === undefined ? undefined : l10n.t('e.g. {0}', value),
    value: initialText(options, operand),
    problem: (text) => {
      const condition = read(text);
      return typeof condition === 'string' ? condition : undefined;
    },
    typed: (text) => {
      const condition = read(text);
      preview(typeof condition === 'string' ? undefined : condition);
    },
    remark: (text) => {
      const shown = readAs(operand, text);
      return shown === undefined ? undefined : l10n.t('Read as {0}', shown);
    },
    accept: (text) => read(text) as TypedCondition,
  });
}

/** `Plan is …`, with its gap. */
function sentenceOf({ masking }: ConditionStepsOptions, property: string, type: ConditionType): string {
  return propertySentence(masking.propertyTitle(property, 60), conditionTypeWords(type));
}

/** What the condition that is edited compares with, as it is typed; nothing where that is masked. */
function initialText({ edited, masking }: ConditionStepsOptions, operand: OperandKind): string {
  if (!edited || conditionTypeFacts(edited.type).operand !== operand || holdsContact(edited, masking)) return '';
  return operandText(operand, edited.value);
}

/** Whether the values that leads have of a property are what such a condition compares with. */
function takesValues(type: ConditionType): boolean {
  return type === 'eq' || type === 'neq' || conditionTypeFacts(type).operand === 'text';
}

/** A condition of any type. @param value the operand of this type */
export function conditionOf(type: ConditionType, property: string, value: JsonObject): TypedCondition {
  return { type, property_name: property, value } as unknown as TypedCondition;
}
