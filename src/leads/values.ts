import { ExactNumber } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';
import type { PropertyValue } from '../dashly/lead';
import { parseDate, type ParsedDate } from '../dashly/dates';
import { type DateFormat, dateText } from './dates';
import { contactKind } from './properties';

/** A value by what it is: data, of which `valueText` makes text. Texts are in full, not shortened, not on one line. */
export type TypedValue =
  | { readonly kind: 'unset' }
  | { readonly kind: 'text'; readonly text: string }
  /** Digit for digit as sent. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | ({ readonly kind: 'date' } & ParsedDate)
  | { readonly kind: 'list'; readonly items: readonly TypedValue[] }
  /** Anything API.md does not know, and what is nested too deep, as JSON. */
  | { readonly kind: 'json'; readonly text: string };

/** How many lists inside each other are told as lists: no recursion goes as deep as a hostile value may. */
const deepestList = 64;

/**
 * A value by what it is. The service sends no types: a string in one of the documented forms of a date (section 5 of
 * API.md) is a date.
 * @param depth how many lists it is inside of
 */
export function typedValue(value: PropertyValue | undefined, depth = 0): TypedValue {
  if (value === undefined || value === null) {
    return { kind: 'unset' };
  }
  if (typeof value === 'string') {
    const date = parseDate(value);
    return date ? { kind: 'date', ...date } : { kind: 'text', text: value };
  }
  if (typeof value === 'boolean') {
    return { kind: 'boolean', value };
  }
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return { kind: 'number', text: stringifyJson(value) };
  }
  if (Array.isArray(value) && depth < deepestList) {
    return { kind: 'list', items: value.map((item) => typedValue(item, depth + 1)) };
  }
  return { kind: 'json', text: stringifyJson(value) };
}

/** A property's value by what it is: as `typedValue`, but a contact is text even when it looks like a date. */
export function typedProperty(name: string, value: PropertyValue | undefined): TypedValue {
  return typeof value === 'string' && contactKind(name) ? { kind: 'text', text: value } : typedValue(value);
}

/** A value in words; empty when it is not set. */
export function valueText(value: TypedValue, format: DateFormat = {}): string {
  switch (value.kind) {
    case 'unset':
      return '';
    case 'boolean':
      return String(value.value);
    case 'date':
      return dateText(value, format);
    case 'list':
      return value.items.map((item) => valueText(item, format)).join(', ');
    default:
      return value.text;
  }
}

/** Whether a value says anything: an empty text does not. */
export function isSaid(value: PropertyValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}
