import { conditionTypeFacts, type ConditionType } from '../dashly/conditionTypes';
import { describeCondition } from '../dashly/filterWords';
import type { Condition } from '../dashly/lead';
import { maskedCondition } from '../leads/maskedFilters';
import type { Masking } from '../leads/masking';
import { singleLine } from '../leads/plainText';
import { propertyTitle } from '../leads/propertyTitle';

/** The longest sentence about one condition, in characters. */
const longest = 120;

/** A condition as a sentence of one line, fit to be shown as plain text: `Sessions is more than 5`. */
export function conditionWords(condition: Condition, masking: Masking): string {
  return singleLine(describeCondition(maskedCondition(condition, masking), (name) => propertyTitle(name)), longest);
}

/** A type of condition in words, for choosing one: `is more than …`. */
export function conditionTypeWords(type: ConditionType): string {
  return conditionTypeFacts(type).words.replace('{}', '…');
}
