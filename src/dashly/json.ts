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

/**
 * The digits of a whole number without its sign, whatever it is written in (`42.0`, `4.2e1`); undefined for a fraction, and
 * for one of more than 40 digits.
 */
export function wholeDigits(value: number | ExactNumber): string | undefined {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(value.toString()) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (whole === '' || point < 1 || point > 40 || /[1-9]/.test(digits.slice(point))) return undefined;
  return digits.slice(0, point).padEnd(point, '0');
}

/** JSON as the service sent it. A number that a JavaScript number cannot give back digit for digit is an `ExactNumber`. */
export type JsonValue = null | boolean | number | string | ExactNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/**
 * Whether two JSON values are the same: numbers digit for digit, the order of an object's members does not matter. Keeps
 * its own stack: a hostile service's value may be nested deeper than a recursion can go.
 */
export function sameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const pairs = [one, other];
  while (pairs.length > 0) {
    const a = pairs.pop();
    const b = pairs.pop();
    if (a === b) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (a instanceof ExactNumber || b instanceof ExactNumber) {
      if (!(a instanceof ExactNumber && b instanceof ExactNumber && a.text === b.text)) return false;
    } else if (Array.isArray(a) || Array.isArray(b)) {
      if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
      for (let index = 0; index < a.length; index++) pairs.push(a[index], b[index]);
    } else {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false;
        pairs.push(a[name], b[name]);
      }
    }
  }
  return true;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
