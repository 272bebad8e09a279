/** What each kind of failure is, and what to do about it. Sections 2 and 3 of API.md. */
export const errorSentences = {
  /** 400 `ValidationError` */
  validation:
    'The service refused the request because a parameter is wrong or missing: check the filter and the sort order.',
  /** 400 `BadRequest` */
  badRequest:
    'The service refused the request because it does not understand a parameter: check the filter and the sort order.',
  /** 400 `LookupError` */
  notFound: 'The service knows no lead with this id: it may have been merged or removed, so refresh the list.',
  /** 401 `NotAuthenticated`, 403 `AuthenticationFailed` */
  notAuthenticated: 'The service does not accept the token: it may be wrong or expired, so replace it with a new one.',
  /** 403 `PermissionDeniedError` */
  forbidden:
    'The token has no right to this: check the app id, and what the token is allowed to do in the admin panel.',
  /** 404 `Error404` */
  wrongPath: 'The service has no such method at this address: check the address of the service.',
  /** 405 `MethodNotAllowed` */
  methodNotAllowed:
    'The service does not allow this kind of request at this address: check the address of the service.',
  /** 429 `TooManyRequests` */
  tooManyRequests: 'The service has had too many requests: wait a while and try again.',
  /** 500 `Error500` and other 5xx */
  serverError: 'The service failed to answer because of an error of its own: try again later.',
  /** 502, 503, 504 */
  unavailable: 'The service is not available at the moment: try again in a few minutes.',
  /** another status that is not a success */
  unexpectedStatus: 'The service answered with a status that is not expected: check the address of the service.',
  timeout: 'The service did not answer in time: try again, or allow more time in the settings.',
  cancelled: 'The request was cancelled.',
  connectionRefused:
    'Nothing accepts connections at the address of the service: check the address, and whether a firewall blocks it.',
  dns: 'The name of the service cannot be found: check the address and the network connection.',
  tls: 'No secure connection to the service is possible because its certificate is not trusted: check the address, the clock of this machine and the proxy.',
  proxyAuthentication:
    'The proxy between here and the service asks for a sign-in: check the proxy settings of VS Code.',
  reset: 'The connection to the service was cut: try again.',
  network: 'The service cannot be reached: check the network connection and the proxy settings.',
  html: 'A web page came instead of an answer of the service: check the address, and whether a proxy or a sign-in page is in the way.',
  truncated: 'The answer of the service ended too early: try again.',
  notJson: 'The answer of the service is not JSON: check the address of the service.',
  tooLarge: 'The answer of the service is larger than 16 MB and was not read: ask for fewer leads at once.',
  shape:
    'The answer of the service has another shape than expected: check the address, or look for an update of this extension.',
  redirect:
    'The service redirects to another address, which is refused because the token must not go there: check the address of the service.',
} as const;

export type DashlyErrorKind = keyof typeof errorSentences;

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
  'validation',
  'badRequest',
  'notFound',
  'notAuthenticated',
  'forbidden',
  'wrongPath',
  'methodNotAllowed',
  'cancelled',
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

/**
 * What the log gets of an error: no token and no contact data. A `DashlyError` has a text for that; its message may quote
 * the service, and so what was searched for.
 */
export function errorDetail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('detail' in error) || typeof error.detail !== 'string') return error.stack ?? error.message;
  // By its name: whoever logs an error need not have loaded the client.
  return error.name === 'DashlyError' ? error.detail : `${error.message} ${error.detail}`.trim();
}
