import * as l10n from '@vscode/l10n';
import type { Numeral } from './conditions';
import { ExactNumber, exactNumber, type JsonValue } from './json';

/** The source of a regular expression for what may be meant as a number: `parseNumeral` says whether it is one. */
export const numberLike = String.raw`[-+]?[\d.,_'’]+(?:[eE][-+]?\d+)?`;

/** A number as people write it: with a decimal point, and its digits together or in groups of three. */
const numberGrammar = /^[-+]?(?:\d+|\d{1,3}([,_'’])\d{3}(?:\1\d{3})*)?(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * The number of a text, every digit kept; or a sentence that says what to type instead: in half of the world `1,5` is one
 * and a half and `1.000` a thousand, so what could be meant in two ways is read in one only, and told (`readAs`).
 */
export function parseNumeral(text: string): Numeral | string {
  if (!numberGrammar.test(text) || !/\d/.test(text.split(/[eE]/)[0] ?? '')) return numberProblem(text);
  const literal = text
    .replace(/[,_'’+]/g, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/^(-?)0+(?=\d)/, '$1');
  return Number.isFinite(Number(literal)) ? exactNumber(literal) : l10n.t('The number is too large.');
}

function numberProblem(text: string): string {
  const instead = /^[-+]?(?:\d+|\d{1,3}(?:[.\s'’]\d{3})+),\d+$/.test(text)
    ? // A comma before the decimals, as most of Europe writes it.
      text.replace(/[.\s'’]/g, '').replace(',', '.')
    : /^[-+]?\d+(?:[,_'’\s]\d+)+(?:\.\d+)?$/.test(text)
      ? text.replace(/[,_'’\s]/g, '')
      : undefined;
  return instead === undefined
    ? l10n.t('Type a number in the digits 0 to 9, such as 1500 or -2.5.')
    : l10n.t('“{0}” is not understood: type {1}.', text, instead.replace(/^\+/, ''));
}

/** A number without what says nothing: `1.000` is 1; everything else as it is. */
export function plainest(value: JsonValue): JsonValue {
  if (!(value instanceof ExactNumber) || !/[.eE]/.test(value.text)) return value;
  const short = String(Number(value.text));
  return short.includes('e') ? value : short;
}
