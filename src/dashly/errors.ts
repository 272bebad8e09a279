import { errorSentences, type DashlyErrorKind } from './errorSentences';

export type { DashlyErrorKind };

/** What is known about a failure besides its kind. Nothing here may hold the token or contact data but `serviceMessage`. */
export interface DashlyErrorFacts {
  /** HTTP status, or `meta.status` where HTTP said 200. */
  readonly status?: number;
  /** `meta.error_message`: text of the service, which may quote what was sent. */
  readonly serviceMessage?: string;
  /** `meta.error_fields`: messages by the name of the parameter. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** How long the service asks to wait, in ms. */
  readonly retryAfter?: number;
  /** For the log: what was asked (method and path without the query) and a technical code. */
  readonly detail?: string;
}

/** The longest text of the service that is shown, in characters. */
const longestServiceMessage = 300;

/** The kinds that a request which only reads may be sent again for, by itself (issue: 429, 502, 503, 504, resets). */
const transientKinds: ReadonlySet<DashlyErrorKind> = new Set(['tooManyRequests', 'unavailable', 'reset']);

/** The kinds that are the same at the next try, as long as nobody changes something. */
const lastingKinds: ReadonlySet<DashlyErrorKind> = new Set([
  'validation', 'badRequest', 'notFound', 'notAuthenticated', 'forbidden', 'wrongPath', 'methodNotAllowed', 'cancelled',
]);

/** Why a request failed. The message may be shown; `detail` is for the log. Never holds the axios error: that has the token. */
export class DashlyError extends Error {
  override readonly name = 'DashlyError';
  readonly status: number | undefined;
  readonly serviceMessage: string | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>> | undefined;
  readonly retryAfter: number | undefined;
  /** Complete by itself: the kind's own sentence, without the service's text, and what was asked. */
  readonly detail: string;

  constructor(
    readonly kind: DashlyErrorKind,
    facts: DashlyErrorFacts = {},
  ) {
    const said = plainServiceText(facts);
    super(said === undefined ? errorSentences[kind] : `${errorSentences[kind]} The service says: ${said}`);
    this.status = facts.status;
    this.serviceMessage = facts.serviceMessage === undefined ? undefined : plainText(facts.serviceMessage);
    this.fields = facts.fields;
    this.retryAfter = facts.retryAfter;
    const status = facts.status === undefined ? '' : ` status ${facts.status}`;
    this.detail = `[${kind}${status}] ${errorSentences[kind]}${facts.detail ? ` (${facts.detail})` : ''}`;
  }

  /** Whether a new token is what helps: *Sign In* belongs beside the message. */
  get offersSignIn(): boolean {
    return this.kind === 'notAuthenticated';
  }

  /** Whether the same request may succeed later: *Retry* belongs beside the message. */
  get offersRetry(): boolean {
    return !lastingKinds.has(this.kind);
  }

  /** Whether the client sends the request again by itself. */
  get isTransient(): boolean {
    return transientKinds.has(this.kind);
  }
}

function plainServiceText({ serviceMessage, fields }: DashlyErrorFacts): string | undefined {
  const said = [
    serviceMessage ?? '',
    ...Object.entries(fields ?? {}).map(([name, messages]) => `${name}: ${messages.join(', ')}`),
  ]
    .map(plainText)
    .filter((text) => text !== '');
  return said.length === 0 ? undefined : shorten(said.join('; '));
}

/** One bounded line without characters that could reorder or hide text on a screen. */
function plainText(text: string): string {
  return shorten(
    text
      .slice(0, 4 * longestServiceMessage)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
  );
}

function shorten(text: string): string {
  return text.length <= longestServiceMessage ? text : `${text.slice(0, longestServiceMessage - 1).trimEnd()}…`;
}
