import { ExactNumber } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import { identifyingProperties } from '../leads/properties';

/** The properties a search looks in, in the order a match is told. */
const searchFields = identifyingProperties.map(({ name, title }) => ({ property: name, title }));

/** Where in a lead the searched text stands. */
export interface FieldMatch {
  /** The property, or `id` for the lead's own id. */
  readonly property: string;
  /** The field in words. */
  readonly title: string;
  /** The field's whole value, as text. */
  readonly value: string;
}

/** A searched text as it is compared: without outer space and case, as the service's `str_contains` ignores case. */
export function searchNeedle(text: string): string {
  return text.trim().toLowerCase();
}

/** The id a text stands for, if it is a number: ids are 64-bit, so at most 20 digits. */
export function searchedId(text: string): string | undefined {
  const trimmed = text.trim();
  return /^[0-9]{1,20}$/.test(trimmed) ? trimmed : undefined;
}

/**
 * The lower-case text of all searched fields of a lead, kept as long as the lead: making it for 10,000 leads at each
 * keystroke would be most of a search's time.
 */
const searchTexts = new WeakMap<Lead, string>();

/** Whether any searched field of a lead contains the text. @param needle from `searchNeedle` */
export function containsText(lead: Lead, needle: string): boolean {
  let text = searchTexts.get(lead);
  if (text === undefined) {
    text = searchFields
      .map(({ property }) => fieldText(lead, property))
      .join('\n')
      .toLowerCase();
    searchTexts.set(lead, text);
  }
  return text.includes(needle);
}

/**
 * The first searched field of a lead that contains the text.
 * @param needle from `searchNeedle`; not empty
 */
export function fieldMatch(lead: Lead, needle: string): FieldMatch | undefined {
  for (const { property, title } of searchFields) {
    const value = fieldText(lead, property);
    if (value.toLowerCase().includes(needle)) return { property, title, value };
  }
  return undefined;
}

/** The lead's own id as the place of a match. */
export function idMatch(lead: Lead): FieldMatch {
  return { property: 'id', title: 'Lead ID', value: lead.id };
}

/** A phone number or a User ID is often sent as a number; a list or an object is no contact and matches nothing. */
function fieldText(lead: Lead, property: string): string {
  const value = lead.props[property];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || value instanceof ExactNumber ? value.toString() : '';
}
