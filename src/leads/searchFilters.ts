import { percentDecoded } from '../dashly/address';
import { filtersJson } from '../dashly/filterJson';
import { sameJson } from '../dashly/json';
import type { Condition, Filters } from '../dashly/lead';
import { identifyingProperties } from './properties';

/**
 * What shows nothing and comes along when text is copied: direction marks and isolates, blanks and hyphens of no width. What
 * belongs to the writing stays, as the service compares text as it stands: joiners, and selectors of a variant.
 */
const unseen = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/**
 * What is looked for when a person types or pastes this text: an address without what stands around it where it was copied
 * (`mailto:…?subject=…`, `tel:…`, `Anna <anna@example.com>`), nothing that cannot be seen, composed characters (Unicode's
 * form NFC), no outer space. Cleaned again it stays the same.
 */
export function cleanSearch(text: string): string {
  const line = text.replace(unseen, '').normalize('NFC').trim();
  const enclosed = /<([^<>\s]*[@\d][^<>\s]*)>[\s,;]*$/.exec(line)?.[1] ?? line;
  const linked = /^(?:mailto|tel):([^?]*)/i.exec(enclosed)?.[1] ?? enclosed;
  return (linked === enclosed ? linked : percentDecoded(linked)).trim();
}

/** Shorter, digits say nothing: they stand in half of all phone numbers. */
const fewestDigits = 5;

/**
 * The digits of a text that can only be a phone number, or a part of one, however it is spelled; without what people of its
 * country leave out or write in another way (`+7`, `8`, `00`).
 * @param text cleaned
 */
export function phoneDigits(text: string): string | undefined {
  if (!/^[+(]?[\d\s().\-\u2010-\u2015/]*$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  if (digits.length < fewestDigits) return undefined;
  return /^[78]\d{10}$/.test(digits) ? digits.slice(1) : digits;
}

/**
 * The forms in which the service may hold what is looked for, as `str_contains` compares text as it stands (API.md,
 * section 4): the text itself first; a phone number also as digits alone and in the usual groups, anything else also with
 * its characters decomposed (NFD), which is how file names and some keyboards give them.
 */
function searchForms(text: string): { readonly anywhere: readonly string[]; readonly phone: readonly string[] } {
  const decomposed = text.normalize('NFD');
  const digits = phoneDigits(text);
  const phone = digits === undefined ? [] : [digits, ...groupedDigits(digits)];
  return {
    anywhere: decomposed === text ? [text] : [text, decomposed],
    phone: phone.filter((form) => form !== text),
  };
}

/** A number of ten digits as it is written in Russia and in North America. */
function groupedDigits(digits: string): string[] {
  const [, area, exchange, one, two] = /^(\d{3})(\d{3})(\d\d)(\d\d)$/.exec(digits) ?? [];
  if (area === undefined) return [];
  return [
    `${area}) ${exchange}-${one}-${two}`,
    `${area} ${exchange}-${one}-${two}`,
    `${area}-${exchange}-${one}-${two}`,
    `${area} ${exchange} ${one} ${two}`,
    `${area}) ${exchange}-${one}${two}`,
    `${area}-${exchange}-${one}${two}`,
  ];
}

/** The conditions of a search, of which one has to hold: the text as it is in each of the properties that are searched. */
export function searchConditions(text: string): Condition[] {
  const value = cleanSearch(text);
  return identifyingProperties.map(({ name }) => contains(name, value));
}

/**
 * The filter of a search: the text, in any form it may be stored in, in any of the searched properties. API.md, section 4,
 * has no free-text parameter, so this is the only way.
 */
export function searchFilters(text: string): Filters {
  const { anywhere, phone } = searchForms(cleanSearch(text));
  return {
    type: 'or',
    filters: [
      ...anywhere.flatMap((form) => identifyingProperties.map(({ name }) => contains(name, form))),
      ...phone.map((form) => contains('$phone', form)),
    ],
  };
}

function contains(property: string, text: string): Condition {
  return { type: 'str_contains', property_name: property, value: { value: text } };
}

/** What was searched for, where filters are those of a search; undefined where they are not. */
export function searchedText(filters: Filters): string | undefined {
  const text = filters.filters[0]?.value.value;
  return typeof text === 'string' && sameJson(filtersJson(filters), filtersJson(searchFilters(text)))
    ? text
    : undefined;
}
