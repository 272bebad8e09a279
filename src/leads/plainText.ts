/** The longest text of a label, a description or a value in a row, in characters. */
export const maxLabelLength = 200;

/**
 * Text of strangers made fit for one line: line breaks, control characters, invisible characters and changes of the
 * writing direction become visible escapes or spaces, and what is longer than `maxLength` is cut with an ellipsis.
 */
export function singleLine(_text: string, _maxLength = maxLabelLength): string {
  throw new Error('not yet');
}
