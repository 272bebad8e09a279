import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { type ConditionType, conditionTypeFacts, conditionTypesFor, type TypedCondition } from '../dashly/conditions';
import { operands } from '../dashly/operands';
import { back, pickStep } from '../editor/steps';
import { kindWord, type PropertyKind } from '../leads/properties';
import { conditionTypeWords } from '../leads/queryWords';
import type { SeenProperty } from '../leads/seenProperties';
import { singleLine } from '../leads/text';
import { askForValue, conditionOf, type ConditionStepsOptions, totalSteps } from './valueStep';

interface PropertyItem extends vscode.QuickPickItem {
  readonly property?: string;
  readonly isPresence?: boolean;
}

interface TypeItem extends vscode.QuickPickItem {
  /** Undefined: the conditions for other types of values. */
  readonly type: ConditionType | undefined;
}

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

function hasOperand(type: ConditionType): boolean {
  return conditionTypeFacts(type).operand !== 'none';
}
