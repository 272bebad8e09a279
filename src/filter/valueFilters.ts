import { condition, filtersOf, type TypedCondition, type TypedFilters } from '../dashly/filters';
import { ExactNumber } from '../dashly/exactNumber';
import type { PropertyValue } from '../dashly/lead';
import { shownProperty } from '../leads/propertyValue';

const dayLength = 86_400_000;

/**
 * Filters for the leads that have the same value of a property: a number equal to it, the same text, the same boolean, a
 * list with all of its texts, a date on the same day in UTC, or no value either.
 * @returns undefined for values that the service has no condition for (section 4 of the API document)
 */
export function valueFilters(property: string, value: PropertyValue | undefined): TypedFilters | undefined {
  const conditions = valueConditions(property, value);
  return conditions.length > 0 ? filtersOf('and', conditions) : undefined;
}

function valueConditions(property: string, value: PropertyValue | undefined): TypedCondition[] {
  const shown = shownProperty(property, value);
  if (shown.kind === 'unset') return [condition.none('unknown', property)];
  if (typeof value === 'number' || value instanceof ExactNumber) return [condition.number('eq', property, value)];
  if (shown.kind === 'boolean') {
    // “Is not true” holds for leads without the property too (section 6).
    return shown.value
      ? [condition.none('bool_true', property)]
      : [condition.none('bool_false', property), condition.none('known', property)];
  }
  if (shown.kind === 'date') {
    // The client moves both bounds outwards to whole minutes: midnight itself is among them.
    return [
      condition.date('after', property, isoDay(shown.time)),
      condition.date('before', property, isoDay(shown.time + dayLength)),
    ];
  }
  if (typeof value === 'string') return [condition.text('str_eq', property, value)];
  if (!Array.isArray(value)) return [];
  const texts = value.filter((item) => typeof item === 'string');
  return texts.length === value.length ? texts.map((text) => condition.text('lcontains', property, text)) : [];
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
