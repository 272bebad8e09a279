import * as l10n from '@vscode/l10n';
import { shortened } from './shortened';

/**
 * An error in one sentence that a person may read. Every error class of ours is one; what is thrown besides is unexpected.
 */
export class HumanError extends Error {
  /**
   * @param message a whole sentence; may be shown
   * @param detail what the log gets in place of the message: complete by itself, without the token, contacts, or anything
   *   the service said
   */
  constructor(
    message: string,
    readonly detail: string = message,
  ) {
    super(message);
  }
}

/**
 * An error in one sentence. What may show it while contacts are masked goes through `Masking.errorSentence`.
 * @param ownWords leaves out what the service or the system said: while contacts are masked, because it may hold one
 */
export function errorSentence(error: unknown, { ownWords = false } = {}): string {
  if (error instanceof DashlyError && ownWords) return errorKinds[error.kind].sentence;
  if (error instanceof HumanError) return error.message;
  return error instanceof Error && !ownWords
    ? l10n.t('Something unexpected went wrong: {0}', error.message)
    : l10n.t('Something unexpected went wrong. The log says more.');
}

/** What the log gets of an error: no token, no contacts, nothing the service said. Of an unexpected one, where it was. */
export function errorDetail(error: unknown): string {
  if (error instanceof HumanError) return error.detail;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Whether the same request may succeed by itself: at once, so that the client sends it again; later, so that an export
 * which has hours waits for it (the service, or the way to it, is down or busy; a gateway in trouble answers with pages of
 * its own); or never, as long as nobody changes something.
 */
export type TryAgain = 'now' | 'later' | 'never';

/** What there is to do about it, as far as the view of leads has a text for it. */
export type ErrorView = 'token' | 'forbidden' | 'address' | 'network' | 'browser' | 'service' | 'other';

interface KindFacts {
  readonly again: TryAgain;
  readonly view: ErrorView;
  readonly sentence: string;
}

const failure = (again: TryAgain, view: ErrorView, sentence: string): KindFacts => ({ again, view, sentence });

/** What each kind of failure is, and what to do about it. API.md, sections 2 and 3. */
const errorKinds = {
  /** 400 `ValidationError` */
  validation: failure(
    'never',
    'other',
    l10n.t(
      'The service refused the request because a parameter is wrong or missing: check the filter and the sort order.',
    ),
  ),
  /** 400 `BadRequest` */
  badRequest: failure(
    'never',
    'other',
    l10n.t(
      'The service refused the request because it does not understand a parameter: check the filter and the sort order.',
    ),
  ),
  /** 400 `LookupError` */
  notFound: failure(
    'never',
    'other',
    l10n.t('The service knows nothing with this id: it may have been merged or removed, so refresh the list.'),
  ),
  /** 401 `NotAuthenticated`, 403 `AuthenticationFailed` */
  notAuthenticated: failure(
    'never',
    'token',
    l10n.t('The service does not accept the token: it may be wrong or expired, so replace it with a new one.'),
  ),
  /** 403 `PermissionDeniedError` */
  forbidden: failure(
    'never',
    'forbidden',
    l10n.t('The token has no right to this: check the app id, and what the token is allowed to do in the admin panel.'),
  ),
  /** 404 `Error404` */
  wrongPath: failure(
    'never',
    'address',
    l10n.t('The service has no such method at this address: check the address of the service.'),
  ),
  /** 405 `MethodNotAllowed` */
  methodNotAllowed: failure(
    'never',
    'address',
    l10n.t('The service does not allow this kind of request at this address: check the address of the service.'),
  ),
  /** 429 `TooManyRequests` */
  tooManyRequests: failure(
    'now',
    'service',
    l10n.t('The service has had too many requests: wait a while and try again.'),
  ),
  /** 500 `Error500` and other 5xx */
  serverError: failure(
    'later',
    'service',
    l10n.t('The service failed to answer because of an error of its own: try again later.'),
  ),
  /** 502, 503, 504 */
  unavailable: failure(
    'now',
    'service',
    l10n.t('The service is not available at the moment: try again in a few minutes.'),
  ),
  /** another status that is not a success */
  unexpectedStatus: failure(
    'never',
    'address',
    l10n.t('The service answered with a status that is not expected: check the address of the service.'),
  ),
  timeout: failure(
    'later',
    'network',
    l10n.t('The service did not answer in time: try again, or allow more time in the settings.'),
  ),
  cancelled: failure('never', 'other', l10n.t('The request was cancelled.')),
  connectionRefused: failure(
    'later',
    'network',
    l10n.t(
      'Nothing accepts connections at the address of the service: check the address, and whether a firewall blocks it.',
    ),
  ),
  dns: failure(
    'later',
    'network',
    l10n.t('The name of the service cannot be found: check the address and the network connection.'),
  ),
  tls: failure(
    'never',
    'network',
    l10n.t(
      'No secure connection to the service is possible because its certificate is not trusted, and VS Code’s setting http.proxyStrictSSL does not change that for extensions: check the address, the clock of this machine and the proxy.',
    ),
  ),
  proxyAuthentication: failure(
    'never',
    'network',
    l10n.t('The proxy between here and the service asks for a sign-in: check the proxy settings of VS Code.'),
  ),
  reset: failure('now', 'network', l10n.t('The connection to the service was cut: try again.')),
  network: failure(
    'later',
    'network',
    l10n.t('The service cannot be reached: check the network connection and the proxy settings.'),
  ),
  /** Of a failed request a browser tells nothing else. */
  browser: failure(
    'later',
    'browser',
    l10n.t(
      'The browser let no answer through: the service does not permit web pages to read it (CORS), an ad blocker is in the way, or there is no connection. Use Dashly Leads in VS Code on the desktop, or at an address that permits it.',
    ),
  ),
  html: failure(
    'later',
    'address',
    l10n.t(
      'A web page came instead of an answer of the service: check the address, and whether a proxy or a sign-in page is in the way.',
    ),
  ),
  truncated: failure('later', 'service', l10n.t('The answer of the service ended too early: try again.')),
  notJson: failure(
    'later',
    'address',
    l10n.t('The answer of the service is not JSON: check the address of the service.'),
  ),
  tooLarge: failure(
    'never',
    'other',
    l10n.t('The answer of the service is larger than 16 MB and was not read: ask for fewer leads at once.'),
  ),
  shape: failure(
    'never',
    'address',
    l10n.t(
      'The answer of the service has another shape than expected: check the address, or look for an update of this extension.',
    ),
  ),
  redirect: failure(
    'never',
    'address',
    l10n.t(
      'The service redirects to another address, which is refused because the token must not go there: check the address of the service.',
    ),
  ),
};

export type DashlyErrorKind = keyof typeof errorKinds;

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

/** Why a request failed. Never holds the axios error: that has the token. */
export class DashlyError extends HumanError {
  override readonly name = 'DashlyError';
  /** HTTP status, or `meta.status` where HTTP said 200. */
  readonly status: number | undefined;
  /** How long the service asks to wait, in ms. */
  readonly retryAfter: number | undefined;
  readonly again: TryAgain;
  readonly view: ErrorView;

  constructor(
    readonly kind: DashlyErrorKind,
    facts: DashlyErrorFacts = {},
  ) {
    const { sentence, again, view } = errorKinds[kind];
    const said = plainServiceText(facts);
    // eslint-disable-next-line no-restricted-syntax -- for the log
    const status = facts.status === undefined ? '' : ` status ${facts.status}`;
    super(
      said === undefined ? sentence : l10n.t('{0} The service says: {1}', sentence, said),
      `[${kind}${status}] ${sentence}${facts.detail ? ` (${facts.detail})` : ''}`,
    );
    this.status = facts.status;
    this.retryAfter = facts.retryAfter;
    this.again = again;
    this.view = view;
  }
}

/** Whether the token has no right to what was asked for: it would be in vain to ask again. */
export function isForbidden(error: unknown): boolean {
  return error instanceof DashlyError && error.kind === 'forbidden';
}

function plainServiceText({ serviceMessage, fields }: DashlyErrorFacts): string | undefined {
  const said = [
    serviceMessage ?? '',
    ...Object.entries(fields ?? {}).map(([name, messages]) => `${name}: ${messages.join(', ')}`),
  ]
    .map(plainText)
    .filter((text) => text !== '');
  return said.length === 0 ? undefined : shortened(said.join('; '), longestServiceMessage);
}

/** One bounded line without characters that could reorder or hide text on a screen. */
function plainText(text: string): string {
  return shortened(
    text
      .slice(0, 4 * longestServiceMessage)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
    longestServiceMessage,
  );
}
