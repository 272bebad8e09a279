import type { ApiErrorName } from './apiError';

/** Something that goes wrong with a request. Make one with `fault`. */
export type Fault =
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'truncation'; readonly keep: number; readonly announced: boolean }
  | { readonly kind: 'error'; readonly error: ApiErrorName; readonly message?: string; readonly retryAfter?: string }
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string; readonly body: string; readonly retryAfter?: string }
  | { readonly kind: 'items'; readonly edit: (items: readonly ItemText[]) => readonly ItemText[] };

/** An item of the list (or the one user of `GET /users/{id}`) as JSON texts, so that no digit is lost when it is edited. */
export interface ItemText {
  /** JSON text; absent: the item is sent without an id. */
  readonly id?: string;
  readonly presence?: string;
  readonly props?: string;
  /** Further members by name, as JSON text. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Which requests a fault is for: all unless said. */
export interface FaultScope {
  /** Only the next so many matching requests. */
  readonly times?: number;
  /** Only requests whose decoded path contains the text or matches the expression. */
  readonly path?: string | RegExp;
  /** Only requests with this parameter value, e.g. `{ offset: '50' }`. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The faults switched on. */
export declare class Faults {
  /** Gives a function that switches it off again. */
  add(fault: Fault, scope?: FaultScope): () => void;
  clear(): void;
}
