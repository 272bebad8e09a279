import { ExactNumber, stringifyJson, type JsonValue } from '../../dashly/json';

/** Also the wide forms that spreadsheets of East Asian systems take for the same signs. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const protectedStart = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A value as a cell of a CSV (RFC 4180): numbers digit for digit, lists and objects as JSON, an empty text as `""` and a
 * missing value as nothing.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"): the texts come
 * from strangers. A text that already looks so protected gets one more, so that taking one apostrophe away wherever
 * apostrophes are followed by one of `= + - @` (or their wide forms), tab, CR or LF gives back every text. Numbers are no
 * formulas: `-5` stays.
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
export function textCell(text: string): string {
  if (text === '') {
    return '""';
  }
  // Nearly all texts begin with a letter or a digit.
  const first = text.charCodeAt(0);
  const suspect = first < 0x30 || first === 0x3d || first === 0x40 || first >= 0xff00;
  const harmless = suspect && (formulaStart.test(text) || protectedStart.test(text)) ? `'${text}` : text;
  return needsQuotes(harmless) ? quoted(harmless) : harmless;
}

/** A loop, because this is asked of every text: for texts as short as these a regular expression takes twice as long. */
function needsQuotes(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x2c || code === 0x0d || code === 0x0a) {
      return true;
    }
  }
  return false;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
