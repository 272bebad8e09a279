import { condition, filtersOf, negate, type TypedCondition, type TypedFilters } from '../dashly/conditions';
import { day, parsePropertyDate } from '../dashly/dates';
import { filtersJson, parseFilters } from '../dashly/filterJson';
import { ExactNumber, type JsonValue, sameJson } from '../dashly/json';
import type { Filters, LeadsQuery, PropertyValue } from '../dashly/lead';
import { typedProperty } from '../leads/values';

/** A filter while it is built by hand. It never changes: every operation gives another draft. */
export class FilterDraft {
  private constructor(
    /** Whether a lead must satisfy all of the conditions or any of them. */
    readonly type: Filters['type'],
    readonly conditions: readonly TypedCondition[],
    /** Only leads with one of these presences are shown, of those that are loaded; undefined: all of them. */
    readonly presence: readonly string[] | undefined,
  ) {}

  /**
   * What a query filters by.
   * @throws Error when its filters are none that the service knows
   */
  static of({ filters, presence }: LeadsQuery): FilterDraft {
    if (!filters) return new FilterDraft('and', [], presence);
    const parsed = parseFilters(filtersJson(filters));
    if (!parsed.filters) throw new Error(parsed.problems[0]?.message);
    return new FilterDraft(parsed.filters.type, parsed.filters.filters, presence);
  }

  /** As the service is asked; undefined without conditions. */
  get filters(): TypedFilters | undefined {
    return this.conditions.length > 0 ? filtersOf(this.type, this.conditions) : undefined;
  }

  get isEmpty(): boolean {
    return this.conditions.length === 0 && this.presence === undefined;
  }

  withType(type: Filters['type']): FilterDraft {
    return new FilterDraft(type, this.conditions, this.presence);
  }

  withPresence(presence: readonly string[] | undefined): FilterDraft {
    return new FilterDraft(this.type, this.conditions, presence && presence.length > 0 ? presence : undefined);
  }

  /** With a condition at a place from 0: in place of the one that is there, or behind the last. */
  with(place: number, condition: TypedCondition): FilterDraft {
    return this.withConditions(
      place < this.conditions.length ? this.conditions.with(place, condition) : [...this.conditions, condition],
    );
  }

  without(place: number): FilterDraft {
    return this.withConditions(this.conditions.filter((_, other) => other !== place));
  }

  /** With the condition's exact negation in its place; itself where the service has none. */
  negated(place: number): FilterDraft {
    const condition = this.conditions[place];
    const negation = condition && negate(condition);
    return negation ? this.with(place, negation) : this;
  }

  cleared(): FilterDraft {
    return new FilterDraft(this.type, [], undefined);
  }

  /** The query filtered by this; its order stays. */
  appliedTo({ sortProp, sortOrder }: LeadsQuery): LeadsQuery {
    return { filters: this.filters, sortProp, sortOrder, presence: this.presence };
  }

  /** Whether another draft filters by the same. */
  equals(other: FilterDraft): boolean {
    return sameJson(draftJson(this), draftJson(other));
  }

  private withConditions(conditions: readonly TypedCondition[]): FilterDraft {
    return new FilterDraft(this.type, conditions, this.presence);
  }
}

function draftJson({ filters, presence }: FilterDraft): JsonValue {
  return [filters ? filtersJson(filters) : null, presence ? [...presence].sort() : null];
}

/**
 * Filters for the leads that have the same value of a property: a number equal to it, the same text, the same boolean, a
 * list with all of its texts, a date on the same day in UTC, or no value either.
 * @param now ms since 1970
 * @returns undefined for values that the service has no condition for (API.md, section 4), such as a day that is still to come
 */
export function valueFilters(
  property: string,
  value: PropertyValue | undefined,
  now = Date.now(),
): TypedFilters | undefined {
  const conditions = valueConditions(property, value, now);
  return conditions.length > 0 ? filtersOf('and', conditions) : undefined;
}

function valueConditions(property: string, value: PropertyValue | undefined, now: number): TypedCondition[] {
  const typed = typedProperty(property, value);
  if (typed.kind === 'unset') return [condition.none('unknown', property)];
  if (typeof value === 'number' || value instanceof ExactNumber) return [condition.number('eq', property, value)];
  if (typed.kind === 'boolean') {
    // “Is not true” holds for leads without the property too (API.md, section 6).
    return typed.value
      ? [condition.none('bool_true', property)]
      : [condition.none('bool_false', property), condition.none('known', property)];
  }
  const date = typed.kind === 'date' && typeof value === 'string' ? parsePropertyDate(value) : undefined;
  if (date) {
    const midnight = Math.floor(date.time / day) * day;
    if (midnight > now) return [];
    // The client moves both bounds outwards to whole minutes: midnight itself is among them.
    return [
      condition.date('after', property, isoDay(midnight)),
      condition.date('before', property, isoDay(midnight + day)),
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
