import { conditionTypeFacts, filtersOf, isConditionType, type TypedCondition, type TypedFilters } from './conditions';
import { decodeId, decodeText } from './decode';
import { parseFilters } from './filterJson';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import { JsonSyntaxError, parseJson } from './jsonReader';
import { stringifyJson } from './jsonWriter';
import type { Filters } from './lead';

/** A segment as it comes with a lead (API.md, section 5). */
export interface Segment {
  /** Empty where none was sent. */
  readonly id: string;
  /** May be empty. */
  readonly name: string;
  /** As they are stored, as JSON text; undefined where they were not sent. */
  readonly filters: string | undefined;
}

/** What the stored filters of a segment ask the list for. */
export interface SegmentFilters {
  /** The conditions that can be asked for. */
  readonly filters: TypedFilters;
  /** Those that cannot, as they are stored: without them the list holds other leads than the segment. */
  readonly unknown: readonly JsonValue[];
}

/** Reads one item of `segments`; undefined for what is no segment. */
export function decodeSegment(item: JsonValue): Segment | undefined {
  if (!isJsonObject(item)) return undefined;
  const { name, filters = null } = item;
  const text = typeof filters === 'string' ? filters : filters === null ? undefined : stringifyJson(filters);
  return { id: decodeId(item.id) ?? '', name: decodeText(name) ?? '', filters: text };
}

/**
 * Reads the stored filters of a segment (API.md, section 4): a list of conditions, or `and` / `or` around one; conditions with
 * a `cls` that says nothing, numbers as text, a time ago without its unit, and `value` as JSON text or empty. A condition
 * that the documentation does not have, or with members it does not have, is unknown.
 * @returns undefined for what is no filters at all
 */
export function readSegmentFilters({ filters: text }: Segment): SegmentFilters | undefined {
  const json = text === undefined ? undefined : parsedText(text);
  const type = isJsonObject(json) ? json.type : 'and';
  const list = isJsonObject(json) ? json.filters : json;
  if (!Array.isArray(list) || (type !== 'and' && type !== 'or')) return undefined;
  const conditions: TypedCondition[] = [];
  const unknown: JsonValue[] = [];
  for (const item of list.flatMap((each) => membersOf(each, type))) {
    const condition = readCondition(item);
    if (condition) conditions.push(condition);
    else unknown.push(item);
  }
  return { filters: filtersOf(type, conditions), unknown };
}

/** A group inside a group of the same kind, or a group of one, is the same as its members beside the others. */
function membersOf(item: JsonValue, type: Filters['type']): readonly JsonValue[] {
  if (!isJsonObject(item) || !Array.isArray(item.filters)) return [item];
  const { filters, type: inner, ...others } = item;
  const isSame = inner === type || ((inner === 'and' || inner === 'or') && filters.length === 1);
  return isSame && filters.length > 0 && hasOnly(others, 'cls') ? filters : [item];
}

function readCondition(item: JsonValue): TypedCondition | undefined {
  if (!isJsonObject(item) || !hasOnly(item, 'type', 'property_name', 'value', 'cls')) return undefined;
  const { type, property_name, value = {} } = item;
  // Conditions on absolute dates are this client's own: what the service would mean by one is not known.
  if (typeof type !== 'string' || !isConditionType(type) || conditionTypeFacts(type).operand === 'date') {
    return undefined;
  }
  // A text that is no JSON stays one, which is no operand.
  const operand = typeof value === 'string' ? (value.trim() === '' ? {} : (parsedText(value) ?? value)) : value;
  return parseFilters([{ type, property_name: property_name ?? null, value: operand }]).filters?.filters[0];
}

function hasOnly(object: JsonObject, ...names: readonly string[]): boolean {
  return Object.keys(object).every((name) => names.includes(name));
}

/** Undefined for a text that is not JSON. */
function parsedText(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
