let written = 0;

/** A number literal kept as its text, because a JavaScript number would not be written with the same digits. */
export class ExactNumber {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  /**
   * What `JSON.stringify` makes of it, for those who cannot use `stringifyJson` (messages to a webview): a string, so that
   * no digit is lost.
   */
  toJSON(): string {
    written++;
    return this.text;
  }
}

/**
 * How many exact numbers `JSON.stringify` has met so far: `stringifyJson` learns by it whether the fast way was exact,
 * without looking through the value beforehand.
 */
export function exactNumbersWritten(): number {
  return written;
}

/** Whether a JavaScript number gives a number literal back digit for digit. */
export function survives(literal: string): boolean {
  return String(Number(literal)) === literal;
}

/** The number of a literal. */
export function exactNumber(literal: string): number | ExactNumber {
  return survives(literal) ? Number(literal) : new ExactNumber(literal);
}
