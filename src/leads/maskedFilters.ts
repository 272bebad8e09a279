import type { Condition, Filters } from '../dashly/lead';
import { hidden } from './contactForms';
import type { Masking } from './masking';

/** Properties that hold a contact, all of them compared as text. */
const contactProperties = new Set(['$name', '$email', '$phone', '$user_id', '$avatar']);

/** Whether what a condition compares with is a contact of a lead, or a part of one. */
export function comparesContact({ property_name, value }: Condition): boolean {
  return contactProperties.has(property_name) && Object.keys(value).length > 0;
}

/** Filters fit to be put into words while contacts are masked: what is compared with a contact is hidden. */
export function maskedFilters({ type, filters }: Filters, masking: Masking): Filters {
  return { type, filters: filters.map((condition) => maskedCondition(condition, masking)) };
}

/** One condition as `maskedFilters` has it; itself while masking is off. */
export function maskedCondition(condition: Condition, masking: Masking): Condition {
  if (!masking.on) return condition;
  const isContact = comparesContact(condition);
  const members = Object.entries(condition.value).map(([name, operand]): [string, typeof operand] => [
    name,
    isContact ? hidden : typeof operand === 'string' ? masking.text(operand) : operand,
  ]);
  return { ...condition, value: Object.fromEntries(members) };
}
