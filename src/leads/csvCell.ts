import { ExactNumber, type JsonValue } from '../dashly/json';
import { stringifyJson } from '../dashly/jsonWriter';

/** What spreadsheets skip at the start of a cell, or leave out altogether: blanks, controls, what shows nothing. */
const skipped = String.raw`[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
/** With these a formula begins; in their wide and small forms too, which systems of East Asia take for the same signs. */
const signs = String.raw`[=+\-@|%\u2212\ufe62\ufe63\ufe66\ufe6a\ufe6b\uff05\uff0b\uff0d\uff1d\uff20\uff5c]`;
const start = String.raw`(?:${skipped}${signs}|[\t\r\n])`;
const guarded = new RegExp(`^'*${start}`, 'u');

/**
 * A value as a cell of a CSV (RFC 4180): numbers digit for digit, lists and objects as JSON, an empty text as `""` and a
 * missing value as nothing.
 *
 * A text that a spreadsheet could run as a formula gets an apostrophe before it (OWASP, "CSV Injection"): the texts come
 * from strangers. A text that already looks so guarded gets one more, so that taking one apostrophe away wherever `'` and
 * the start of a formula follow gives back every text. Numbers are no formulas: `-5` stays. U+0000, which ends a text for
 * many programs and which others leave out, becomes U+FFFD.
 */
export function csvCell(value: JsonValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return textCell(value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) {
        return '';
      }
      return value instanceof ExactNumber ? value.text : quoted(stringifyJson(value));
    default:
      return '';
  }
}

/** A text as a cell: see `csvCell`. Names of properties come from strangers too. */
export function textCell(given: string): string {
  if (given === '') {
    return '""';
  }
  const whole = given.includes('\0') ? given.replaceAll('\0', '\ufffd') : given;
  // Nearly all texts begin with a letter or a digit of ASCII.
  const harmless = !beginsPlainly(whole) && guarded.test(whole) ? `'${whole}` : whole;
  return needsQuotes(harmless) ? quoted(harmless) : harmless;
}

function beginsPlainly(cell: string): boolean {
  const code = cell.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/**
 * Whether there is anything in it that a spreadsheet could take for the end of a cell or a row, whatever separates here. A
 * loop, because this is asked of every text: for texts as short as these a regular expression takes twice as long.
 */
function needsQuotes(cell: string): boolean {
  for (let at = 0; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code === 0x22 || code === 0x2c || code === 0x3b || code === 0x09 || code === 0x0d || code === 0x0a) {
      return true;
    }
  }
  return false;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
