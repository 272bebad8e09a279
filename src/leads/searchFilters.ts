import { percentDecoded } from '../dashly/address';
import { filtersJson } from '../dashly/filterJson';
import { sameJson } from '../dashly/json';
import type { Condition, Filters } from '../dashly/lead';
import { asciiDigits } from './foldedText';
import { identifyingProperties } from './properties';

/**
 * What shows nothing and comes along when text is copied: direction marks and isolates, blanks and hyphens of no width. What
 * belongs to the writing stays, as the service compares text as it stands: joiners, and selectors of a variant.
 */
const unseen = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/**
 * What is looked for when a person types or pastes this text: an address without what stands around it where it was copied
 * (`mailto:…?subject=…`, `tel:…;ext=5`, `Anna <anna@example.com>`), nothing that cannot be seen, composed characters (Unicode's
 * form NFC), no outer space. Cleaned again it stays the same.
 */
export function cleanSearch(text: string): string {
  const line = text.replace(unseen, '').normalize('NFC').trim();
  const inBrackets = /<([^<>\s]*)>[\s,;]*$/.exec(line)?.[1] ?? '';
  const enclosed = /[@\d]/.test(inBrackets) ? inBrackets : line;
  const [, mail, phone] = /^(?:mailto:([^?]*)|tel:([^?;]*))/i.exec(enclosed) ?? [];
  const linked = mail ?? phone;
  return (linked === undefined ? enclosed : percentDecoded(linked)).trim();
}

/** Shorter, digits say nothing: they stand in half of all phone numbers. */
const fewestDigits = 5;

/** Longer, a text is no phone number, whatever stands between its digits. */
const longestPhone = 64;

/** What leads on from a phone number within a firm: `доб. 5`, `ext. 5`, `;ext=5`, `x5`, `#5`. */
const extension = /[\s,;]*(?:доб(?:авочный)?|вн(?:утр)?|ext(?:ension)?|[xх#])[.:=]?\s*\d{1,7}$/i;

/**
 * The digits of a text that can only be a phone number, or a part of one, however it is spelled; without what people of its
 * country leave out or write in another way (`+7`, `8`, `00`, `810`, a `(0)` behind the country's code, an extension).
 * @param text cleaned
 * @returns digits of ASCII
 */
export function phoneDigits(text: string): string | undefined {
  if (text.length > longestPhone || /^\p{L}/u.test(text)) return undefined;
  const number = asciiDigits(text.normalize('NFKC'))
    .replace(/^[[({<]\s*(.*?)\s*[\])}>]$/, '$1')
    .replace(extension, '')
    .replace(/^(\+|00)\s*(\d{1,3})[\s.-]*\(0\)/, '$1$2');
  if (!/^[+(]?[\d\s().\-\u2010-\u2015\u2212/]*$/.test(number)) return undefined;
  const digits = number.replace(/\D/g, '').replace(/^(?:00|810(?=\d{10}))/, '');
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
  const [first] = filters.filters;
  if (filters.type !== 'or' || first?.type !== 'str_contains') return undefined;
  const text = first.value.value;
  return typeof text === 'string' && sameJson(filtersJson(filters), filtersJson(searchFilters(text)))
    ? text
    : undefined;
}
