import { conditionTypeFacts, type ConditionType } from '../dashly/conditionTypes';
import { describeCondition } from '../dashly/filterWords';
import type { Condition } from '../dashly/lead';
import { hidden } from '../leads/contactForms';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/plainText';
import { propertyTitle } from '../leads/propertyTitle';

/** The longest sentence about one condition, in characters. */
const longest = 120;

/** Properties that hold a contact: while contacts are masked, what they are compared with is not shown. */
const contactProperties = new Set(['$name', '$email', '$phone', '$user_id', '$avatar']);

/** Whether what a condition compares with is a contact of a lead, or a part of one. */
export function comparesContact({ property_name, value }: Condition): boolean {
  return contactProperties.has(property_name) && Object.keys(value).length > 0;
}

/** A condition as a sentence of one line, fit to be shown as plain text: `Sessions is more than 5`. */
export function conditionWords(condition: Condition, masking: Masking): string {
  const shown = masking.on && comparesContact(condition) ? { ...condition, value: { ...condition.value, value: hidden } } : condition;
  return singleLine(masking.text(describeCondition(shown, (name) => propertyTitle(name))), longest);
}

/** A type of condition in words, for choosing one: `is more than …`. */
export function conditionTypeWords(type: ConditionType): string {
  return conditionTypeFacts(type).words.replace('{}', '…');
}
