import * as l10n from '@vscode/l10n';
import { ExactNumber } from '../dashly/json';
import type { Lead } from '../dashly/lead';
import type { Disposable } from '../leads/event';
import { foldedText } from '../leads/foldedText';
import { identifyingProperties } from '../leads/properties';
import { cleanSearch, phoneDigits } from '../leads/searchFilters';

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

/** A searched text as it is compared. */
export interface SearchNeedle {
  /** Empty where nothing is searched. */
  readonly text: string;
  /** The digits of a phone number, however it was spelled; without the 0 that is dialled within a country only. */
  readonly digits: string | undefined;
}

/**
 * What is looked for among the loaded leads: without case, as the service's `str_contains` ignores it, in one Unicode form,
 * and a phone number in any spelling.
 */
export function searchNeedle(text: string): SearchNeedle {
  const cleaned = cleanSearch(text);
  return { text: foldedText(cleaned).toLowerCase(), digits: phoneDigits(cleaned)?.replace(/^0(?=\d{7})/, '') };
}

/**
 * The text of all searched fields of a lead as it is compared, kept as long as the lead: making it for 10,000 leads at each
 * keystroke would be most of a search's time.
 */
const searchTexts = new WeakMap<Lead, string>();

function searchText(lead: Lead): string {
  let text = searchTexts.get(lead);
  if (text === undefined) {
    text = searchFields.map(({ property }) => comparedText(fieldText(lead, property))).join('\n');
    searchTexts.set(lead, text);
  }
  return text;
}

/** How long texts are made before something else may run, in ms: shorter than a frame. */
const sliceTime = 5;

/** Makes the texts of the leads in the background: the first letter of a search would wait for all of them. */
export function prepareSearch(leads: readonly Lead[]): Disposable {
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slice = (): void => {
    const end = performance.now() + sliceTime;
    for (let lead = leads[next]; lead && performance.now() < end; lead = leads[++next]) searchText(lead);
    if (next < leads.length) timer = setTimeout(slice);
  };
  timer = setTimeout(slice);
  return { dispose: () => clearTimeout(timer) };
}

/** Whether any searched field of a lead contains the text. */
export function containsText(lead: Lead, needle: SearchNeedle): boolean {
  return contains(searchText(lead), needle);
}

/**
 * The first searched field of a lead that contains the text.
 * @param needle not empty
 */
export function fieldMatch(lead: Lead, needle: SearchNeedle): FieldMatch | undefined {
  for (const { property, title } of searchFields) {
    const value = fieldText(lead, property);
    if (contains(comparedText(value), needle)) return { property, title, value };
  }
  return undefined;
}

function contains(text: string, { text: wanted, digits }: SearchNeedle): boolean {
  // Of a text that nobody sees, such as a joiner alone, nothing is left to look for.
  return (wanted !== '' && text.includes(wanted)) || (digits !== undefined && text.includes(digits));
}

/** A field as it is compared; of a phone number its digits as well. */
function comparedText(value: string): string {
  const folded = foldedText(value).toLowerCase();
  const digits = phoneDigits(folded);
  return digits === undefined || folded.includes(digits) ? folded : `${folded}\n${digits}`;
}

/** The lead's own id as the place of a match. */
export function idMatch(lead: Lead): FieldMatch {
  return { property: 'id', title: l10n.t('Lead ID'), value: lead.id };
}

/** A phone number or a User ID is often sent as a number; a list or an object is no contact and matches nothing. */
export function fieldText(lead: Lead, property: string): string {
  const value = lead.props[property];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || value instanceof ExactNumber ? value.toString() : '';
}
