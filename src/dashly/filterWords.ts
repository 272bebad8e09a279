import { conditionTypeFacts, isConditionType, type OperandKind } from './conditionTypes';
import type { JsonObject, JsonValue } from './json';
import { stringifyJson } from './json';
import type { Condition, Filters } from './lead';

/** How a property is called where a person reads. */
export type PropertyTitle = (name: string) => string;

const asItIs: PropertyTitle = (name) => name;

/**
 * A condition as a sentence without a full stop: `Sessions is more than 5`. Plain text: what is compared with may be
 * anything that somebody typed.
 */
export function describeCondition({ type, property_name, value }: Condition, title = asItIs): string {
  if (!isConditionType(type)) return `${title(property_name)}: ${type} ${stringifyJson(value)}`;
  const { words, operand } = conditionTypeFacts(type);
  // A function, because in a text `$&` would have a meaning.
  return `${title(property_name)} ${words.replace('{}', () => describeOperand(operand, value))}`;
}

/** Filters as a sentence; “All leads” for none. */
export function describeFilters(filters: Filters | undefined, title = asItIs): string {
  if (!filters || filters.filters.length === 0) return 'All leads';
  return filters.filters.map((one) => describeCondition(one, title)).join(filters.type === 'and' ? ' and ' : ' or ');
}

function describeOperand(kind: OperandKind, value: JsonObject): string {
  switch (kind) {
    case 'none':
      return '';
    case 'number':
      return plain(value.value);
    case 'text':
      return `“${plain(value.value)}”`;
    case 'range':
      return `${plain(value.value1)} to ${plain(value.value2)}`;
    case 'date':
      return plain(value.date);
    case 'age': {
      const unit = plain(value.unit ?? 'days');
      const count = plain(value.value);
      return `${count} ${count === '1' ? unit.replace(/s$/, '') : unit}`;
    }
  }
}

function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : stringifyJson(value ?? null);
}
