import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import {
  type ConditionType,
  conditionTypeFacts,
  conditionTypesFor,
  type OperandKind,
  type TypedCondition,
} from '../dashly/conditions';
import { propertySentence } from '../dashly/filterJson';
import { type JsonObject, sameJson } from '../dashly/json';
import { operands, operandText, parseOperandText, readAs } from '../dashly/operands';
import { plural } from '../language';
import { back, inputStep, type LiveText, pickStep } from '../editor/steps';
import type { Masking } from '../leads/masking';
import { kindWord, type PropertyKind } from '../leads/properties';
import { conditionTypeWords } from '../leads/queryWords';
import type { SeenProperty, SeenValue } from '../leads/seenProperties';
import { singleLine } from '../leads/text';

/** What building one condition needs. */
export interface ConditionStepsOptions {
  readonly title: LiveText;
  /** Hides contacts in the names of properties. */
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

interface PropertyItem extends vscode.QuickPickItem {
  readonly property?: string;
  readonly isPresence?: boolean;
}

interface ValueItem extends vscode.QuickPickItem {
  /** Undefined: what is typed is none. */
  readonly condition: TypedCondition | undefined;
}

interface TypeItem extends vscode.QuickPickItem {
  /** Undefined: the conditions for other types of values. */
  readonly type: ConditionType | undefined;
}

const totalSteps = 3;
const separator = (label: string): { label: string; kind: vscode.QuickPickItemKind } => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});

/**
 * Asks, step by step, for property, condition and value. A condition to edit begins at its last step.
 * @returns the condition; `presence` when that was chosen in place of a property; `back` from the first step; undefined
 *   when the person left
 */
export async function askForCondition(
  options: ConditionStepsOptions,
): Promise<TypedCondition | 'presence' | typeof back | undefined> {
  const { edited, preview } = options;
  let property = edited?.property_name;
  let type = edited?.type;
  let step: 'property' | 'type' | 'value' = !edited ? 'property' : hasOperand(edited.type) ? 'value' : 'type';
  for (;;) {
    if (step === 'property' || property === undefined) {
      preview(undefined);
      const answer = await askForProperty(options, property);
      if (answer === undefined || answer === back || answer.isPresence)
        return answer && (answer === back ? back : 'presence');
      if (answer.property !== property) type = undefined;
      property = answer.property;
      step = 'type';
    } else if (step === 'type' || type === undefined) {
      const answer = await askForType(options, property, type);
      if (answer === undefined) return undefined;
      if (answer === back) {
        step = 'property';
      } else {
        type = answer;
        if (!hasOperand(type)) return conditionOf(type, property, {});
        step = 'value';
      }
    } else {
      const answer = await askForValue(options, property, type);
      if (answer !== back) return answer;
      step = 'type';
    }
  }
}

function askForProperty({ title, properties, example, masking }: ConditionStepsOptions, chosen: string | undefined) {
  const item = (property: SeenProperty): PropertyItem => {
    const { name, kind } = property;
    const value = example(property);
    const about = [
      singleLine(masking.name(name), 80),
      kind && kindWord(kind),
      value === undefined ? undefined : l10n.t('e.g. {0}', value),
    ].filter(Boolean);
    return {
      label: masking.propertyTitle(name),
      description: about.join(' · '),
      property: name,
    };
  };
  const known = properties.map(item);
  const items: PropertyItem[] = [
    ...known,
    separator(l10n.t('among the loaded leads only')),
    {
      label: l10n.t('Presence'),
      description: l10n.t('online, idle or offline now: the service cannot filter by it'),
      isPresence: true,
    },
  ];
  return pickStep<PropertyItem>({
    title,
    step: 1,
    totalSteps,
    canGoBack: true,
    placeholder: l10n.t('Which property? Any other name can be typed'),
    items,
    active: known.find(({ property }) => property === chosen),
    typed: (text) => {
      const name = text.trim();
      if (name === '' || properties.some((property) => property.name === name)) return undefined;
      return {
        label: l10n.t('“{0}”', name),
        description: l10n.t('a property that no loaded lead has'),
        alwaysShow: true,
        property: name,
      };
    },
  });
}

async function askForType(
  options: ConditionStepsOptions,
  property: string,
  chosen: ConditionType | undefined,
): Promise<ConditionType | typeof back | undefined> {
  const kind = options.properties.find(({ name }) => name === property)?.kind;
  const fitting = conditionTypesFor(kind);
  const answer = await pickType(options, property, kind, chosen && !fitting.includes(chosen) ? undefined : chosen);
  if (typeof answer !== 'object' || answer.type !== undefined) return typeof answer === 'object' ? answer.type : answer;
  // What values a property has is learnt from one of them, or not at all.
  const other = await pickType(options, property, undefined, chosen);
  return other === back ? askForType(options, property, chosen) : other?.type;
}

function pickType(
  { title, preview, masking }: ConditionStepsOptions,
  property: string,
  kind: PropertyKind | undefined,
  chosen: ConditionType | undefined,
) {
  const items: TypeItem[] = conditionTypesFor(kind).map((type) => ({
    label: conditionTypeWords(type),
    description: typeRemark(type, kind),
    type,
  }));
  if (kind !== undefined)
    items.push({
      label: l10n.t('Other Conditions…'),
      description: l10n.t('if the value is not a {0}', kindWord(kind)),
      type: undefined,
    });
  return pickStep<TypeItem>({
    title,
    step: 2,
    totalSteps,
    canGoBack: true,
    placeholder: `${masking.propertyTitle(property)} …`,
    items,
    active: items.find(({ type }) => type !== undefined && type === chosen),
    moved: (item) => preview(item?.type && !hasOperand(item.type) ? conditionOf(item.type, property, {}) : undefined),
  });
}

const kindRemarks: Readonly<Record<PropertyKind, string>> = {
  number: l10n.t('for a number'),
  string: l10n.t('for a string'),
  boolean: l10n.t('for a boolean'),
  date: l10n.t('for a date'),
  list: l10n.t('for a list'),
};

function typeRemark(type: ConditionType, kind: PropertyKind | undefined): string | undefined {
  const facts = conditionTypeFacts(type);
  const remarks = [
    kind === undefined && facts.kind !== 'any' ? kindRemarks[facts.kind] : undefined,
    operands[facts.operand].remark,
  ];
  return remarks.filter((remark) => remark !== undefined).join(' · ');
}

/** How many values are offered at most. */
const mostValues = 100;

function askForValue(
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
    label: singleLine(String(value), 80),
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
        label: operands[operand].words(parsed.value),
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

/** What the condition that is edited compares with, as it is typed. */
function initialText({ edited }: ConditionStepsOptions, operand: OperandKind): string {
  return edited && conditionTypeFacts(edited.type).operand === operand ? operandText(operand, edited.value) : '';
}

/** Whether the values that leads have of a property are what such a condition compares with. */
function takesValues(type: ConditionType): boolean {
  return type === 'eq' || type === 'neq' || conditionTypeFacts(type).operand === 'text';
}

function hasOperand(type: ConditionType): boolean {
  return conditionTypeFacts(type).operand !== 'none';
}

/** @param value the operand of this type */
function conditionOf(type: ConditionType, property: string, value: JsonObject): TypedCondition {
  return { type, property_name: property, value } as unknown as TypedCondition;
}
