import type { ApiErrorName } from './apiError';

/** An item of the list (or the one user of `GET /users/{id}`) as JSON texts, so that no digit is lost when it is edited. */
export interface ItemText {
  /** JSON text; absent: the item is sent without an id. */
  readonly id?: string;
  readonly presence?: string;
  readonly props?: string;
  /** Further members by name, as JSON text. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Something that goes wrong with a request. Made by `fault`. */
export type Fault =
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'truncation'; readonly keep: number; readonly announced: boolean }
  | {
      readonly kind: 'error';
      readonly error: ApiErrorName;
      readonly message?: string;
      readonly fields?: Readonly<Record<string, readonly string[]>>;
      readonly retryAfter?: string;
    }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly retryAfter?: string;
    }
  | { readonly kind: 'items'; readonly edit: (items: readonly ItemText[]) => readonly ItemText[] };

const everyItem = (change: (item: ItemText) => ItemText, from = 0): Fault => ({
  kind: 'items',
  edit: (items) => items.map((item, index) => (index === from || from < 0 ? change(item) : item)),
});

/** What can go wrong. Those about items spoil the first item only, so that the others can be seen to survive. */
export const fault = {
  /** Answers so many milliseconds later; over at once when the client has gone. */
  delay: (milliseconds: number): Fault => ({ kind: 'delay', milliseconds }),
  /** Never answers. */
  silence: (): Fault => ({ kind: 'silence' }),
  /** The connection is reset without an answer. */
  reset: (): Fault => ({ kind: 'reset' }),
  /**
   * Sends only this share (0 to 1) of the body. Announced: the length says that there is more and the connection is cut;
   * otherwise the answer looks complete to HTTP.
   */
  truncation: (keep = 0.5, announced = true): Fault => ({ kind: 'truncation', keep, announced }),
  /** An error of the table (section 3 of API.md). */
  error: (error: ApiErrorName, message?: string, fields?: Readonly<Record<string, readonly string[]>>): Fault => ({
    kind: 'error',
    error,
    message,
    fields,
  }),
  /** 429; without `Retry-After`, or with it in seconds or as a date. Nothing says which the service sends (section 6). */
  tooManyRequests: (retryAfter?: number | Date): Fault => ({
    kind: 'error',
    error: 'TooManyRequests',
    message: 'Request limit exceeded',
    retryAfter: retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter?.toString(),
  }),
  /** What a proxy or gateway on the way answers. */
  html: (status: number, retryAfter?: number): Fault => ({
    kind: 'answer',
    status,
    contentType: 'text/html; charset=utf-8',
    body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`,
    retryAfter: retryAfter?.toString(),
  }),
  /** Any answer. */
  answer: (body: string, status = 200, contentType = 'application/json'): Fault => ({
    kind: 'answer',
    status,
    contentType,
    body,
  }),
  /** JSON of the right kind with more bytes than these. */
  tooLarge: (bytes = 16 * 1024 * 1024): Fault => ({
    kind: 'answer',
    status: 200,
    contentType: 'application/json',
    body: `{"meta":{"status":200},"data":{"total":0,"users":[],"padding":"${'x'.repeat(bytes)}"}}`,
  }),
  /** HTTP says 200, `meta.status` does not. */
  hiddenError: (status = 500, error = 'Error500'): Fault => ({
    kind: 'answer',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ meta: { status, error, error_message: 'Something went wrong' }, data: {} }),
  }),
  /** The last row comes again as the first. */
  duplicateRows: (): Fault => ({
    kind: 'items',
    edit: (items) => [...items.slice(-1), ...items.slice(0, -1), ...items.slice(-1)],
  }),
  withoutId: (): Fault => everyItem(({ id: _, ...rest }) => rest),
  nullProps: (): Fault => everyItem((item) => ({ ...item, props: 'null' })),
  withoutProps: (): Fault => everyItem(({ props: _, ...rest }) => rest),
  unknownPresence: (presence = 'away'): Fault => everyItem((item) => ({ ...item, presence: JSON.stringify(presence) })),
  unknownFields: (): Fault =>
    everyItem((item) => ({ ...item, more: { ...item.more, novelty: '{"since":[2030,null]}', score: '1.5' } }), -1),
  /** An item that is not even an object. */
  items: (edit: (items: readonly ItemText[]) => readonly ItemText[]): Fault => ({ kind: 'items', edit }),
};

/** Which requests a fault is for: all unless said. */
export interface FaultScope {
  /** Only the next so many matching requests. */
  readonly times?: number;
  /** Only requests whose decoded path contains the text or matches the expression. */
  readonly path?: string | RegExp;
  /** Only requests with these parameter values, e.g. `{ offset: '50' }`. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The faults switched on. */
export class Faults {
  private entries: { readonly fault: Fault; readonly scope: FaultScope; left: number }[] = [];

  /** Gives a function that switches it off again. */
  add(fault: Fault, scope: FaultScope = {}): () => void {
    const entry = { fault, scope, left: scope.times ?? Infinity };
    this.entries.push(entry);
    return () => {
      this.entries = this.entries.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.entries = [];
  }

  /** The faults for a request, in the order in which they were switched on; each use counts. */
  take(path: string, params: URLSearchParams): Fault[] {
    const matching = this.entries.filter(({ scope }) => {
      const onPath = typeof scope.path === 'string' ? path.includes(scope.path) : (scope.path?.test(path) ?? true);
      return onPath && Object.entries(scope.params ?? {}).every(([name, value]) => params.get(name) === value);
    });
    // Of several answers to one request only one can be given: the first, and only that one is used up.
    const answers = matching.filter(({ fault }) => ['silence', 'reset', 'error', 'answer'].includes(fault.kind));
    const taken = matching.filter((entry) => !answers.includes(entry) || entry === answers[0]);
    taken.forEach((entry) => entry.left--);
    this.entries = this.entries.filter(({ left }) => left > 0);
    return taken.map(({ fault }) => fault);
  }
}

/** The connection is reset instead of an answer. */
export class ConnectionReset extends Error {
  override readonly name = 'ConnectionReset';
}

/** Resolves after so many milliseconds (`Infinity`: never); rejects with the signal's reason as soon as it is aborted. */
export function waitFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = Number.isFinite(milliseconds)
      ? setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, milliseconds)
      : undefined;
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) {
      stop();
    }
  });
}
