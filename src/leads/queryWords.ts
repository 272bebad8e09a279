import * as l10n from '@vscode/l10n';
import { type ConditionType, conditionTypeFacts } from '../dashly/conditions';
import { decodeText } from '../dashly/decode';
import { describeCondition, describeFilters } from '../dashly/filterJson';
import { ExactNumber, isJsonObject, type JsonValue, sameJson } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import { type Condition, defaultSortProp, type Filters, type LeadsQuery, type SortOrder } from '../dashly/lead';
import { hidden } from './contactForms';
import type { Masking } from './masking';
import { contactKind, documentedKind, eventProperty, type PropertyKind } from './properties';
import { searchedText } from './searchFilters';
import { singleLine } from './text';
import { presencesWords } from './wording';

/** Whether what a condition compares with is a contact of a lead, or a part of one. */
export function comparesContact({ property_name, value }: Condition): boolean {
  return contactKind(property_name) !== undefined && Object.keys(value).length > 0;
}

/** Filters fit to be put into words while contacts are masked: what is compared with a contact is hidden. */
function maskedFilters({ type, filters }: Filters, masking: Masking): Filters {
  return { type, filters: filters.map((condition) => maskedCondition(condition, masking)) };
}

/** Whether filters as they are would show a contact that is masked; false while masking is off. */
export function holdsContacts(filters: Filters, masking: Masking): boolean {
  return filters.filters.some((condition) => holdsContact(condition, masking));
}

/** Whether a condition as it is would show a contact that is masked; false while masking is off. */
export function holdsContact(condition: Condition, masking: Masking): boolean {
  const { property_name: name, value } = condition;
  return masking.name(name) !== name || !sameJson(value, maskedCondition(condition, masking).value);
}

/** One condition as `maskedFilters` has it; itself while masking is off. */
function maskedCondition(condition: Condition, masking: Masking): Condition {
  if (!masking.on) return condition;
  const isContact = comparesContact(condition);
  const members = Object.entries(condition.value).map(([name, operand]): [string, typeof operand] => [
    name,
    isContact ? hidden : maskedOperand(operand, masking),
  ]);
  return { ...condition, value: Object.fromEntries(members) };
}

/** A text or a number as it may be shown, anything else as it is. */
function maskedOperand(operand: JsonValue, masking: Masking): JsonValue {
  if (typeof operand === 'string') return masking.text(operand);
  return typeof operand === 'number' || operand instanceof ExactNumber ? masking.number(operand) : operand;
}

/** The longest sentence about a filter, in characters: it stands above the rows of a narrow view. */
const longest = 200;

/**
 * The order of a query in words: "by Last seen, newest first".
 * @param masking hides contacts in the property's name, while it is on
 * @param kind the type of the property's values, where it is known
 */
export function describeOrder(
  { sortProp = defaultSortProp, sortOrder = 'desc' }: LeadsQuery,
  masking: Masking,
  kind?: PropertyKind,
): string {
  return l10n.t('by {0}, {1}', masking.propertyTitle(sortProp, 60), describeDirection(sortProp, sortOrder, kind));
}

/** Whether leads come in the order the service gives when nobody asks for another. */
export function isDefaultOrder({ sortProp = defaultSortProp, sortOrder = 'desc' }: LeadsQuery): boolean {
  return sortProp === defaultSortProp && sortOrder === 'desc';
}

/** A direction in words that fit the values of a property: "newest first". */
export function describeDirection(sortProp: string, sortOrder: SortOrder, kind = kindByName(sortProp)): string {
  switch (kind) {
    case 'date':
      return sortOrder === 'asc' ? l10n.t('oldest first') : l10n.t('newest first');
    case 'string':
      return sortOrder === 'asc' ? l10n.t('A to Z') : l10n.t('Z to A');
    default:
      return sortOrder === 'asc' ? l10n.t('ascending') : l10n.t('descending');
  }
}

/** Of a property no lead has told about, the documentation may know the kind: events have a first and a last time. */
function kindByName(name: string): PropertyKind | undefined {
  const part = eventProperty(name)?.part;
  return documentedKind(name) ?? (part === 'first' || part === 'last' ? 'date' : undefined);
}

/**
 * Which leads a query shows, in words; undefined when it shows all. One line, plain text.
 * @param masking hides contacts that leads are compared with, while it is on
 */
export function describeSelection({ filters, presence }: LeadsQuery, masking: Masking): string | undefined {
  const shown = filters && maskedFilters(filters, masking);
  const searched = shown && searchedText(shown);
  const parts =
    searched !== undefined
      ? [l10n.t('Search: “{0}”', searched)]
      : shown && shown.filters.length > 0
        ? [describeFilters(shown, titles(masking))]
        : [];
  if (presence?.length) parts.push(l10n.t('{0} among the loaded leads', presencesWords(presence)));
  return parts.length > 0 ? singleLine(parts.join('; '), longest) : undefined;
}

const titles = (masking: Masking) => (name: string) => masking.propertyTitle(name);

/** The longest sentence about one condition, in characters. */
const longestCondition = 120;

/** A condition as a sentence of one line, fit to be shown as plain text: `Sessions is more than 5`. */
export function conditionWords(condition: Condition, masking: Masking): string {
  return singleLine(describeCondition(maskedCondition(condition, masking), titles(masking)), longestCondition);
}

/** A type of condition in words, for choosing one: `is more than …`. */
export function conditionTypeWords(type: ConditionType): string {
  return conditionTypeFacts(type).words.replace('{}', '…');
}

/**
 * A condition of a segment that no condition of the service's list is, in one line, fit to be shown as plain text:
 * `tags: tag contains “VIP”`.
 */
export function unknownConditionWords(stored: JsonValue, masking: Masking): string {
  return singleLine(storedWords(stored, masking, 2), longestCondition);
}

/** @param depth how many groups inside each other are told */
function storedWords(stored: JsonValue, masking: Masking, depth: number): string {
  const isHidden = masking.on && namesContact(stored);
  if (!isJsonObject(stored) || depth === 0) return isHidden ? hidden : masking.text(stringifyJson(stored));
  const { type, property_name: property, value = null, cls, filters, ...others } = stored;
  if (Array.isArray(filters)) {
    const words = filters.map((each) => storedWords(each, masking, depth - 1));
    return type === 'or' ? l10n.t('any of ({0})', words.join('; ')) : l10n.t('all of ({0})', words.join('; '));
  }
  const about = typeof property === 'string' ? masking.propertyTitle(property) : masking.text(decodeText(cls) ?? '');
  const operands = isJsonObject(value) ? Object.values(value) : value === null ? [] : [value];
  const operand = operands.map((one) => (isHidden ? hidden : operandWords(one, masking)));
  const more = Object.keys(others).length > 0 ? `(${isHidden ? hidden : masking.text(stringifyJson(others))})` : '';
  return [
    about === '' ? '' : `${about}:`,
    typeof type === 'string' ? masking.text(type).replaceAll('_', ' ') : '',
    ...operand,
    more,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Whether the property of a contact is named in it, wherever: then what it compares with may be one. */
function namesContact(stored: JsonValue): boolean {
  return Array.from(stringifyJson(stored).matchAll(/"(\$?\w+)"/g)).some(
    ([, name = '']) => contactKind(name) !== undefined,
  );
}

function operandWords(value: JsonValue, masking: Masking): string {
  const shown = maskedOperand(value, masking);
  if (typeof shown !== 'string') return masking.text(stringifyJson(value));
  return typeof value === 'string' ? l10n.t('“{0}”', shown) : shown;
}
