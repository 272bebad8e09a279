import type { PropertyValue } from '../dashly/lead';

/** A value as it is shown: what it is, and its text in full (not shortened, not made single-line). */
export type ShownValue =
  | { readonly kind: 'unset'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: string; readonly value: boolean }
  /** `text` is in the user's zone; `utc` for hover; `time` in ms since 1970; `dateOnly` for a bare `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly text: string; readonly utc: string; readonly time: number; readonly dateOnly: boolean }
  | { readonly kind: 'list'; readonly text: string; readonly items: readonly ShownValue[] }
  /** Anything the API document does not know: shown as JSON. */
  | { readonly kind: 'json'; readonly text: string };

/** How dates are written. */
export interface DateFormat {
  /** BCP 47; English by default, as all other words of the extension. */
  readonly locale?: string;
  /** IANA name; the machine's own by default. */
  readonly timeZone?: string;
}

/** A property's value by what it is (section 5 of the API document). */
export function shownValue(_value: PropertyValue | undefined, _format: DateFormat = {}): ShownValue {
  throw new Error('not yet');
}

/** The moment a documented date string stands for (UTC without a zone suffix, a bare day, ISO with an offset), in ms since 1970. */
export function parseDate(_text: string): number | undefined {
  throw new Error('not yet');
}

/** Unix seconds, as events, notes and conversations carry them, as a shown date. */
export function shownUnixTime(_seconds: number, _format: DateFormat = {}): ShownValue {
  throw new Error('not yet');
}
