/**
 * The language of the extension's words, numbers and dates. It is VS Code's language where there are texts of ours in it
 * (`l10n/`), else English: half a sentence in another language helps nobody.
 */
import * as l10n from '@vscode/l10n';

let spoken = 'en';
let numbers: Intl.NumberFormat | undefined;
let plurals: Intl.PluralRules | undefined;

/**
 * Sets the language, before the first text is asked for: texts that stand in tables are made once.
 * @param tag BCP 47, as VS Code gives it
 * @param texts the English texts with those of this language (`l10n/bundle.l10n.*.json`); undefined where there are none
 */
export function speak(tag: string, texts: l10n.l10nJsonFormat | undefined): void {
  l10n.config({ contents: texts ?? {} });
  spoken = texts ? tag : 'en';
  numbers = plurals = undefined;
}

/** The language that is spoken, as BCP 47: for `Intl`, and for `lang` of a page. */
export function language(): string {
  return spoken;
}

/**
 * A number with its digits in groups: `12,345`. The formatter is made at the first number: making it takes 11 ms, which
 * activation must not pay.
 */
export function grouped(number: number): string {
  numbers ??= new Intl.NumberFormat(spoken);
  return numbers.format(number);
}

/** The longest number whose digits are grouped, in characters: nobody counts those of a longer one. */
const longestGrouped = 40;

/**
 * A number's own text with its digits in groups, so that none is lost: `12,345.5`. Four digits stay as they are, because
 * many of them are years; so does what has an exponent.
 */
export function groupedDigits(number: string): string {
  if (number.length > longestGrouped || !/^-?\d{5,}(\.\d+)?$/.test(number)) return number;
  const [whole = '', fraction] = number.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, separator('group'));
  return fraction === undefined ? digits : `${digits}${separator('decimal')}${fraction}`;
}

function separator(type: 'group' | 'decimal'): string {
  numbers ??= new Intl.NumberFormat(spoken);
  return numbers.formatToParts(12_345.5).find((part) => part.type === type)?.value ?? '';
}

/** The categories that may have a form of their own, in the order of the forms; every other number takes the last form. */
const categories: readonly Intl.LDMLPluralRule[] = ['one', 'few'];

/**
 * A text that goes with a number: `1 lead`, `12,345 leads`.
 * @param forms a text of `l10n.t` with the forms of the language between bars, `{0}` for the number and `{1}` … for the rest:
 *   `{0} lead|{0} leads`; in Russian `{0} лид|{0} лида|{0} лидов` (https://cldr.unicode.org/index/cldr-spec/plural-rules)
 */
export function plural(number: number, forms: string, ...rest: readonly string[]): string {
  plurals ??= new Intl.PluralRules(spoken);
  const all = forms.split('|');
  const form = all[categories.indexOf(plurals.select(number))] ?? all.at(-1) ?? '';
  const values = [grouped(number), ...rest];
  return form.replace(/\{(\d)\}/g, (place, index: string) => values[Number(index)] ?? place);
}

/** `150 of 12,345`. */
export function ofTotal({ loaded, total }: { readonly loaded: number; readonly total: number | undefined }): string {
  return total === undefined ? grouped(loaded) : l10n.t('{0} of {1}', grouped(loaded), grouped(total));
}
