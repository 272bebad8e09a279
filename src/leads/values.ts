import { ExactNumber, stringifyJson } from '../dashly/json';
import type { PropertyValue } from '../dashly/lead';
import { contactKind } from './properties';
import { type DateFormat, type ShownDate, shownTime } from './dates';

/** A value as it is shown: what it is, and its text in full (not shortened, not made single-line). */
export type ShownValue =
  | { readonly kind: 'unset'; readonly text: '' }
  | { readonly kind: 'text'; readonly text: string }
  /** Digit for digit as sent. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'true' | 'false'; readonly value: boolean }
  | ShownDate
  | { readonly kind: 'list'; readonly text: string; readonly items: readonly ShownValue[] }
  /** Anything API.md does not know, as JSON. */
  | { readonly kind: 'json'; readonly text: string };

/**
 * A value by what it is. The service sends no types: a string in one of the documented forms of a date (section 5 of
 * API.md) is a date.
 */
export function shownValue(value: PropertyValue | undefined, format: DateFormat = {}): ShownValue {
  if (value === undefined || value === null) {
    return { kind: 'unset', text: '' };
  }
  if (typeof value === 'string') {
    return shownTime(value, format) ?? text(value);
  }
  if (typeof value === 'boolean') {
    return { kind: 'boolean', text: value ? 'true' : 'false', value };
  }
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return { kind: 'number', text: stringifyJson(value) };
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => shownValue(item, format));
    return { kind: 'list', text: items.map((item) => item.text).join(', '), items };
  }
  return { kind: 'json', text: stringifyJson(value) };
}

/** A property's value by what it is: as `shownValue`, but a contact is text even when it looks like a date. */
export function shownProperty(name: string, value: PropertyValue | undefined, format: DateFormat = {}): ShownValue {
  return typeof value === 'string' && contactKind(name) ? text(value) : shownValue(value, format);
}

function text(value: string): ShownValue {
  return { kind: 'text', text: value };
}
